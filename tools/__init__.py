"""What is done to the repository itself."""
