"""The plan as one value, the Steps that change it, and the projection for an audience."""
