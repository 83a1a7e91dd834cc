"""A portfolio's spend as one list: what each case needs, what is due, and what was approved."""
