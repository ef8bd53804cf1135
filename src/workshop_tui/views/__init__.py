"""What is shown: rows and cells worked out from a projection. Knows no Textual."""
