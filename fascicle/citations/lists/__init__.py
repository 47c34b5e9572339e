"""Lists of works: where they stand, how they are divided and ordered."""
