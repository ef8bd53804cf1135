"""What is worked out from a plan rather than typed."""
