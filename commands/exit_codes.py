"""How a command ends; the table stands in --help and in the README."""

OK, FOUND, USAGE, NOT_ASSESSED, BROKEN_RULES, INTERNAL = range(6)
