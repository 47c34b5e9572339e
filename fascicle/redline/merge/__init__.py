"""A Word file that comes back: what was changed in it, brought into the author's files."""
