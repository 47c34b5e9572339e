"""Exit statuses of the command line that several commands end with; docs/reference.md lists all."""

SURROUNDINGS_FAILED = 3
"""The system lacks something, a disk is full, or the program itself has failed."""
INTERRUPTED = 130
"""Ended by Ctrl-C, as shells count it."""
