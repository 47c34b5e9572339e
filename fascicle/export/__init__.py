"""Other outputs of the same tree than LaTeX: Word, JATS, and records of the work."""
