"""How fast the document is, beside other ways to make the same one."""
