"""The finished pages opened again.

Every block of the text, names that stand once, links that lead somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.document.document import Document
from fascicle.document.expected_text import BlockText, block_texts
from fascicle.document.figures.figures_at_end import COLLECTED
from fascicle.document.resolve import Resolved
from fascicle.document.sections.numbering import numbers_of
from fascicle.export.completeness import compact, missing_blocks

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "thead", "tr", "ul",
})  # fmt: skip
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_SILENT = frozenset({"annotation", "head", "nav", "script", "style", "title"})
"""Elements whose text is not the publication's."""
APPARATUS = frozenset({"apparatus", "back", "downloads", "licence", "skip", "records", "note-number"})
"""Classes of elements whose text is not the publication's."""
_WEB = re.compile(r"(?:https?|mailto|data):", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """What a page holds."""

    names: list[str] = field(default_factory=list)
    """Identifiers."""
    targets: list[str] = field(default_factory=list)
    """Where its links lead."""
    bare_pictures: list[str] = field(default_factory=list)
    """Addresses of pictures without a word on what they show."""
    body: list[str] = field(default_factory=list)
    """Its text, a piece for each block."""
    notes: list[str] = field(default_factory=list)
    """The text of its notes."""
    said: list[str] = field(default_factory=list)
    """All else that it says: text that is not the publication's, attributes, comments."""
    addresses: list[str] = field(default_factory=list)
    """Addresses of what it shows."""


class PageReader(HTMLParser):
    """Reads a page of ours, HTML or XHTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self.open: list[tuple[str, bool, bool, bool]] = []
        """Elements around, and whether each is silent, holds notes, is one whole."""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        self.note(tag, given)
        silent, noted, whole = self.state
        if tag in _BLOCKS and not whole:
            self.flush()
        if tag in _VOID:
            return
        silent = silent or tag in _SILENT or not APPARATUS.isdisjoint(classes)
        noted = noted or (tag == "section" and "notes" in classes)
        self.open.append((tag, silent, noted, whole or tag == "tr" or "verse" in classes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content, as XHTML writes it."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in _BLOCKS and not (self.state[2] and tag not in ("tr", "div")):
            self.flush()
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.state[0]:
            self.seen.said.append(data)
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.seen.said.append(data)

    @property
    def state(self) -> tuple[bool, bool, bool]:
        """Whether text here is none of the publication's, is a note's, and belongs to one whole."""
        return self.open[-1][1:] if self.open else (False, False, False)

    def note(self, tag: str, given: Mapping[str, str]) -> None:
        """Remember names, links, pictures and what attributes say."""
        for name, value in given.items():
            (self.seen.addresses if name in ("src", "href") else self.seen.said).append(value)
        if "id" in given:
            self.seen.names.append(given["id"])
        if "href" in given and tag != "link":
            self.seen.targets.append(given["href"])
        if tag == "img" and not given.get("alt", "").strip():
            self.seen.bare_pictures.append(given.get("src", ""))

    def flush(self) -> None:
        """A block of text ends here."""
        text, self.text = "".join(self.text), []
        if text.strip():
            (self.seen.notes if self.state[1] else self.seen.body).append(text)


def read_page(text: str) -> Seen:
    """What a page holds."""
    reader = PageReader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return reader.seen


def check_pages(
    files: Mapping[str, bytes],
    document: Document,
    resolved: Resolved,
    problems: Collector,
    others: Iterable[str] = (),
) -> bool:
    """Whether the pages hold every block of the text; what is missing, and what is wrong besides, is told.

    `others` are files beside them to which links may lead.
    """
    seen = {name: read_page(data.decode()) for name, data in files.items() if name.endswith("html")}
    for message in _faults(seen, {*files, *others}):
        problems.add(Code.PAGE_UNSOUND, message)
    body = [compact(text) for one in seen.values() for text in one.body]
    notes = [compact(text) for one in seen.values() for text in one.notes]
    missing = missing_blocks(expected(document, resolved), body, notes)
    for block in missing:
        problems.add(Code.PAGE_INCOMPLETE, f"the finished pages lack a {block.name} of the text", block.span)
    return not missing


def expected(document: Document, resolved: Resolved) -> tuple[BlockText, ...]:
    """The blocks that must be there."""
    numbers = numbers_of(document)
    titles = {
        name: label.title
        for name, label in resolved.labels.items()
        if not label.numbered or not numbers.labels.get(name)
    }
    printed = (
        {path for path in document.inlines if path[-1] not in ("bio", "rights")}
        | set(document.blocks)
        | {COLLECTED}
    )
    return block_texts(document, printed, titles, works=True)


def _faults(seen: Mapping[str, Seen], files: set[str]) -> Iterator[str]:
    """What is wrong with names and links."""
    for name, page in seen.items():
        twice = sorted({one for one in page.names if page.names.count(one) > 1})
        yield from (f"the name '{one}' stands twice in {name}" for one in twice)
        for target in dict.fromkeys(page.targets):
            if not _WEB.match(target) and not _leads(target, name, seen, files):
                yield f"a link in {name} leads nowhere: '{target}'"


def _leads(target: str, page: str, seen: Mapping[str, Seen], files: set[str]) -> bool:
    file, _, fragment = target.partition("#")
    file = file or page
    if file not in files:
        return False
    return not fragment or (file in seen and fragment in seen[file].names)
