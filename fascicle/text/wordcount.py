"""Words counted as editors count them, part by part: running text, headings, notes, captions, tables, citations, list.

A word is a run of letters and digits with the hyphens and apostrophes inside it; a dash joins nothing. Each Han
character and each kana counts as one word, as Word and editors in East Asia count. Citations and the list of works
do not exist before a style has set them: their words are reckoned from the bibliography's fields.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import PurePosixPath

from fascicle.codes import Code
from fascicle.diagnostics import Collector
from fascicle.eastasian import UNSPACED
from fascicle.project.bibliography import BibEntry, Bibliography, resolved
from fascicle.project.bibmarkup import plain as plain_field
from fascicle.project.bibnames import read_names
from fascicle.text.document import Document, ParsedSection
from fascicle.text.prose import runs
from fascicle.text.styles import STYLES, Family, printable
from fascicle.text.tree import (
    Block,
    BlockQuote,
    BulletList,
    Citation,
    Cite,
    CiteMode,
    CodeBlock,
    CrossRef,
    DefinitionList,
    Div,
    Figure,
    HardBreak,
    Heading,
    Inline,
    LineBlock,
    Math,
    Note,
    OrderedList,
    Paragraph,
    SoftBreak,
    Table,
    Text,
    plain,
    walk,
)
from fascicle.text.tree import Code as Literal

_SHORT_TITLE = 4
"""Words of a title that a later note repeats (Chicago Manual of Style, 13.36)."""
_LISTED = (
    "title", "subtitle", "booktitle", "maintitle", "journaltitle", "titleaddon", "series", "publisher", "location",
    "organization", "institution", "volume", "number", "pages", "edition", "note", "url", "doi",
)  # fmt: skip
"""Fields that a list of works prints."""
_NAMES = ("author", "editor", "translator")


class Part(StrEnum):
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


Counts = Mapping[Part, int]


@dataclass(frozen=True, slots=True)
class SectionCount:
    """One section's words."""

    section: ParsedSection
    """The section."""
    words: Counts
    """Words of each part; parts without words may be left out."""

    def total(self, parts: Iterable[Part]) -> int:
        """Words of these parts together."""
        return sum(self.words.get(part, 0) for part in parts)


@dataclass(frozen=True, slots=True)
class WordCount:
    """A publication's words."""

    sections: tuple[SectionCount, ...]
    """Section by section."""
    words: Counts
    """Of the whole: the sections' words, the abstract's and the list's."""

    def total(self, parts: Iterable[Part]) -> int:
        """Words of these parts together."""
        return sum(self.words.get(part, 0) for part in parts)


BODY = (Part.TEXT, Part.HEADINGS, Part.CITATIONS)
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
    return _typed(everything) - notes, notes


def _typed(root: object) -> int:
    return sum(words_in(run.text) for run in runs(root))


def word_count(document: Document, cited: Iterable[str]) -> WordCount:
    """The words of `document` section by section; `cited` are the works of its list."""
    data = document.publication.data
    reckoner = _Reckoner(document.publication.bibliography, STYLES[printable(data.citation_style)].family)
    sections = []
    for parsed in document.sections:
        counter = _Counter(document, reckoner)
        counter.section(parsed)
        sections.append(SectionCount(parsed, counter.words))
    whole: Counter[Part] = Counter()
    for section in sections:
        whole.update(section.words)
    abstract = _Counter(document, reckoner)
    abstract.blocks(document.blocks.get(("abstract",), ()), Part.ABSTRACT)
    whole[Part.ABSTRACT] = abstract.words[Part.ABSTRACT]
    whole[Part.LIST] = sum(reckoner.listed(key) for key in cited)
    return WordCount(tuple(sections), whole)


class _Counter:
    """Walks trees and counts."""

    def __init__(self, document: Document, reckoner: _Reckoner) -> None:
        self.words: Counter[Part] = Counter()
        self.credits = document.credits
        self.reckoner = reckoner

    def section(self, parsed: ParsedSection) -> None:
        self.inlines(parsed.title, Part.HEADINGS)
        self.blocks(parsed.epigraph, Part.TEXT)
        self.inlines(parsed.epigraph_source, Part.TEXT)
        self.blocks(parsed.blocks, Part.TEXT)

    def blocks(self, content: Iterable[Block], part: Part) -> None:
        for block in content:
            self.block(block, part)

    def block(self, block: Block, part: Part) -> None:
        """Count a block; whatever stands in a note is the note's."""
        free = part is Part.TEXT
        match block:
            case Heading():
                self.inlines(block.content, Part.HEADINGS if free else part)
            case Paragraph():
                self.inlines(block.content, part)
            case LineBlock():
                for line in block.lines:
                    self.inlines(line, part)
            case CodeBlock():
                self.words[part] += words_in(block.text)
            case Figure():
                credit = self.credits.get(str(PurePosixPath(block.path)), ())
                self.inlines(block.caption, Part.CAPTIONS if free else part)
                self.inlines(credit, Part.CAPTIONS if free else part)
            case Table():
                self.table(block, part)
            case _:
                self.container(block, part)

    def container(self, block: Block, part: Part) -> None:
        match block:
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

    def table(self, table: Table, part: Part) -> None:
        free = part is Part.TEXT
        self.inlines(table.caption, Part.CAPTIONS if free else part)
        for row in (table.header, *table.rows):
            for cell in row.cells if row else ():
                self.inlines(cell.content, Part.TABLES if free else part)

    def inlines(self, content: Iterable[Inline], part: Part) -> None:
        self.words[part] += words_in("".join(self.piece(node, part) for node in content))

    def piece(self, node: Inline, part: Part) -> str:
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
                self.blocks(node.content, Part.NOTES)
                return " "
            case Cite():
                self.cite(node, part)
                return " "
            case _ if hasattr(node, "content"):
                return "".join(self.piece(inner, part) for inner in node.content)
        return ""

    def cite(self, cite: Cite, part: Part) -> None:
        """Count a citation where its style prints it."""
        inside = Part.CITATIONS if part is Part.TEXT else part
        for citation in cite.citations:
            text, note = self.reckoner.citation(citation)
            self.words[inside] += text
            self.words[Part.NOTES] += note
            for around in (citation.prefix, citation.suffix):
                self.inlines(around, Part.NOTES if note else inside)


class _Reckoner:
    """How many words citations and the list of works will have."""

    def __init__(self, bibliography: Bibliography, family: Family) -> None:
        self.bibliography = bibliography
        self.family = family
        self.noted: set[str] = set()

    def citation(self, citation: Citation) -> tuple[int, int]:
        """Words of one work's citation in the text, and in a note."""
        entry = self.entry(citation.key)
        if entry is None:
            return 0, 0
        place = words_in(citation.locator) + (
            1 if citation.locator and citation.locator_label != "page" else 0
        )
        named = 0 if citation.mode is CiteMode.SUPPRESS_AUTHOR else self.families(entry)
        if self.family is Family.NUMBER:
            return 1 + place + (named if citation.mode is CiteMode.NARRATIVE else 0), 0
        if self.family is Family.AUTHOR_PAGE:
            return named + place, 0
        if self.family is Family.AUTHOR_DATE:
            return named + 1 + place, 0
        in_text = named if citation.mode is CiteMode.NARRATIVE else 0
        if entry.key in self.noted:
            title = words_in(plain_field(entry.text("title")))
            return in_text, self.families(entry) + min(title, _SHORT_TITLE) + place
        self.noted.add(entry.key)
        return in_text, self.listed(entry.key) + place

    def entry(self, key: str) -> BibEntry | None:
        key = self.bibliography.aliases.get(key, key)
        return resolved(self.bibliography, key) if key in self.bibliography.entries else None

    def families(self, entry: BibEntry) -> int:
        """Words of the names as a citation shortens them: `Li`, `Li and Wang`, `Li et al.`"""
        names = next((found for field in _NAMES if (found := read_names(entry, field).names)), ())
        if not names:
            return min(words_in(plain_field(entry.text("title"))), _SHORT_TITLE)
        first = words_in(plain_field(names[0].family))
        if len(names) == 1:
            return first
        return first + 2 if len(names) > 2 else first + 1 + words_in(plain_field(names[1].family))

    def listed(self, key: str) -> int:
        """Words of an entry of the list."""
        entry = self.entry(key)
        if entry is None:
            return 0
        names = [name for field in _NAMES for name in read_names(entry, field).names]
        people = sum(words_in(f"{plain_field(name.given)} {plain_field(name.family)}") for name in names)
        dated = 1 if entry.text("date") or entry.text("year") else 0
        return people + dated + sum(_field_words(entry, field) for field in _LISTED)


def _field_words(entry: BibEntry, field: str) -> int:
    value = entry.text(field)
    if not value.strip():
        return 0
    return 1 if field in ("url", "doi", "pages") else words_in(plain_field(value))


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
