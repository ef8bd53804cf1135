"""Commands: everything that a key can do, told once."""
