"""Reports in plain text: copied out of a document or a page, or drawn out of a PDF."""
