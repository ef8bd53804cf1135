"""The views of the closing."""
