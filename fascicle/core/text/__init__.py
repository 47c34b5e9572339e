"""Letters: scripts, titles, what can be seen of a text."""
