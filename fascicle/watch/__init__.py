"""Follows an edition while its author writes."""
