"""Reports in documents of LibreOffice and OpenOffice."""
