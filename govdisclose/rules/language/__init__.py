"""Chinese sentences read for what they claim of the figures in the tables."""
