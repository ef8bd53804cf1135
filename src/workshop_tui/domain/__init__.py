"""What a workshop is, and its rules: pure, with no I/O, no clock and no screen."""
