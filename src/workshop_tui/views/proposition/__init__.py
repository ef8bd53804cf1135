"""The views of the proposition."""
