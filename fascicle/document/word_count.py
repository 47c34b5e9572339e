"""Words counted as editors count them, part by part.

Running text, headings, notes, captions, tables, citations, list.

A word is a run of letters and digits with the hyphens and apostrophes inside it; a dash joins nothing. Each Han
character and each kana counts as one word, as Word and editors in East Asia count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.text.scripts import UNSPACED
from fascicle.document.document import Document, ParsedSection
from fascicle.document.plain_text import runs
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
    HardBreak,
    Heading,
    Inline,
    LineBlock,
    Math,
    Note,
    OrderedList,
    Paragraph,
    ReferenceList,
    SoftBreak,
    Statement,
    Table,
    Text,
    plain,
    walk,
)
from fascicle.document.tree import InlineCode as Literal
from fascicle.project.figures.ledger import ledger_path


class CountedPart(StrEnum):
    """What a word belongs to."""

    TEXT = "text"
    """Running text, quotations, lists, epigraphs."""
    HEADINGS = "headings"
    """Sections' titles and headings."""
    CITATIONS = "citations"
    """Citations in the text, such as (Li 2012, 174); in notes styles there are none."""
    NOTES = "notes"
    """Notes, with the citations that a notes style puts into them."""
    CAPTIONS = "captions"
    """Captions and credit lines."""
    TABLES = "tables"
    """Cells of tables."""
    ABSTRACT = "abstract"
    """The abstract."""
    LIST = "list"
    """The list of works."""


Counts = Mapping[CountedPart, int]


@dataclass(frozen=True, slots=True)
class SectionCount:
    """One section's words."""

    section: ParsedSection
    """The section."""
    words: Counts
    """Words of each part; parts without words may be left out."""

    def total(self, parts: Iterable[CountedPart]) -> int:
        """Words of these parts together."""
        return sum(self.words.get(part, 0) for part in parts)


@dataclass(frozen=True, slots=True)
class WordCount:
    """A publication's words."""

    sections: tuple[SectionCount, ...]
    """Section by section."""
    words: Counts
    """Of the whole: the sections' words, the abstract's and the list's."""

    def total(self, parts: Iterable[CountedPart]) -> int:
        """Words of these parts together."""
        return sum(self.words.get(part, 0) for part in parts)


BODY = (CountedPart.TEXT, CountedPart.HEADINGS, CountedPart.CITATIONS)
"""What is compared with a section's target."""


@cache
def _word() -> re.Pattern[str]:
    """A word, or one character of a script without spaces; compiled at first use, for that takes two milliseconds."""
    unspaced = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED)
    letters = rf"[^\W{unspaced}]+"
    return re.compile(rf"[{unspaced}]|{letters}(?:[-'’]{letters})*")


def words_in(text: str) -> int:
    """How many words a plain text has."""
    return len(_word().findall(text))


def counted(document: Document) -> tuple[int, int]:
    """Words of the sections without notes and citations, all else included, and words of the notes."""
    everything = tuple(
        (parsed.title, parsed.epigraph, parsed.epigraph_source, parsed.blocks) for parsed in document.sections
    )
    cites = [node for node in walk(everything) if isinstance(node, Cite)]
    worded = {id(node) for cite in cites for node in walk(cite.content)}
    notes = sum(
        _typed(node.content) for node in walk(everything) if isinstance(node, Note) and id(node) not in worded
    )
    listed = sum(_typed(node) for node in walk(everything) if isinstance(node, ReferenceList))
    return _typed(everything) - notes - listed, notes


def _typed(root: object) -> int:
    return sum(words_in(run.text) for run in runs(root))


def word_count(document: Document) -> WordCount:
    """The words of `document` section by section, and of its list of works."""
    sections = []
    for parsed in document.sections:
        counter = _Counter(document)
        counter.section(parsed)
        sections.append(SectionCount(parsed, counter.words))
    whole: Counter[CountedPart] = Counter()
    for section in sections:
        whole.update(section.words)
    abstract = _Counter(document)
    abstract.blocks(document.blocks.get(("abstract",), ()), CountedPart.ABSTRACT)
    whole[CountedPart.ABSTRACT] = abstract.words[CountedPart.ABSTRACT]
    at_end = _Counter(document)
    at_end.blocks(document.works.at_end, CountedPart.LIST)
    whole[CountedPart.LIST] += at_end.words[CountedPart.LIST]
    return WordCount(tuple(sections), whole)


class _Counter:
    """Walks trees and counts."""

    def __init__(self, document: Document) -> None:
        self.words: Counter[CountedPart] = Counter()
        self.credits = document.credits

    def section(self, parsed: ParsedSection) -> None:
        self.inlines(parsed.title, CountedPart.HEADINGS)
        self.blocks(parsed.epigraph, CountedPart.TEXT)
        self.inlines(parsed.epigraph_source, CountedPart.TEXT)
        self.blocks(parsed.blocks, CountedPart.TEXT)

    def blocks(self, content: Iterable[Block], part: CountedPart) -> None:
        for block in content:
            self.block(block, part)

    def block(self, block: Block, part: CountedPart) -> None:
        """Count a block; whatever stands in a note is the note's."""
        free = part is CountedPart.TEXT
        match block:
            case Heading():
                self.inlines(block.content, CountedPart.HEADINGS if free else part)
            case Paragraph():
                self.inlines(block.content, part)
            case LineBlock():
                for line in block.lines:
                    self.inlines(line, part)
            case CodeBlock():
                self.words[part] += words_in(block.text)
            case Figure():
                credit = self.credits.get(ledger_path(block.path), ())
                self.inlines(block.caption, CountedPart.CAPTIONS if free else part)
                self.inlines(credit, CountedPart.CAPTIONS if free else part)
            case FigureGroup():
                self.blocks(block.figures, part)
                self.inlines(block.caption, CountedPart.CAPTIONS if free else part)
            case Gloss():
                for text in (
                    block.preamble,
                    *(one for word in block.words for one in word),
                    block.translation,
                ):
                    self.inlines(text, part)
            case Table():
                self.table(block, part)
            case _:
                self.container(block, part)

    def container(self, block: Block, part: CountedPart) -> None:
        match block:
            case Statement() | Callout():
                self.inlines(block.title, part)
                self.blocks(block.content, part)
            case BlockQuote() | Div():
                self.blocks(block.content, part)
            case BulletList() | OrderedList():
                for item in block.items:
                    self.blocks(item.content, part)
            case DefinitionList():
                for entry in block.items:
                    self.inlines(entry.term, part)
                    for meaning in entry.meanings:
                        self.blocks(meaning, part)
            case ReferenceList():
                for work in block.works:
                    self.inlines((*work.label, *work.content), CountedPart.LIST)

    def table(self, table: Table, part: CountedPart) -> None:
        free = part is CountedPart.TEXT
        self.inlines(table.caption, CountedPart.CAPTIONS if free else part)
        for row in (*table.header, *table.rows):
            for cell in row.cells:
                self.inlines(cell.content, CountedPart.TABLES if free else part)
                self.blocks(cell.blocks, CountedPart.TABLES if free else part)

    def inlines(self, content: Iterable[Inline], part: CountedPart) -> None:
        self.words[part] += words_in("".join(self.piece(node, part) for node in content))

    def piece(self, node: Inline, part: CountedPart) -> str:
        """A node's text; notes and citations are counted where they belong."""
        match node:
            case Text() | Literal():
                return node.text
            case SoftBreak() | HardBreak():
                return " "
            case Math():
                return " x "
            case CrossRef():
                return " 1 " if node.bare else " Figure 1 "
            case Note():
                self.blocks(node.content, CountedPart.NOTES)
                return " "
            case Cite():
                self.inlines(node.content, CountedPart.CITATIONS if part is CountedPart.TEXT else part)
                return " "
            case _ if hasattr(node, "content"):
                return "".join(self.piece(inner, part) for inner in node.content)
        return ""


def abstract_text(document: Document) -> str:
    """The abstract as plain text."""
    blocks = document.blocks.get(("abstract",), ())
    return " ".join(plain(block.content) for block in blocks if isinstance(block, Paragraph))


def too_long(count: WordCount, problems: Collector) -> None:
    """Note the sections that are longer than their own front matter allows."""
    for section in count.sections:
        most, words = section.section.section.data.words.max, section.total(BODY)
        if most is not None and words > most:
            span = section.section.section.places.of("words", "max")
            problems.add(Code.SECTION_LENGTH, f"the section has {words} words, and {most} are its most", span)
