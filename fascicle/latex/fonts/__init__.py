"""Fonts, their coverage, and hyphenation."""
