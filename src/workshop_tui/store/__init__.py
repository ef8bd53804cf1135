"""Where account plans are kept: one SQLite file, a journal of Steps, one thread that writes."""
