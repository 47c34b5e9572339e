"""OJS's native XML: the issue, and the files in it."""
