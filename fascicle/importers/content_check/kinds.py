"""What is counted."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

Census = Counter["Counted"]
"""How many there are of each kind."""


class Counted(StrEnum):
    """A kind of thing, by its name in the report."""

    NOTES = "notes"
    CELLS = "cells of tables"
    PICTURES = "pictures"
    FORMULAS = "formulas"
    CITATIONS = "citations"
    COMMENTS = "comments"


TOLD_BY = {
    Counted.NOTES: r"\b(?:foot|end)?notes?\b",
    Counted.CELLS: r"\b(?:cells?|tables?)\b",
    Counted.PICTURES: r"\b(?:pictures?|images?|figures?|charts?|drawings?|chunks?|plates?)\b",
    Counted.FORMULAS: r"\b(?:formulas?|equations?)\b",
    Counted.CITATIONS: r"\b(?:citations?|cited|list of works|record)\b",
    Counted.COMMENTS: r"\bcomments?\b",
}
"""The words by which the report's other remarks tell of such a thing."""
