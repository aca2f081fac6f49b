"""Reports in PDF: tables by their rules, prose by its lines."""
