"""The views of value co-discovery."""
