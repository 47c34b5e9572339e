"""Journals: their profiles and rules, and the packages that they take."""
