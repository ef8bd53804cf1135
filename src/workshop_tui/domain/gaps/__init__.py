"""What a plan lacks, and what to do about it."""
