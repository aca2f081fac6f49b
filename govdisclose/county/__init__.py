"""Many bureaus at once: rosters, submissions, batches and sums."""
