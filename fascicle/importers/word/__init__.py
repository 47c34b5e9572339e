"""Word documents: the package, its fields, its citations."""
