"""Widgets: each shows what it is given and posts what was asked of it."""
