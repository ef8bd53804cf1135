"""What is known of an account: its entities, field by field."""
