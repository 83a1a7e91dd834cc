"""What the commands of cli.py share, and the groups that outgrew it."""
