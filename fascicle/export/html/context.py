"""What the renderer to HTML knows besides the tree, and what it remembers while it goes through a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fascicle.core.model import Picture
from fascicle.document.document import Document
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.resolve import Label
from fascicle.document.sections.numbering import Numbers
from fascicle.document.tree import Inline
from fascicle.export.elements import Element
from fascicle.export.html.identifiers import Identifiers

Formulas = Mapping[tuple[str, bool], Element]
"""MathML by LaTeX, and whether it is displayed."""


@dataclass(frozen=True, slots=True)
class HtmlContext:
    """What one rendering depends on, apart from the tree."""

    document: Document
    """The publication."""
    language: str
    """Its language as a BCP 47 tag."""
    numbers: Numbers
    """Numbers of headings, figures, tables and equations."""
    labels: Mapping[str, Label]
    """What cross-references may name, by label."""
    formulas: Formulas
    """Formulas as MathML."""
    pictures: Mapping[str, PlacedPicture]
    """Pictures by the path typed in the text; their files are addresses that a page can show."""
    links: bool = True
    """Whether links can be followed."""
    nameless: bool = False
    """Whether identifiers may hold nothing of the author's words."""

    @property
    def ledger(self) -> Mapping[str, Picture]:
        """What is known of each picture."""
        ledger: Mapping[str, Picture] = self.document.publication.pictures
        return ledger


@dataclass(slots=True)
class NoteText:
    """A note as it stands among the notes."""

    number: int
    """Its number."""
    item: Element
    """The item of the list of notes."""


@dataclass(slots=True)
class Memory:
    """What is met while a text is gone through."""

    identifiers: Identifiers
    """Names of elements."""
    notes: list[NoteText] = field(default_factory=list)
    """Notes of the part at hand, not yet taken away."""
    counted: int = 0
    """Notes so far."""
    citations: dict[str, list[str]] = field(default_factory=dict)
    """Identifiers of the places that cite a work, by the work's own."""
    entries: dict[str, str] = field(default_factory=dict)
    """The text of each listed work, by its identifier."""
    headings: list[tuple[int, str, tuple[Inline, ...], str]] = field(default_factory=list)
    """Level, identifier, text and number of each heading."""

    def take_notes(self) -> list[NoteText]:
        """The notes met since the last time."""
        taken, self.notes = self.notes, []
        return taken
