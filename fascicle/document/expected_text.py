"""The texts that print must show, block by block: what the finished file is read against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from fascicle.core.diagnostics import Span
from fascicle.document.document import Document, ParsedSection
from fascicle.document.glosses import gloss_lines
from fascicle.document.locale.quotation_marks import quotes
from fascicle.document.tree import (
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Cite,
    CodeBlock,
    CrossRef,
    DefinitionList,
    Div,
    Figure,
    FigureGroup,
    Gloss,
    Heading,
    Inline,
    InlineCode,
    LineBlock,
    MarkedBlock,
    Math,
    Note,
    OrderedList,
    Paragraph,
    Quoted,
    RawInline,
    ReferenceList,
    Row,
    Statement,
    Table,
    Text,
    plain,
)
from fascicle.project.figures.ledger import ledger_path

CROSSREF = 60
"""Most characters of a cross-reference's word and number, besides a title that stands for a number."""
LABEL = 8
"""Most characters of a list's label."""
RAW = 400
"""Most characters that raw LaTeX in a line is thought to print."""


class Flow(StrEnum):
    """Which of a publication's streams of text a block belongs to; each keeps its own order."""

    BODY = "body"
    """The running text."""
    NOTE = "note"
    """A footnote."""
    FLOAT = "float"
    """A caption or a row of a table, which may move."""
    MATTER = "matter"
    """Title, abstract and what else stands before or after the text."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something printed whose form is not known beforehand: the mark of a note, a number, a formula."""

    longest: int
    """How many characters it may take, white space not counted."""


@dataclass(frozen=True, slots=True)
class BlockText:
    """One block's text as it is to be printed."""

    name: str
    """What it is, for a message: paragraph, heading, note, caption, row of a table."""
    flow: Flow
    """Where it is to be looked for."""
    span: Span
    """Where its author wrote it."""
    pieces: tuple[str | Gap, ...]
    """Text and gaps in order."""


Path = tuple[str | int, ...]
NOT_MATTER = frozenset({"short-title"})
"""Texts that running heads print, if anything does."""
_NAMES = {"groups": "heading", "listed": "title in the contents", "authors": "note on an author"}
"""What texts are called whose keys are no words for them."""


def block_texts(
    document: Document,
    printed: Collection[Path],
    titles: Mapping[str, tuple[Inline, ...]],
    *,
    works: bool = False,
    whole_rows: bool = True,
    gloss_rows: bool = False,
) -> tuple[BlockText, ...]:
    """Every text of `document` that must be in print, each stream in its order.

    `printed` are the texts of publication.yaml that the template prints; `titles` those that stand for a number
    where a cross-reference names them; `works` tells that the list of works is printed, `whole_rows` that a
    table's row is one text whatever its cells hold, `gloss_rows` that glosses are tables.
    """
    reader = _ExpectedTextReader(document, titles, whole_rows, gloss_rows)
    for path, inlines in document.inlines.items():
        if path in printed and path[0] not in NOT_MATTER and inlines:
            reader.add(_NAMES.get(str(path[0]), str(path[0])), Flow.MATTER, inlines[0].span, inlines)
    for path, blocks in document.blocks.items():
        if path in printed:
            reader.blocks(blocks, Flow.MATTER)
    for section in document.sections:
        reader.section(section)
    reader.blocks(document.works.at_end if works else (), Flow.MATTER)
    return tuple(reader.found)


def pieces_of(content: tuple[Inline, ...], document: Document) -> tuple[str | Gap, ...]:
    """What inlines print, without the texts of their notes."""
    return _joined(_ExpectedTextReader(document, {}, True, False).inlines(content))


class _ExpectedTextReader:
    """Walks trees and keeps what they print."""

    def __init__(
        self,
        document: Document,
        titles: Mapping[str, tuple[Inline, ...]],
        whole_rows: bool,
        gloss_rows: bool,
    ) -> None:
        self.whole_rows = whole_rows
        self.gloss_rows = gloss_rows
        self.found: list[BlockText] = []
        self.language = document.publication.data.language
        self.credits = document.credits
        self.titles = titles
        self.depth = 0
        self.notes: list[Note] = []

    def add(self, kind: str, flow: Flow, span: Span, *texts: Iterable[Inline]) -> None:
        """Keep a block made of inlines, and the notes in it."""
        pieces = _joined(piece for text in texts for piece in self.inlines(text))
        self.found.append(BlockText(kind, flow, span, pieces))
        self.flush()

    def flush(self) -> None:
        """Keep the notes met so far."""
        while self.notes:
            waiting, self.notes = self.notes, []
            for note in waiting:
                self.blocks(note.content, Flow.NOTE)

    def blocks(self, content: Iterable[Block], flow: Flow) -> None:
        for block in content:
            self.block(block, flow)

    def section(self, section: ParsedSection) -> None:
        if section.section.data.heading:
            self.add("heading", Flow.BODY, section.heading_span, section.title)
        if authors := section.section.data.authors:
            names = ", ".join(" ".join(filter(None, (author.name, author.native))) for author in authors)
            self.found.append(BlockText("byline", Flow.BODY, section.section.places.of("authors"), (names,)))
        motto = section.epigraph if section.epigraph_source else _motto(section.epigraph)
        self.blocks(motto, Flow.BODY)
        if section.epigraph_source:
            source = section.section.places.of("epigraph", "source")
            self.add("paragraph", Flow.BODY, source, section.epigraph_source)
        self.blocks(section.blocks, Flow.BODY)

    def block(self, block: Block, flow: Flow) -> None:
        match block:
            case Heading():
                self.add("heading", flow, block.span, block.content)
            case Paragraph():
                self.add("note" if flow is Flow.NOTE else "paragraph", flow, block.span, block.content)
            case LineBlock():
                self.add("verse", flow, block.span, *block.lines)
            case Gloss():
                self.gloss(block, flow)
            case CodeBlock():
                if block.caption:
                    self.add("caption", flow, block.span, block.caption)
                self.found.append(BlockText("literal text", flow, block.span, (block.text,)))
            case Table():
                self.table(block, flow)
            case Figure():
                self.figure(block, flow)
            case FigureGroup():
                self.group(block, flow)
            case _:
                self.container(block, flow)

    def container(self, block: Block, flow: Flow) -> None:
        """A block that holds others."""
        match block:
            case BlockQuote() | MarkedBlock():
                self.blocks(block.content, flow)
            case Statement():
                self.statement(block, flow)
            case Callout():
                if block.title:
                    self.add("heading", flow, block.span, block.title)
                self.blocks(block.content, flow)
            case Div():
                self.div(block, flow)
            case BulletList() | OrderedList():
                for item in block.items:
                    self.blocks(item.content, flow)
            case DefinitionList():
                self.definitions(block, flow)
            case ReferenceList():
                for work in block.works:
                    self.add("entry of the list of works", flow, work.span, work.label, work.content)

    def group(self, group: FigureGroup, flow: Flow) -> None:
        """Captions of a figure's parts, behind their letters, and its own."""
        place = flow if flow is Flow.NOTE else Flow.FLOAT
        for letter, figure in group.lettered_figures:
            self.figure(figure, flow, f"({letter}) " if group.lettered else "")
        if group.caption:
            self.add("caption", place, group.span, group.caption)

    def figure(self, figure: Figure, flow: Flow, letter: str = "") -> None:
        credit = self.credits.get(ledger_path(figure.path), ())
        if figure.caption or credit:
            place = flow if flow is Flow.NOTE else Flow.FLOAT
            begins = (Text(figure.span, letter),) if letter else ()
            self.add("caption", place, figure.span, begins, figure.caption, credit)

    def div(self, block: Div, flow: Flow) -> None:
        content = _motto(block.content) if "epigraph" in block.attributes.classes else block.content
        outer, self.language = self.language, block.attributes.get("lang") or self.language
        self.blocks(content, flow)
        self.language = outer

    def statement(self, block: Statement, flow: Flow) -> None:
        """A statement's blocks; its title is run in before the first."""
        content = block.content
        if block.title:
            title = (Text(block.span, "("), *block.title, Text(block.span, "). "))
            first = content[0] if content else None
            text = first.content if isinstance(first, Paragraph) else ()
            content = content[1:] if isinstance(first, Paragraph) else content
            self.add("paragraph", flow, block.span, title, text)
        self.blocks(content, flow)

    def definitions(self, block: DefinitionList, flow: Flow) -> None:
        for entry in block.items:
            self.add("term", flow, entry.span, entry.term)
            for meaning in entry.meanings:
                self.blocks(meaning, flow)

    def table(self, table: Table, flow: Flow) -> None:
        place = Flow.FLOAT if table.caption and flow is not Flow.NOTE else flow
        if table.caption:
            self.add("caption", place, table.caption_span or table.span, table.caption)
        for row in (*table.header, *table.rows):
            if self.whole_rows or not any(cell.blocks or cell.rows > 1 for cell in row.cells):
                self.row(row, place)
            else:
                self.cells(row, place)

    def cells(self, row: Row, flow: Flow) -> None:
        """The cells of a row one by one, where their lines stand beside one another on a page."""
        for cell in row.cells:
            if cell.content:
                self.add("cell of a table", flow, cell.span, cell.content)
            self.blocks(cell.blocks, flow)

    def gloss(self, gloss: Gloss, flow: Flow) -> None:
        """A gloss word by word, or line by line where it is a table."""
        if gloss.preamble:
            self.add("paragraph", flow, gloss.span, gloss.preamble)
        if self.gloss_rows:
            for line in gloss_lines(gloss):
                for words in line:
                    self.add("line of a gloss", flow, gloss.span, *words)
        else:
            self.add("gloss", flow, gloss.span, *(text for word in gloss.words for text in word))
        self.add("paragraph", flow, gloss.span, gloss.translation)

    def row(self, row: Row, flow: Flow) -> None:
        """A row as one text, with a gap for the label that may stand before a block in a cell."""
        pieces: list[str | Gap] = []
        outer, self.found = self.found, []
        for cell in row.cells:
            pieces += [" ", *self.inlines(cell.content)] if pieces else self.inlines(cell.content)
            before = len(self.found)
            self.blocks(cell.blocks, flow)
            inner, self.found[before:] = self.found[before:], []
            pieces += [
                piece for block in inner if block.flow is flow for piece in (Gap(LABEL), *block.pieces)
            ]
            self.found += [block for block in inner if block.flow is not flow]
        notes, self.found = self.found, outer
        self.found += [BlockText("row of a table", flow, row.span, _joined(pieces)), *notes]
        self.flush()

    def inlines(self, content: Iterable[Inline]) -> Iterator[str | Gap]:
        for node in content:
            yield from self.inline(node)

    def inline(self, node: Inline) -> Iterator[str | Gap]:
        match node:
            case Text() | InlineCode():
                yield node.text
            case Quoted():
                yield from self.quoted(node)
            case Note():
                self.notes.append(node)
                yield Gap(4)
            case Cite():
                yield from self.inlines(node.content)
            case CrossRef():
                title = plain(self.titles.get(node.label, ()))
                yield Gap(CROSSREF + 2 * len(title))
            case Math():
                yield Gap(60 + 6 * len(node.tex))
            case RawInline():
                yield Gap(RAW)
            case _ if hasattr(node, "content"):
                yield from self.spoken(node)

    def spoken(self, node: Inline) -> Iterator[str | Gap]:
        """An inline that holds others, perhaps in a language of its own."""
        attributes = getattr(node, "attributes", None)
        outer = self.language
        self.language = (attributes.get("lang") if attributes else None) or outer
        yield from self.inlines(getattr(node, "content", ()))
        self.language = outer

    def quoted(self, node: Quoted) -> Iterator[str | Gap]:
        depth = max(self.depth, int(node.nested))
        opening, closing = quotes(self.language).pair(depth)
        outer, self.depth = self.depth, depth + 1
        yield opening
        yield from self.inlines(node.content)
        yield closing
        self.depth = outer


def _motto(content: tuple[Block, ...]) -> tuple[Block, ...]:
    """A motto's blocks without the dash before its source, which is not printed."""
    match content:
        case (*motto, Paragraph(content=(Text(text=text) as first, *rest)) as last) if (
            motto and text[:1] in "—–"
        ):
            bare = replace(first, text=text.lstrip("—– \u00a0"))
            return (*motto, replace(last, content=(bare, *rest)))
    return content


def _joined(pieces: Iterable[str | Gap]) -> tuple[str | Gap, ...]:
    """Neighbouring texts as one, neighbouring gaps too; empty texts left out."""
    joined: list[str | Gap] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if isinstance(piece, str) and isinstance(before, str):
            joined[-1] = before + piece
        elif isinstance(piece, Gap) and isinstance(before, Gap):
            joined[-1] = Gap(before.longest + piece.longest)
        elif piece:
            joined.append(piece)
    return tuple(joined)
