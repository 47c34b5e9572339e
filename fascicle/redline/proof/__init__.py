"""Finished redlines read again: both versions must be in them, word for word."""
