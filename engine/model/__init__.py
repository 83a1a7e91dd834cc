"""The frozen vocabulary that everything else speaks: facts, conditions, rules, decks, answers."""
