"""Files that are not what they should be, and files that would exhaust the machine."""

# ruff: noqa: E501, ISC004 - a table of messages reads best when its rows are not broken up

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import engine.readers.files
from engine import DeckError, Rulebook, RuleError, parse_deck, run_cases
from engine.parse.rulebook import FolderDocuments, parse_rulebook
from engine.readers import (
    from_yaml,
    load_rulebook,
    read_documents,
    read_standard_input,
    shipped_rules,
)
from engine.readers.from_yaml import MOST_LEVELS, MOST_PARTS, parse_yaml

ROOT = Path(__file__).resolve().parent.parent
GRANTS = ROOT / "tests" / "rulebooks" / "grants"
ORGANISATION = "organisation: {id: homes_england}\n"
START = ORGANISATION + "gate: {requested: alpha_beta}\n"
DECK = {"organisation": {"id": "homes_england"}, "gate": {"requested": "alpha_beta"}}
JSON_FIX = "  fix: Check the commas, the quotes and the brackets on this line and above it.\n"
BEGIN = "  fix: Begin with project: and its title.\n"

Gatewise = Callable[..., Any]
Check = Callable[..., Any]


@pytest.fixture
def check(gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Check one file, called deck.yaml (or by another name)."""
    monkeypatch.chdir(tmp_path)

    def run(content: bytes | str, name: str = "deck.yaml") -> Any:
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        return gatewise("check", name, "--as-of", "2026-11-23")

    return run


@cache
def shipped() -> Rulebook:
    """The shipped rules, without their cases."""
    return load_rulebook(shipped_rules(), cases=False)


def table(names: tuple[str, ...], rows: Mapping[str, tuple[Any, ...]]) -> pytest.MarkDecorator:
    """One test for each named row."""
    return pytest.mark.parametrize(names, list(rows.values()), ids=list(rows))


def refused(ran: Any, says: str) -> None:
    """Nothing was assessed, and the words are these and no others."""
    assert ran.err == says.lstrip("\n")
    assert (ran.code, ran.out) == (3, "")


# ---- what is not a text file at all


@table(
    ("content", "says"),
    {
        "empty": (b"", "deck.yaml: the file is empty\n  fix: Write something in it, or leave it out.\n"),
        "blank": (b" \n\n", "deck.yaml: the file is empty\n  fix: Write something in it, or leave it out.\n"),
        "comments": (b"# nothing\n# yet\n", "deck.yaml: the file holds no deck\n" + BEGIN),
        "binary": (b"\x00\x01\x02\xff", "deck.yaml: not a text file\n  fix: Give a text file in UTF-8.\n"),
        "UTF-16": (START.encode("utf-16"), "deck.yaml: the text is in UTF-16\n  fix: Save it as UTF-8.\n"),
        "UTF-16 big-endian": (
            b"\xfe\xff" + START.encode("utf-16-be"),
            "deck.yaml: the text is in UTF-16\n  fix: Save it as UTF-8.\n",
        ),
        "UTF-16 without its mark": (
            START.encode("utf-16-le"),
            "deck.yaml: not a text file\n  fix: Give a text file in UTF-8.\n",
        ),
        "Latin-1": (
            (START + "project: {title: Café}\n").encode("latin-1"),
            "deck.yaml:3: the text is not in UTF-8\n  fix: Save it as UTF-8.\n",
        ),
        "renamed presentation": (
            b"PK\x03\x04\x14\x00\x06\x00ppt/slides/slide1.xml",
            "deck.yaml: an office document, not text\n  fix: Give the deck as YAML, JSON, .pptx or .xlsx.\n",
        ),
        "renamed old presentation": (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "deck.yaml: an office document, not text\n  fix: Give the deck as YAML, JSON, .pptx or .xlsx.\n",
        ),
        "renamed PDF": (
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
            "deck.yaml: an office document, not text\n  fix: Give the deck as YAML, JSON, .pptx or .xlsx.\n",
        ),
        "control character": (
            START + "# \x07\n",
            "deck.yaml:3: not YAML: a control character\n  found: character 0x07\n  fix: Take it out.\n",
        ),
        "scalar": (b"hello\n", "deck.yaml:1: a deck must be a mapping of sections\n  found: hello\n" + BEGIN),
        "null": (b"---\n", "deck.yaml:2: the deck is empty\n" + BEGIN),
        "list": (
            b"- project: {title: x}\n- project: {title: y}\n",
            "deck.yaml:1: a deck must be a mapping of sections\n  found: a list of 2\n"
            "  fix: Put each deck in a document of its own, with a line --- between them.\n",
        ),
    },
)  # fmt: skip
def test_what_is_not_a_deck_says_what_it_is(check: Check, content: bytes, says: str) -> None:
    refused(check(content), says)


def test_a_byte_order_mark_and_windows_line_ends_are_read(check: Check) -> None:
    windows = START.replace("\n", "\r\n").encode("utf-8-sig")
    assert "Alpha to beta · Homes England" in check(windows).out
    refused(
        check(windows + b"project:\r\n  titel: x\r\n"),
        'deck.yaml:4: unknown fact "project.titel"\n  fix: Did you mean project.title?\n',
    )


# ---- files


def test_a_file_that_is_not_there(gatewise: Gatewise) -> None:
    refused(
        gatewise("check", "nowhere.yaml"),
        "nowhere.yaml: cannot be read: no such file or directory\n"
        "  fix: Check the name and that you may read it.\n",
    )


@pytest.mark.parametrize("name", ["decks", "decks.yaml"])
def test_a_folder(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).mkdir()
    refused(
        gatewise("check", name),
        f"{name}: a folder where a file is needed\n  fix: Name the files in it: {name}/*.yaml.\n",
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(check: Check, tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").touch(mode=0o200)
    refused(
        check(START),
        "deck.yaml: cannot be read: permission denied\n"
        "  fix: Check the name and that you may read it.\n",
    )


@pytest.mark.parametrize(("name", "found"), [("deck.key", "  found: .key\n"), ("deck", "")])
def test_an_unknown_ending(check: Check, name: str, found: str) -> None:
    refused(
        check(START, name),
        f"{name}: not a deck's format\n{found}"
        "  fix: Use a file that ends in .yaml, .yml, .json, .jsonl, .pptx, .pptm, .ppt, .xlsx, .xlsm, "
        ".xls.\n",
    )


def test_the_ending_may_be_in_capitals(check: Check) -> None:
    assert check(START, "DECK.YML").code == 1


def test_a_name_that_no_file_can_have(gatewise: Gatewise) -> None:
    ran = gatewise("check", "a\0b.yaml")
    assert ran.code == 3
    assert "a b.yaml: cannot be read" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made")
def test_a_name_in_another_encoding(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = os.fsdecode(b"caf\xe9.yaml")
    Path(name).write_text(START)
    ran = gatewise("check", name, "nowhere-" + name, "--format", "json")
    assert json.loads(ran.out)["assessments"][0]["deck"] == "caf .yaml"
    assert ran.err.startswith("nowhere-caf .yaml: cannot be read")


# ---- size, before anything is parsed


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    gatewise: Gatewise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Path("deck.yaml").open("wb") as file:
        file.truncate(10**9)  # nothing but holes, and never read
    refused(
        gatewise("check", "deck.yaml"),
        "deck.yaml: the file is too large\n  found: 1,000,000,000 bytes    expected: at most 10 MB\n",
    )


def test_a_file_that_hides_its_size_is_refused(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.readers.files, "LARGEST_FILE", 20)
    monkeypatch.setattr(Path, "stat", lambda path, **_: os.stat_result([0] * 10))
    monkeypatch.setattr(Path, "is_dir", lambda path: False)
    assert "the file is too large\n  found: 21 bytes" in check(START).err


def test_standard_input_over_the_limit(gatewise: Gatewise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.readers.files, "LARGEST_FILE", 20)
    ran = gatewise("check", "-", stdin=START)
    assert ran.err.startswith("standard input: the file is too large")
    assert ran.code == 3


# ---- YAML that is broken, in the words of both makes of the parser


BROKEN = {
    "tab": ("project:\n\ttitle: x\n", 4, "a tab where YAML wants spaces", "title: x",
            "Indent with spaces, two for each level."),
    "tab after spaces": ("project:\n  title: x\n  \tsummary: y\n", 5, "a tab where YAML wants spaces",
                         "summary: y", "Indent with spaces, two for each level."),
    "colon in text": ("project:\n  title: Repairs: phase 2\n", 4, "a colon where YAML expects none",
                      "title: Repairs: phase 2",
                      "Put text that holds a colon in quotes, and line each key up with those beside it."),
    "indented too far": ("project:\n  title: x\n   summary: y\n", 5, "a colon where YAML expects none",
                         "summary: y",
                         "Put text that holds a colon in quotes, and line each key up with those beside it."),
    "indented too little": ("project:\n    title: x\n  summary: y\n", 5,
                            "something that does not line up with what is above it", "summary: y",
                            "Line up what belongs together, and put text that holds quotes in quotes of "
                            "the other kind."),
    "quote in quotes": ("project:\n  title: 'it's'\n", 4,
                        "something that does not line up with what is above it", "title: 'it's'",
                        "Line up what belongs together, and put text that holds quotes in quotes of "
                        "the other kind."),
    "quote not closed": ('project:\n  title: "x\n  summary: y\n', 4, "a quote that is never closed",
                         'title: "x', "Close the quote."),
    "brace not closed": ("project: {title: x\nmeta: {deck_version: 1}\n", 3,
                         "a bracket that is not closed where it should be", "project: {title: x",
                         "Close the bracket, and put text that holds a comma, colon or bracket in quotes."),
    "percent sign": ("project:\n  title: %x\n", 4, "text that begins with a mark of YAML's own",
                     "title: %x", "Put the text in quotes."),
    "at sign": ("project:\n  title: @x\n", 4, "text that begins with a mark of YAML's own",
                "title: @x", "Put the text in quotes."),
    "asterisk": ("project:\n  title: *important*\n", 4, "text that begins with a mark of YAML's own",
                 "title: *important*", "Put the text in quotes."),
    "question mark": ("project: {title: ?}\n", 3, "text that begins with a mark of YAML's own",
                      "project: {title: ?}", "Put the text in quotes."),
    "angle": ("project:\n  title: > x\n", 4, "text that begins with a mark of YAML's own",
              "title: > x", "Put the text in quotes."),
    "hyphen": ("project:\n  title: -\n", 4, "a hyphen where YAML expects none", "title: -",
               "Put the hyphen in quotes, or begin the list on a line of its own."),
    "line alone": ("project: {title: x}\nhello\n", 4, "a line without a colon", "hello",
                   "Write a key, a colon and a space, or put text of several lines in quotes."),
    "backslash": ('project: {title: "\\q"}\n', 3, "a backslash that YAML cannot read",
                  'project: {title: "\\q"}', "Use single quotes in place of double ones."),
}  # fmt: skip


@pytest.mark.parametrize("parser", [yaml.SafeLoader, from_yaml._PARSER])
@table(("text", "line", "what", "found", "fix"), BROKEN)
def test_broken_yaml_is_explained(
    check: Check,
    monkeypatch: pytest.MonkeyPatch,
    parser: type,
    text: str,
    line: int,
    what: str,
    found: str,
    fix: str,
) -> None:
    monkeypatch.setattr(from_yaml, "_PARSER", parser)
    refused(
        check(START + text),
        f"deck.yaml:{line}: not YAML: {what}\n  found: {found}\n  fix: {fix}\n",
    )


REFUSED = {
    "duplicate key": ("project: {title: x}\nproject: {id: y}\n",
                      'deck.yaml:4: "project" is given twice\n  found: first on line 3\n'
                      "  fix: Keep one of the two.\n"),
    "two duplicates": ("project: {title: x, title: y, id: 1, id: 2}\n",
                       'deck.yaml:3: "title" is given twice\n  found: first on line 3\n'
                       "  fix: Keep one of the two.\n"
                       'deck.yaml:3: "id" is given twice\n  found: first on line 3\n'
                       "  fix: Keep one of the two.\n"),
    "merge key": ("meta: &m {deck_version: 1}\nproject:\n  <<: *m\n",
                  'deck.yaml:5: a merge key "<<"\n  fix: Write the values out.\n'),
    "Python tag": ("project: {title: !!python/object:os.system x}\n",
                   'deck.yaml:3: a tag "!!python/object:os.system"\n'
                   "  fix: Remove the tag, or put text that begins with ! in quotes.\n"),
    "Python call": ('project: !!python/object/apply:os.system ["touch hacked"]\n',
                    'deck.yaml:3: a tag "!!python/object/apply:os.system"\n'
                    "  fix: Remove the tag, or put text that begins with ! in quotes.\n"),
    "tag of a type": ('project: {team_size: !!int "9"}\n',
                      'deck.yaml:3: a tag "!!int"\n'
                      "  fix: Remove the tag, or put text that begins with ! in quotes.\n"),
    "exclamation mark": ("project: {title: !important change}\n",
                         'deck.yaml:3: a tag "!important"\n'
                         "  fix: Remove the tag, or put text that begins with ! in quotes.\n"),
    "alias of nothing": ("project: {title: *x}\n",
                         'deck.yaml:3: "*x" stands for nothing above it\n'
                         "  fix: Put text that begins with * in quotes.\n"),
    "alias of itself": ("project: &x {title: *x}\n",
                        'deck.yaml:3: "*x" stands for nothing above it\n'
                        "  fix: Put text that begins with * in quotes.\n"),
    "ampersand": ("project: {title: &Design phase}\n",
                  'deck.yaml:3: "&Design" names a value that nothing uses\n'
                  "  fix: Put text that begins with & in quotes, or take the name out.\n"),
    "list as a key": ("[a, b]: x\n",
                      "deck.yaml:3: a key that is not plain text\n"
                      "  fix: Write a name before the colon.\n"),
}  # fmt: skip


@table(("text", "says"), REFUSED)
def test_yaml_that_means_more_than_it_says_is_refused(
    check: Check, tmp_path: Path, text: str, says: str
) -> None:
    refused(check(START + text), says)
    assert not (tmp_path / "hacked").exists()


def test_an_alias_may_repeat_a_value(check: Check) -> None:
    ran = check(f"{START}project: {{title: &t Repairs, summary: *t}}\n")
    assert ran.out.splitlines()[0] == "Repairs"


# ---- YAML and JSON that would exhaust the machine

ROWS = "\n".join(
    f"{c}: &{c} [{', '.join([f'*{p}'] * 10)}]" for p, c in zip("abcdefg", "bcdefgh", strict=True)
)
TOO_DEEP = f"more than {MOST_LEVELS} levels, one inside another\n  fix: Flatten it.\n"
MOST = f"{MOST_PARTS:,}"


@table(
    ("text", "says"),
    {
        "aliases of aliases": (
            f"a: &a [1, 2, 3]\n{ROWS}\n",
            f"6: aliases that grow to more than {MOST} values\n  fix: Write the values out.\n",
        ),
        "aliases of a long text": (
            'meta: &a "' + "x" * 1_000_000 + '"\nproject: [' + "*a, " * 50_000 + "]\n",
            f"2: aliases that grow to more than {MOST} values\n  fix: Write the values out.\n",
        ),
        "aliases one inside another": (
            "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 600)),
            f"40: {TOO_DEEP}",
        ),
        "brackets": ("[" * 100_000, f"1: {TOO_DEEP}"),
        "braces": ("{a: " * 100_000, f"1: {TOO_DEEP}"),
        "hyphens": ("- " * 100_000 + "x", f"1: {TOO_DEEP}"),
        "indents": ("".join(" " * n + "a:\n" for n in range(1500)), f"41: {TOO_DEEP}"),
        "keys of keys": (
            "? " * 100_000 + "x",
            "1: a key that is not plain text\n  fix: Write a name before the colon.\n",
        ),
        "values": (
            "benefits: [" + "1," * MOST_PARTS + "]",
            f"1: more than {MOST} values\n  fix: Split it into several files.\n",
        ),
    },
)
def test_yaml_bombs_are_refused(check: Check, text: str, says: str) -> None:
    refused(check(text), f"deck.yaml:{says}")


@table(
    ("text", "says"),
    {
        "brackets": ("[" * 100_000 + "]" * 100_000, f"1: {TOO_DEEP}"),
        "braces": ('\n\n{"a":' * 100_000 + "1" + "}" * 100_000, f"83: {TOO_DEEP}"),
        "values": (
            '{"benefits": [' + "1," * MOST_PARTS + "1]}",
            f"1: more than {MOST} values\n  fix: Split it into several files.\n",
        ),
        "decks": (
            "[" + "1," * (5 * MOST_PARTS) + "1]",
            "1: more than 1,000,000 values\n  fix: Split it into several files.\n",
        ),
        "quotes that escape each other": (
            '{"a": "' + '\\"' * 2_000_000,
            "1: not JSON: a quote that is never closed (column 7)\n" + JSON_FIX,
        ),
    },
)
def test_json_bombs_are_refused(check: Check, text: str, says: str) -> None:
    refused(check(text, "deck.json"), f"deck.json:{says}")


# ---- JSON


def with_cost(cost: str) -> str:
    return json.dumps(DECK | {"finance": {"whole_life_cost": 0}}, indent=1).replace(
        ": 0", f": {cost}"
    )


MONEY = "an amount such as 500000, £500,000, £500k or £1.24 million"


@table(
    ("text", "says"),
    {
        "NaN": (with_cost("NaN"), "9: NaN is not a number\n"
                "  fix: Write the number, or null where it is not known.\n"),
        "infinity": (with_cost("-Infinity"), "9: -Infinity is not a number\n"
                     "  fix: Write the number, or null where it is not known.\n"),
        "NaN beside its word": (with_cost('"NaN", "x": NaN'), "9: NaN is not a number\n"
                                "  fix: Write the number, or null where it is not known.\n"),
        "NaN and more": (with_cost("NaNs"), "9: NaN is not a number\n"
                         "  fix: Write the number, or null where it is not known.\n"),
        "large exponent": (with_cost("1e400"), '9: "finance.whole_life_cost" (whole-life cost) cannot be '
                           f"read\n  found: 1E+400    expected: {MONEY}, no larger than 1,000,000,000,000\n"),
        "exponent beyond all": (with_cost("1e99999999999999999999"),
                                "9: 1e99999999999999999999 is not a number\n"
                                "  fix: Write the number, or null where it is not known.\n"),
        "small exponent": (with_cost("1e-9"), '9: "finance.whole_life_cost" (whole-life cost) cannot be '
                           f"read\n  found: 1E-9    expected: {MONEY}, with at most 2 decimal places\n"),
        "duplicate key": ('{"gate": {},\n "gate": {}}', '2: "gate" is given twice\n'
                          "  found: first on line 1\n  fix: Keep one of the two.\n"),
        "duplicate inside": ('{"gate": {\n"requested": 1,\n"requested": 2}}',
                             '3: "requested" is given twice\n  found: first on line 2\n'
                             "  fix: Keep one of the two.\n"),
        "single quotes": ("{'gate': {}}", "1: not JSON: expecting a name in double quotes (column 2)\n"
                          + JSON_FIX),
        "comment": ('{"gate": {} // here\n}', "1: not JSON: expecting ',' delimiter (column 13)\n"
                    + JSON_FIX),
        "broken off": ('{"gate": {\n"requested":', "2: not JSON: a value is missing (column 13)\n"
                       + JSON_FIX),
        "two decks": ('{"gate": {}}\n{"gate": {}}', "2: not JSON: something stands after the end "
                      "(column 1)\n" + JSON_FIX),
        "line break in quotes": ('{"gate": "a\nb"}', "1: not JSON: a line break or control character "
                                 "inside quotes (column 12)\n" + JSON_FIX),
        "backslash": ('{"gate": "\\x"}', "1: not JSON: a backslash that means nothing here (column 11)\n"
                      + JSON_FIX),
        "half a character": ('{"gate":\n"\\ud800"}', "2: half of a character\n  found: \\ud800\n"
                             "  fix: Write the character itself.\n"),
        "half a character in a key": ('{\n"\\udc00": 1}', "2: half of a character\n  found: \\udc00\n"
                                      "  fix: Write the character itself.\n"),
        "nothing": ("[]", ": the file holds no deck\n" + BEGIN),
        "text": ('"hello"', "1: a deck must be a mapping of sections\n  found: hello\n" + BEGIN),
        "null": ("null", "1: the deck is empty\n" + BEGIN),
        "unknown fact": ('{"project": {\n\n"titel": 1}}', '3: unknown fact "project.titel"\n'
                         "  fix: Did you mean project.title?\n"),
        "item's fact": ('{"objectives": [{},\n{"titel":\n1}]}', '2: unknown fact "titel" in '
                        '"objectives"\n  fix: Did you mean title?\n'),
    },
)  # fmt: skip
def test_a_mistake_in_json_is_refused_by_its_line(check: Check, text: str, says: str) -> None:
    ran = check(text, "deck.json")
    refused(ran, "deck.json" + (says if says.startswith(":") else f":{says}"))


def test_a_comma_too_many(check: Check) -> None:
    ran = check('{"gate": {},\n}', "deck.json")
    assert ran.err.startswith("deck.json:")  # which line it is depends on the version of Python
    assert "not JSON: " in ran.err
    assert ran.err.endswith(JSON_FIX)
    assert (ran.code, ran.out) == (3, "")


@pytest.mark.parametrize(("written", "shown"), [("1e3", "£1,000"), ("0.10", "£0.10"), ("-0", "£0")])
def test_numbers_of_json_are_exact(
    check: Check, gatewise: Gatewise, written: str, shown: str
) -> None:
    check(with_cost(written), "deck.json")
    ran = gatewise("explain", "deck.json", "FIN-001", "--as-of", "2026-11-23")
    assert f"found: {shown} [deck.json:9]" in ran.out


def test_a_list_of_decks_in_json_is_several_decks(check: Check) -> None:
    ran = check(json.dumps([DECK, DECK | {"projcet": 1}], indent=1), "deck.json")
    assert "deck.json, record 1\n" in ran.out
    assert ran.err == (
        'deck.json:17 (record 2): unknown fact "projcet"\n  fix: Did you mean project?\n'
    )
    assert ran.code == 3


def test_several_decks_in_one_yaml_file(check: Check) -> None:
    ran = check(f"{START}---\n{START}projcet: 1\n---\n{START}")
    assert "deck.yaml, record 1\n" in ran.out
    assert "deck.yaml, record 3\n" in ran.out
    assert ran.err == (
        'deck.yaml:6 (record 2): unknown fact "projcet"\n  fix: Did you mean project?\n'
    )
    assert ran.code == 3


# ---- JSON Lines


def test_one_broken_line_does_not_keep_the_others_from_being_assessed(check: Check) -> None:
    good = json.dumps(DECK)
    wrong = json.dumps(DECK | {"projcet": 1})
    ran = check(f'{good}\n{{"broken\n\n{wrong}\n{good}\n', "decks.jsonl")
    assert "decks.jsonl, record 1\n" in ran.out
    assert "decks.jsonl, record 4\n" in ran.out
    assert "2 escalated, 2 not assessed, 0 with recommendations, 0 passed" in ran.out
    assert ran.err == (
        "decks.jsonl:2 (record 2): not JSON: a quote that is never closed (column 2)\n"
        + JSON_FIX
        + 'decks.jsonl:4 (record 3): unknown fact "projcet"\n  fix: Did you mean project?\n'
    )
    assert ran.code == 3


def test_json_lines_may_end_like_windows_and_hold_any_letter(check: Check) -> None:
    line = json.dumps(DECK | {"project": {"title": "a\u2028b £"}}, ensure_ascii=False)
    ran = check(f"{line}\r\n{line}\r\n", "decks.jsonl")
    assert ran.out.count("a b £\nAlpha to beta") == 2
    assert ran.err == ""


def test_a_line_that_is_no_deck(check: Check) -> None:
    refused(
        check('[{"gate": {}}]\n7\n', "decks.jsonl"),
        "decks.jsonl:1 (record 1): a deck must be a mapping of sections\n  found: a list of 1\n"
        "  fix: Put each deck in a document of its own, with a line --- between them.\n"
        "decks.jsonl:2 (record 2): a deck must be a mapping of sections\n  found: 7\n" + BEGIN,
    )


# ---- standard input

PRETTY = json.dumps(DECK | {"benefits": [{"description": "x"}]}, indent=0)


@pytest.mark.parametrize(
    ("text", "decks"),
    [
        (START, ["standard input"]),
        (json.dumps(DECK), ["standard input"]),
        (PRETTY, ["standard input"]),
        (json.dumps([DECK, DECK]), ["standard input, record 1", "standard input, record 2"]),
        (f"{json.dumps(DECK)}\n\n{json.dumps(DECK)}\n",
         ["standard input, record 1", "standard input, record 2"]),
        (f"{START}---\n{START}", ["standard input, record 1", "standard input, record 2"]),
    ],
)  # fmt: skip
def test_standard_input_may_be_yaml_json_or_json_lines(
    gatewise: Gatewise, text: str, decks: list[str]
) -> None:
    ran = gatewise("check", "-", "--format", "json", stdin=text)
    assert [found["deck"] for found in json.loads(ran.out)["assessments"]] == decks
    assert (ran.code, ran.err) == (1, "")


@pytest.mark.parametrize("broken", ['{"broken', "{'a': 1}", '{"a": 1}}'])
@pytest.mark.parametrize("first", [True, False])
def test_one_broken_line_on_standard_input(gatewise: Gatewise, broken: str, first: bool) -> None:
    lines = [broken, json.dumps(DECK)] if first else [json.dumps(DECK), broken]
    ran = gatewise("check", "-", "--format", "json", stdin="\n".join(lines))
    run = json.loads(ran.out)
    assert [len(run["assessments"]), len(run["not_assessed"])] == [1, 1]
    assert ran.err.startswith(
        f"standard input:{1 if first else 2} (record {1 if first else 2}): not"
    )
    assert ran.code == 3


def test_empty_standard_input(gatewise: Gatewise) -> None:
    refused(
        gatewise("check", "-"),
        "standard input: the file is empty\n  fix: Write something in it, or leave it out.\n",
    )


def test_a_deck_reads_the_same_in_every_form(gatewise: Gatewise, tmp_path: Path) -> None:
    (document,) = read_documents(ROOT / "examples" / "repairs-service" / "deck.yaml")
    (tmp_path / "deck.json").write_text(json.dumps(document.data, default=str), encoding="utf-8")
    (again,) = read_documents(tmp_path / "deck.json")
    assert json.dumps(again.data, default=str) == json.dumps(document.data, default=str)
    outcomes = [
        [
            (finding["rule"], finding["status"], finding["reason"])
            for finding in json.loads(ran.out)["assessments"][0]["findings"]
        ]
        for ran in (
            gatewise("check", path, "--format", "json", "--as-of", "2026-11-23")
            for path in (document.source, tmp_path / "deck.json")
        )
    ]
    assert outcomes[0] == outcomes[1]


# ---- whatever is done to a text, it is read or refused

PIECES = [
    *"{}[]:,-?#&*!|>%@`'\"\\\n\t~.£0", "- ", ": ", "  ", "&a ", "*a", "!!x ", "<<: ", "null", "TBC", "no", "NaN",
    "-1", "1e9", "9" * 40, "31/02/2026", "{}", "[]", "000", "---\n", "\u2028", "\x1b", "\\ud800", "benefits",
    "spend.regime", "finance", "all", "not", "every", "threshold", "value", "otherwise", "{a.fact}", "{role:x}",
]  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 20), st.sampled_from(PIECES)), min_size=1, max_size=4
)


def edited(text: str, edits: list[tuple[float, int, str]]) -> str:
    """The text with some of it cut out at some places, and something put there."""
    for where, length, piece in edits:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    return text


@given(st.sampled_from(["repairs-service/deck.yaml", "portfolio/portfolio.jsonl"]), EDITS)
def test_a_spoilt_deck_is_read_or_refused(name: str, edits: list[tuple[float, int, str]]) -> None:
    text = edited((ROOT / "examples" / name).read_text(encoding="utf-8"), edits)
    with suppress(DeckError):
        for document in read_standard_input(io.BytesIO(text.encode())):
            with suppress(DeckError):
                parse_deck(document, shipped().vocabulary)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(DeckError):
        read_standard_input(io.BytesIO(content))


@given(st.sampled_from(["facts", "award", "organisations/south"]), EDITS)
def test_a_spoilt_rules_folder_is_read_or_refused(
    name: str, edits: list[tuple[float, int, str]]
) -> None:
    files = {
        path.relative_to(GRANTS).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in GRANTS.rglob("*.yaml")
    }
    files[name] = edited(files[name], edits)
    with suppress(RuleError):
        documents = {key: parse_yaml(text, key, RuleError)[0] for key, text in files.items()}
        folder = FolderDocuments(
            "grants",
            documents["facts"],
            {"award": documents["award"]},
            {"south": documents["organisations/south"]},
            {},
        )
        list(run_cases(parse_rulebook(folder)))
