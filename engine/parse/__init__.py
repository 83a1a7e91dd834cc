"""Plain data in, checked model out: rules and decks given their meaning."""
