"""The terminal app: screens show projections of the live plan and post what people ask for."""
