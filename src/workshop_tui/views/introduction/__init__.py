"""Introduction: who the two firms are to each other, before the first call with the customer."""
