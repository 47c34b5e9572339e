"""The state of one rendering: what is needed so far, how deep quotations and lists are nested, notes put off."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pylatex.base_classes import LatexObject

from fascicle.core.diagnostics import Span
from fascicle.document.tree import Block, Inline, Mark, Note
from fascicle.latex.context import RenderContext
from fascicle.latex.escape import Latex
from fascicle.latex.line_map import mark
from fascicle.latex.writer.nodes import dumped, packages_of


@dataclass(slots=True)
class NoteQueue:
    """Notes whose text cannot be set where their mark stands: in captions, floats, terms, other notes."""

    notes: list[Note] = field(default_factory=list)
    """The notes in the order of their marks."""
    stepped: int = 0
    """How many of them LaTeX's footnote counter has counted."""
    command: str = "fasciclenotemark"
    """The macro that prints their marks."""
    text_command: str = "fasciclenotetext"
    """The macro that sets their texts."""

    def add(self, note: Note) -> int:
        """Put a note off; gives how far its number lies beyond the counter."""
        self.notes.append(note)
        return len(self.notes) - self.stepped


class Writer(ABC):
    """Renders trees; the state lives here, the rules in the modules beside this one."""

    def __init__(self, context: RenderContext) -> None:
        self.context = context
        """What the rendering depends on."""
        self.language = context.language
        """Language of the text at hand."""
        self.packages: set[str] = set()
        """Packages needed so far."""
        self.languages: set[str] = set()
        """Languages switched to so far."""
        self.quote_depth = 0
        """How many quotations the text at hand stands in."""
        self.queue: NoteQueue | None = None
        """Where notes are put off to; None where they can be set in place."""
        self.block: Span | None = None
        """First line of the block at hand."""
        self.away = 0
        """Counts how often the output went to another place of the source and has to come back."""
        self.in_note = False
        """True inside a note, where nothing may float."""
        self.preceding: tuple[Inline, ...] = ()
        """What stands before the text at hand in its own sentence, where marks of changes part it."""
        self.change = ""
        """Name of a change whose first words are still to come."""
        self.marked: Mark | None = None
        """The mark that the text at hand stands under."""
        self.lists: list[str] = []
        """The lists that the text at hand stands in, outermost first."""

    @abstractmethod
    def inlines(self, content: tuple[Inline, ...]) -> Latex:
        """Text inside a paragraph."""

    @abstractmethod
    def blocks(self, content: tuple[Block, ...]) -> Latex:
        """Blocks one after another."""

    def dump(self, node: LatexObject) -> Latex:
        """A PyLaTeX node as LaTeX; the packages it asks for are noted."""
        self.packages |= packages_of([node])
        return dumped(node)

    def mark(self, span: Span) -> Latex:
        """The mark that begins a line of the block at hand."""
        return mark(span, self.block)

    @property
    def paragraph_end(self) -> Latex:
        r"""What parts two blocks. Headings and captions, where notes stand, bear no blank line and no `\par`."""
        return Latex("\n\\endgraf\n" if self.in_note else "\n\n")

    @contextmanager
    def within(self, **changes: object) -> Iterator[None]:
        """Change some of the state for a while."""
        before = {name: getattr(self, name) for name in changes}
        for name, value in changes.items():
            setattr(self, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(self, name, value)

    @contextmanager
    def put_off_notes(self) -> Iterator[NoteQueue]:
        """Notes inside are put off to the queue given, or to the one that is at work already."""
        if self.queue is not None:
            # The notes are set by whoever began the queue: an empty one of our own leaves nothing to do.
            yield NoteQueue()
            return
        queue = NoteQueue()
        with self.within(queue=queue):
            yield queue
