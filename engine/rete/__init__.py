"""How a rulebook becomes a durable_rules network: encoding, formulas, patterns."""
