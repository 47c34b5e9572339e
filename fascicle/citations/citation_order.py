"""Where works are cited: every citation of a document in the order of print, with the number of the note it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import PurePosixPath

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.document.document import Document
from fascicle.document.figures.figures_at_end import COLLECTED
from fascicle.document.sections.section_openings import epigraph_parts
from fascicle.document.tree import Cite, Div, Figure, Inline, Node, Note, Paragraph, plain, walk

_FIRST = (("title",), ("subtitle",), ("short-title",))
_LAST = ("acknowledgements", "declarations")


@dataclass(frozen=True, slots=True)
class Use:
    """One citation in its place."""

    cite: Cite
    """The citation."""
    note: int = 0
    """Number of the note that it stands in or makes; 0 outside notes."""
    inside: bool = False
    """True when its words stand where it is: its author put it into a note, or it is all that tells whose a motto is."""
    opens: bool = False
    """True when that note begins with it."""


def uses_of(document: Document, problems: Collector, *, notes: bool) -> tuple[Use, ...]:
    """The citations of `document`; with `notes` every one in the text makes a note of its own."""
    finder = _Finder(document, notes=notes)
    found = tuple(use for text in _texts(document) for use in finder.within(text))
    for use in found:
        _check(use.cite, problems)
    return found


def _texts(document: Document) -> Iterator[object]:
    """All texts in the order of print."""
    for path in _FIRST:
        yield document.inlines.get(path, ())
    yield from (tree for path, tree in document.inlines.items() if path[0] == "authors")
    yield document.blocks.get(("abstract",), ())
    for section in document.sections:
        yield section.title
        yield section.epigraph
        yield section.epigraph_source
        yield section.blocks
    yield document.blocks.get(COLLECTED, ())
    yield from (tree for path, tree in document.blocks.items() if path[0] in _LAST)
    yield document.inlines.get(("rights",), ())


class _Finder:
    """Walks trees and counts notes."""

    def __init__(self, document: Document, *, notes: bool) -> None:
        self.credits = document.credits
        self.notes = notes
        self.sources = {cite for section in document.sections for cite in _alone(section.epigraph_source)}
        self.number = 0

    def within(self, root: object, note: int = 0, first: Node | None = None) -> Iterator[Use]:
        if isinstance(root, tuple):
            for item in root:
                yield from self.within(item, note, first)
        elif isinstance(root, Cite):
            yield self.use(root, note, first)
        elif isinstance(root, Note):
            self.number += 1
            yield from self.within(root.content, self.number, _first(root))
        elif isinstance(root, Node):
            if isinstance(root, Div) and "epigraph" in root.attributes.classes:
                self.sources.update(_alone(epigraph_parts(root.content)[1]))
            for spec in fields(root):
                yield from self.within(getattr(root, spec.name), note, first)
            if isinstance(root, Figure):
                yield from self.within(self.credits.get(str(PurePosixPath(root.path)), ()), note, first)

    def use(self, cite: Cite, note: int, first: Node | None) -> Use:
        if note:
            return Use(cite, note, inside=True, opens=cite is first)
        if self.notes and cite in self.sources:
            return Use(cite, max(self.number, 1), inside=True, opens=True)
        if self.notes:
            self.number += 1
            return Use(cite, self.number)
        return Use(cite)


def _alone(source: tuple[Inline, ...]) -> Iterator[Cite]:
    """The citations of a motto's source that has no words of its own: a lone mark would tell nothing."""
    if not plain(tuple(node for node in source if not isinstance(node, Cite))).strip():
        yield from (node for node in source if isinstance(node, Cite))


def _first(note: Note) -> Node | None:
    """The inline that a note begins with."""
    opening = note.content[0] if note.content else None
    return opening.content[0] if isinstance(opening, Paragraph) and opening.content else None


def _check(cite: Cite, problems: Collector) -> None:
    """Nothing inside a citation's brackets may be a citation or a note itself."""
    for one in cite.citations:
        for node in walk((one.prefix, one.suffix)):
            if isinstance(node, Note | Cite):
                what = "a note" if isinstance(node, Note) else "a citation"
                hint = "close the brackets before it, or write it into the sentence"
                problems.add(Code.BAD_CITATION, f"{what} stands inside a citation", node.span, hint)
