"""What the renderer to Pandoc's syntax tree knows besides the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.resolve import Label
from fascicle.document.sections.numbering import NO_NUMBERS, Numbers


class Target(StrEnum):
    """What the tree is made for."""

    PANDOC = "pandoc"
    """For whoever reads Pandoc's tree: as Pandoc itself would read the same text, nothing numbered."""
    WORD = "word"
    """For a Word document: numbers and words of captions are text, paragraphs carry the names of Word's styles."""
    JATS = "jats"
    """For JATS: numbers are elements of their own, put in later by identifier."""


@dataclass(frozen=True, slots=True)
class PandocContext:
    """What one rendering depends on, apart from the tree."""

    target: Target = Target.PANDOC
    """What it is made for."""
    language: str = "en-GB"
    """The publication's language as a BCP 47 tag."""
    numbers: Numbers = NO_NUMBERS
    """Numbers of headings, figures, tables and equations."""
    labels: Mapping[str, Label] = field(default_factory=dict)
    """What cross-references may name, by label."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys of bibliography entries, with the key that each stands for."""
    pictures: Mapping[str, PlacedPicture] = field(default_factory=dict)
    """Pictures by the path typed in the text; their files are named as the writer is to find them."""
    apart: bool = False
    """Whether pictures are files of their own, so that a Word document holds their captions alone."""
    measure: float = 6.0
    """Width of the text in inches, of which widths in per cent are parts."""
    height: float = 8.5
    """Height of the text in inches."""
