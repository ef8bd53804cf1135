"""The views of the customer's people."""
