"""The forward-chaining evaluator: the whole rulebook as one durable_rules network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from threading import Lock
from typing import Any
from weakref import finalize

from engine.conditions import NO_ITEM, Facts, ItemValues
from engine.model.evaluation import Evaluation
from engine.model.rules import Selection, Status
from engine.model.vocabulary import Value
from engine.rete.encode import Encoder, Field
from engine.rete.network import SIGNALS_IN_GROUP, Action, Network, build_network

_SESSION = "1"
_FIRST_ITEM = re.compile(r'"i": ?(\d+)')
_ruleset_numbers = count()


class ReteEvaluator:
    """Evaluates one selection of rules, deck after deck, by chaining forward from the facts.

    Every rule stands in the engine as patterns that prove it not applicable, met or not met; where
    none of them fires, the rule is unknown. Conclusions, quantifiers and shared parts of conditions
    are asserted as facts of their own when they are proved, and others fire on them. Nothing waits
    on the absence of a fact, so the order of facts and firings does not matter. Where a condition
    asks whether a conclusion is present or absent, the engine first runs until nothing more fires,
    and the conclusions not drawn by then are closed one by one, each after those it depends on.
    """

    name = "durable_rules"

    def __init__(self, selection: Selection, gate: str | None = None) -> None:
        """Compile the selection.

        Args:
            gate: where the decks are assessed. Rules that are not asked there are not applicable,
                and are left out of the network; without a gate every rule is in it.

        Raises:
            ImportError: durable_rules is not installed.
        """
        import durable_rules_engine

        self._engine = durable_rules_engine
        asked = selection if gate is None else selection.asked_at(gate)
        self._network = build_network(asked)
        in_network = {rule.id for rule in asked.rules}
        self._unproved: dict[str, Status] = {
            rule.id: "unknown" if rule.id in in_network else "not_applicable"
            for rule in selection.rules
        }
        self._conclusions = [conclusion.fact for conclusion in selection.conclusions]
        self._lock = Lock()  # one session from several threads loses results in silence
        definition = json.dumps(self._network.definition)
        self._handle = durable_rules_engine.create_ruleset(
            f"gatewise{next(_ruleset_numbers)}", definition
        )
        finalize(self, durable_rules_engine.delete_ruleset, self._handle).atexit = False

    def evaluate(self, facts: Facts) -> Evaluation:
        """Assert the facts, let the engine run until nothing fires, and read what it proved."""
        with self._lock:
            run = _Run(self._network, facts)
            try:
                self._settle(run, list(run.first_messages()))
                for fact in self._network.drawn:
                    run.close(fact)
                    self._settle(run, run.take_pending())
            finally:
                self._clean_up(run)
        if not run.finished:
            raise RuntimeError("durable_rules stopped before it had fired every rule")
        return Evaluation(
            self._unproved | run.proved,
            {fact: run.concluded.get(fact) for fact in self._conclusions},
        )

    def _clean_up(self, run: _Run) -> None:
        """Give up the session, whatever happened in it.

        Retracting the facts and keeping the session would be faster, and it corrupts memory where
        a fact has a part in a join. Deleting a session in which no action has started does too.
        """
        if run.started:
            self._engine.delete_state(self._handle, _SESSION)

    def _settle(self, run: _Run, messages: list[dict[str, Any]]) -> None:
        """Assert the messages and act on all that fires, then what that proved, until no more."""
        engine, handle, actions = self._engine, self._handle, self._network.actions
        while messages:
            state = engine.assert_facts(handle, json.dumps(messages))[1]
            started = engine.start_action_for_state(handle, state)
            message = started[1] if started else None
            while message:
                run.started = True
                for action in actions[message[2 : message.index('"', 2)]]:
                    run.act(action, message)
                message = engine.complete_and_start_action(handle, state)
            messages = run.take_pending()


class _Run:
    """What one deck's run has proved so far."""

    def __init__(self, network: Network, facts: Facts) -> None:
        self._network = network
        self._facts = facts
        self._encoder = Encoder(network.interned)
        self._of_deck: dict[str, int | None] = {}
        self._ids = count()
        self._pending: list[dict[str, Any]] = []
        self._signalled: set[tuple[int, int, int]] = set()
        self._decided_items: dict[tuple[int, bool], set[int]] = {}
        self.concluded: dict[str, Value] = {}
        self.proved: dict[str, Status] = {}  # a rule that is not here is unknown
        self.started = False
        self.finished = False

    def first_messages(self) -> Iterator[dict[str, Any]]:
        """The deck as messages: one for each block of rules and one for each item and block."""
        for block in self._network.blocks:
            if block.list is None:
                yield self._message(block.number, block.fields, NO_ITEM, 0)
                continue
            for n, item in enumerate(self._facts.items.get(block.list, ())):
                yield self._message(block.number, block.fields, item, n)
        for quantifier in self._network.quantifiers:
            if self._facts.items.get(quantifier.list) == ():
                self._signal(quantifier.signal, int(quantifier.every))
        yield from self.take_pending()
        yield {"id": "z", "sid": _SESSION, "z": 1}

    def act(self, action: Action, message: str) -> None:
        """Take in what one firing proved."""
        match action:
            case ("finished",):
                self.finished = True
            case ("rule", rule_id, status):
                self._prove(rule_id, status)
            case ("conclude", fact, signal, code, value):
                known = self.concluded.setdefault(fact, value)
                if known != value:
                    raise RuntimeError(f"durable_rules concluded {fact} as {known} and as {value}")
                self._signal(signal, code)
                if fact in self._network.drawn:
                    self._signal(self._network.drawn[fact], 1)
            case ("signal", signal, per_item):
                self._signal(signal, 1, _item_number(message) if per_item else 0)
            case ("item", quantifier, truth):
                self._count_item(quantifier, truth, _item_number(message))

    def close(self, fact: str) -> None:
        """Say that a conclusion is absent, if nothing has concluded it by now."""
        if fact not in self.concluded:
            self._signal(self._network.drawn[fact], 0)

    def take_pending(self) -> list[dict[str, Any]]:
        """What was proved since the last call, as messages for the engine."""
        pending, self._pending = self._pending, []
        return pending

    def _prove(self, rule_id: str, status: Status) -> None:
        """A rule that does not apply may be proved met as well; then it does not apply."""
        known = self.proved.get(rule_id, status)
        if known == status or status == "not_applicable":
            self.proved[rule_id] = status
        elif known != "not_applicable":
            raise RuntimeError(f"durable_rules proved {rule_id} both {known} and {status}")

    def _count_item(self, number: int, truth: bool, item: int) -> None:
        """All items proved decide a quantifier one way, a single one the other way."""
        quantifier = self._network.quantifiers[number]
        decided = self._decided_items.setdefault((number, truth), set())
        decided.add(item)
        if truth is not quantifier.every:
            self._signal(quantifier.signal, int(truth))
        elif len(decided) == len(self._facts.items[quantifier.list]):
            self._signal(quantifier.signal, int(truth))

    def _signal(self, signal: int, value: int, item: int = 0) -> None:
        if (signal, value, item) in self._signalled:
            return
        self._signalled.add((signal, value, item))
        for shard in range(self._network.shards(signal)):
            self._pending.append(
                {"id": f"s{next(self._ids)}", "sid": _SESSION, "g": signal // SIGNALS_IN_GROUP,
                 "c": signal, "v": value, "i": item, "k": shard}
            )  # fmt: skip

    def _message(
        self, block: int, fields: dict[str, Field], item: ItemValues, number: int
    ) -> dict[str, Any]:
        message: dict[str, Any] = {
            "id": f"b{next(self._ids)}", "sid": _SESSION, "b": block, "i": number,
        }  # fmt: skip
        known = self._of_deck if item is NO_ITEM else {}
        for name, field in fields.items():
            if name not in known:
                known[name] = self._encoder.value(field, self._facts, item)
            value = known[name]
            if value is not None:  # a missing fact is never asserted: null would count as there
                message[name] = value
        return message


def _item_number(message: str) -> int:
    """The position of the item that an item's pattern, always a unit's first, fired for."""
    found = _FIRST_ITEM.search(message)
    assert found is not None, "every message has its item's number"
    return int(found[1])
