"""The heading of the list of works."""

from __future__ import annotations

from fascicle.citations.styles.styles import CitationStyle
from fascicle.document.locale.words import words

_OTHERS = ("Reference list", "Literature", "Literature cited", "Sources")


def heading(style: CitationStyle, language: str) -> str:
    """What the list is called in a style and a language, in English where we have no other."""
    names = words(language).works
    return names.works_cited if style.mla else names.bibliography if style.notes else names.references


def names_of_lists(language: str) -> frozenset[str]:
    """What authors call a list of works in a language or in English, in small letters."""
    known = {name for tag in (language, "en") for name in words(tag).works.model_dump().values()}
    return frozenset(name.casefold() for name in (*known, *_OTHERS))
