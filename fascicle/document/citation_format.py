"""What stands in the text for a work."""

from __future__ import annotations

from enum import StrEnum


class CitationFormat(StrEnum):
    """What stands in the text for a work: CSL's `citation-format`."""

    AUTHOR_DATE = "author-date"
    """(Jia 2009, 5)."""
    AUTHOR = "author"
    """(Jia 5)."""
    NOTE = "note"
    """A footnote."""
    NUMERIC = "numeric"
    """[4, p. 5]."""
    LABEL = "label"
    """[Jia09]."""


UNNAMED = frozenset({CitationFormat.NUMERIC, CitationFormat.LABEL})
"""Formats that print no author's name in a sentence."""
