"""The slides of a template: which tables stand on them, in letters how large."""
