"""What Textual is made to do otherwise, each with the version it was seen in."""
