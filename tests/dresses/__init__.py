"""One report in the many ways in which offices, programs and web sites dress it."""
