"""The views of the opening."""
