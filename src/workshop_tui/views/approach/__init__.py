"""The views of the approach."""
