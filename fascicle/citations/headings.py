"""The heading of the list of works."""

from __future__ import annotations

from fascicle.citations.styles import CitationStyle
from fascicle.text.styles import HEADINGS
from fascicle.text.styles.words import nearest


def heading(style: CitationStyle, language: str) -> str:
    """What the list is called in a style and a language, in English where we have no other."""
    kind = "works-cited" if style.mla else "bibliography" if style.notes else "references"
    return nearest(HEADINGS[kind], language)
