"""The views of discovery."""
