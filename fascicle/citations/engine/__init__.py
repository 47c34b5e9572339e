"""Pandoc's citeproc: what it is given, how it is run, what it gives back."""
