"""How people and milestones are drawn."""
