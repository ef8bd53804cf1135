"""A terminal app for running live joint account-planning workshops."""

__version__ = "0.1.0"
