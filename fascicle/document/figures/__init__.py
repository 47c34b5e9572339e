"""Figures as the text has them: where they stand, their size, their alternative texts."""
