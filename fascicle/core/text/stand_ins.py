"""What an import writes where its source names no title or author."""

from __future__ import annotations

NO_TITLE = "Untitled"
NO_AUTHOR = "Unknown Author"
