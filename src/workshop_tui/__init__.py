"""A terminal app for running live joint account-planning workshops."""
