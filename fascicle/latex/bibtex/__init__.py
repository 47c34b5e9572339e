"""Works for BibTeX, for journals whose production words the list by a style of its own."""
