"""Finding what people said or typed: its words, a query for them, what is found and how it is told."""
