"""Reports and texts held beside one another."""
