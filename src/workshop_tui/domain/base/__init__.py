"""What everything else in the domain stands on: entities, text, dates, the vocabulary."""
