"""A session from its start to its seal."""
