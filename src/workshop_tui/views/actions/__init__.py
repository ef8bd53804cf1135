"""The views of the actions."""
