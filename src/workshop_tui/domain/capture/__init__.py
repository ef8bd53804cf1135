"""A line as it is typed, read as a row."""
