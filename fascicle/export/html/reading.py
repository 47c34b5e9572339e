"""The whole publication as elements, part by part.

Front, sections, thanks, list of works, each with its notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fascicle.document.document import Document, ParsedSection
from fascicle.document.figures.figures_at_end import COLLECTED
from fascicle.document.locale.words import words
from fascicle.document.sections.section_openings import section_epigraph, section_headings
from fascicle.document.tree import plain
from fascicle.export.elements import Element, element
from fascicle.export.html.blocks import Renderer
from fascicle.export.html.context import HtmlContext, NoteText
from fascicle.export.html.nodes import Nodes, fill, without_notes

Path = tuple[str | int, ...]
FRONT = ("title", "subtitle", "abstract")
"""Texts of publication.yaml that stand before the sections."""
DEEPEST_CONTENTS = 3
"""The deepest heading that the contents list."""


@dataclass(slots=True)
class Part:
    """A section, or what stands before or after the sections."""

    title: str
    """Its title as plain text; empty when it has none."""
    identifier: str
    """Identifier of its heading; empty when it has none."""
    nodes: Nodes
    """Its text."""
    notes: list[NoteText] = field(default_factory=list)
    """Its notes."""


@dataclass(slots=True)
class ContentsLine:
    """A line of the table of contents."""

    level: int
    """1 for sections."""
    identifier: str
    """What it leads to."""
    nodes: Nodes
    """Number and title."""
    under: list[ContentsLine] = field(default_factory=list)
    """The lines below it."""
    file: str = ""
    """The file that it stands in, where there are several."""


@dataclass(slots=True)
class Reading:
    """A publication as elements."""

    texts: Mapping[Path, Nodes]
    """Texts of publication.yaml by their path."""
    front_notes: list[NoteText]
    """Notes of the texts before the sections."""
    sections: list[Part]
    """The sections in order."""
    back: Part
    """Notes of what follows the text; its texts are among `texts`."""
    works: Part
    """The list of works; without nodes where there is none, or where the text holds it itself."""
    figures: Part
    """Pictures collected at the end."""
    contents: list[ContentsLine]
    """The table of contents."""

    @property
    def notes(self) -> list[NoteText]:
        """All notes in their order."""
        parts = (*self.sections, self.back, self.works, self.figures)
        return [*self.front_notes, *(note for part in parts for note in part.notes)]


def read(document: Document, context: HtmlContext) -> Reading:
    """Every text of the publication rendered, in the order in which it is read, so that notes are counted so."""
    renderer = Renderer(context)
    works = renderer.blocks(document.works.at_end)
    _know_entries(renderer, document)
    texts: dict[Path, Nodes] = {}
    for name in FRONT:
        texts[name,] = _text(renderer, document, (name,))
    for path in document.inlines:
        if path[0] == "authors":
            texts[path] = _text(renderer, document, path)
    front_notes = renderer.memory.take_notes()
    sections = [_section(renderer, parsed) for parsed in document.sections]
    for path in (*document.inlines, *document.blocks):
        if path not in texts and path != COLLECTED:
            texts[path] = _text(renderer, document, path)
    texts["suggested",] = renderer.inlines(document.suggested)
    back = Part("", "", [], renderer.memory.take_notes())
    headings = len(renderer.memory.headings)
    figures = Part("", "", renderer.blocks(document.blocks.get(COLLECTED, ())), renderer.memory.take_notes())
    contents = _contents(renderer, headings)
    heading = document.works.heading
    listed = Part(heading, renderer.memory.identifiers.of("works") if works else "", works)
    _lead_back(renderer, [works, *(part.nodes for part in sections)])
    return Reading(texts, front_notes, sections, back, listed, figures, contents)


def _know_entries(renderer: Renderer, document: Document) -> None:
    """Learn the entries of lists that stand in the text, for citations before them."""
    known = Renderer(renderer.context)
    known.memory.identifiers = renderer.memory.identifiers
    for work in (*document.works.works, *(work for own in document.works.own for work in own.works)):
        known.work(work)
    renderer.memory.entries = {**known.memory.entries, **renderer.memory.entries}


def _text(renderer: Renderer, document: Document, path: Path) -> Nodes:
    if path in document.blocks:
        return renderer.blocks(document.blocks[path])
    return renderer.inlines(document.inlines.get(path, ()))


def _section(renderer: Renderer, parsed: ParsedSection) -> Part:
    """A section's heading, its own authors, its motto and its text."""
    before = len(renderer.memory.headings)
    nodes = renderer.blocks(section_headings(parsed))
    headings = renderer.memory.headings
    identifier = headings[before][1] if parsed.section.data.heading else ""
    if authors := parsed.section.data.authors:
        names = ", ".join(" ".join(filter(None, (author.name, author.native))) for author in authors)
        nodes.append(element("p", names, class_="byline"))
    nodes += renderer.blocks((*section_epigraph(parsed), *parsed.blocks))
    return Part(plain(parsed.title), identifier, nodes, renderer.memory.take_notes())


def _contents(renderer: Renderer, first: int) -> list[ContentsLine]:
    """The headings as a tree."""
    top: list[ContentsLine] = []
    open_lines: list[ContentsLine] = []
    for level, identifier, content, number in renderer.memory.headings[:first]:
        if level > DEEPEST_CONTENTS:
            continue
        with renderer.within(linked=True):
            nodes = renderer.inlines(without_notes(content))
        for node in nodes:
            _without_names(node)
        shown: Nodes = [element("span", number, class_="number"), " "] if number else []
        line = ContentsLine(level, identifier, [*shown, *nodes])
        while open_lines and open_lines[-1].level >= level:
            open_lines.pop()
        (open_lines[-1].under if open_lines else top).append(line)
        open_lines.append(line)
    return top


def _without_names(node: str | Element) -> None:
    """Take identifiers away, which stand once in a file."""
    if not isinstance(node, str):
        for one in node.iter():
            one.attrib.pop("id", None)


def _lead_back(renderer: Renderer, texts: list[Nodes]) -> None:
    """Links from the entries to the places that cite them."""
    back = words(renderer.context.language).reading.back
    entries = {
        str(found.get("id")): found
        for nodes in texts
        for node in nodes
        if not isinstance(node, str)
        for found in node.iter("li")
        if found.get("id") in renderer.memory.citations
    }
    for identifier, entry in entries.items():
        citing = renderer.memory.citations[identifier]
        links: Nodes = []
        for number, name in enumerate(citing, 1):
            shown = "↩" if number == 1 else str(number)
            link = element("a", shown, href=f"#{name}", role="doc-backlink")
            link.set("aria-label", back if number == 1 else f"{back}, {number}")
            links += [" ", link]
        fill(entry, [fill(element("span", class_="back"), links)])
