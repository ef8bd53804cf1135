"""What can be done in a workshop: a small class each, which is given the workspace and knows no other."""
