"""A Word document as paragraphs of characters with their looks, all its tracked changes accepted or rejected."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from fascicle.export.docx.anchors import CUSTOM, is_anchor, listed_anchors
from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.word.package import Package, W

NOTE, PICTURE, FORMULA, OTHER = "\ue000", "\ue001", "\ue002", "\ue003"
"""Characters that stand for what is no text: the mark of a note, a picture, a formula, a field or control."""
_UNKNOWN = "\ufffd"
"""Stands for a character of the private use area that would be taken for one of these."""
BREAK = "\ue004"
"""Stands where one paragraph ends and the next begins, in paragraphs that are looked at as one."""
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
    f"{W}drawing": PICTURE,
    f"{W}pict": PICTURE,
    f"{W}object": OTHER,
    f"{W}sym": OTHER,
}
_GONE = {True: (f"{W}del", f"{W}moveFrom"), False: (f"{W}ins", f"{W}moveTo")}
_COME = {True: (f"{W}ins", f"{W}moveTo"), False: (f"{W}del", f"{W}moveFrom")}
_LOOKS = {"i": "emphasis", "b": "strong", "strike": "strikeout", "smallCaps": "smallcaps"}
_RAISED = {"superscript": "superscript", "subscript": "subscript"}

Looks = frozenset[str]
PLAIN: Looks = frozenset()


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a paragraph."""

    text: str
    """The character, or one that stands for what is no text."""
    looks: Looks = PLAIN
    """emphasis, strong, strikeout, smallcaps, superscript, subscript."""
    source: tuple[str, int] | None = None
    """In a traced document: which traced node it belongs to, and its number in the node's text."""
    data: str = ""
    """The identifier of a note, the code of a field."""


@dataclass(slots=True)
class WordParagraph:
    """One paragraph."""

    characters: list[Character] = field(default_factory=list)
    """What stands in it."""
    style: str = ""
    """The name of its style; empty for the usual one."""
    level: int = 0
    """The level of a heading, 1 for the highest; 0 for any other paragraph."""
    listed: bool = False
    """Whether it is an item of a list."""
    cell: tuple[int, ...] = ()
    """The number of its table, its row, its column, and 1 where cells are merged; empty outside of tables."""
    anchors: list[str] = field(default_factory=list)
    """Its anchors; several where paragraphs were joined."""
    note: str = ""
    """The identifier of the note that it stands in; empty for one of the text."""
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    """Begin, end and identifier of each comment's passage."""

    @property
    def in_table(self) -> bool:
        """Whether it stands in a cell."""
        return bool(self.cell)

    @property
    def text(self) -> str:
        """Its characters as one text."""
        return "".join(one.text for one in self.characters)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin."""

    author: str
    """Who made it; empty when nobody is named."""
    text: str
    """What it says, its paragraphs joined by spaces."""


@dataclass(frozen=True, slots=True)
class WordText:
    """All texts of a document, as one version of it has them."""

    body: tuple[WordParagraph, ...]
    """The paragraphs of the text, those of tables with them."""
    notes: tuple[WordParagraph, ...]
    """The paragraphs of the notes, in the order in which the text refers to them."""


@dataclass(frozen=True, slots=True)
class ReturnedWord:
    """A document that came back."""

    accepted: WordText
    """The text with all tracked changes accepted."""
    rejected: WordText
    """The text with all of them rejected."""
    comments: dict[str, Comment]
    """The remarks by identifier."""
    sent: tuple[str, ...]
    """The anchors of all paragraphs that the document had when it was sent; empty when it does not say."""


def returned(package: Package) -> ReturnedWord:
    """Read a document.

    Raises ImportRefusedError when the file is damaged, locked, no document, or larger than any.
    """
    try:
        return ReturnedWord(
            _version(package, accepted=True),
            _version(package, accepted=False),
            dict(_comments(package)),
            listed_anchors(package.read(CUSTOM)),
        )
    except RecursionError:
        raise ImportRefusedError(f"{package.name} is nested more deeply than any text") from None
    except MemoryError:
        raise ImportRefusedError(f"{package.name} needs too much memory to be read") from None


def _version(package: Package, *, accepted: bool) -> WordText:
    main = package.main()
    folder = PurePosixPath(main).parent
    root = package.xml(main)
    if root is None:
        raise package.broken()
    styles = _headings(package.xml(f"{folder}/styles.xml"))
    body = list(_Reader(styles, accepted=accepted).paragraphs(root))
    notes: list[WordParagraph] = []
    for kind in ("footnote", "endnote"):
        part = package.xml(f"{folder}/{kind}s.xml")
        if part is not None:
            notes += _notes(part, kind, body, styles, accepted=accepted)
    return WordText(tuple(body), tuple(notes))


def _notes(
    part: ET.Element, kind: str, body: list[WordParagraph], styles: dict[str, int], *, accepted: bool
) -> Iterator[WordParagraph]:
    """The paragraphs of a part's notes, in the order of their marks."""
    known = {note.get(f"{W}id", ""): note for note in part.iter(f"{W}{kind}")}
    for paragraph in body:
        for one in paragraph.characters:
            if one.text == NOTE and one.data.startswith(kind):
                note = known.get(one.data.removeprefix(f"{kind} "))
                if note is not None:
                    for made in _Reader(styles, accepted=accepted).paragraphs(note):
                        made.note = one.data
                        yield made


def _headings(styles: ET.Element | None) -> dict[str, int]:
    """Levels of headings by the identifiers of their styles, whatever language the program calls them in."""
    found: dict[str, int] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        called = (name.get(f"{W}val", "") if name is not None else "").lower()
        if called.startswith("heading ") and called[8:].isdigit():
            found[style.get(f"{W}styleId", "")] = int(called[8:])
    return found


def _comments(package: Package) -> Iterator[tuple[str, Comment]]:
    root = package.xml(f"{PurePosixPath(package.main()).parent}/comments.xml")
    for one in root.iter(f"{W}comment") if root is not None else ():
        paragraphs = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in one.iter(f"{W}p"))
        text = " ".join(" ".join(paragraphs).split())
        yield one.get(f"{W}id", ""), Comment(one.get(f"{W}author", "").strip(), text)


class _Reader:
    """Reads the paragraphs of one part in one version."""

    def __init__(self, styles: dict[str, int], *, accepted: bool) -> None:
        self.styles = styles
        self.gone = _GONE[accepted]
        self.come = _COME[accepted]
        self.node: str | None = None
        self.offset = 0
        self.fields: list[_Field] = []
        """The fields that are open, the innermost last."""
        self.citing = 0
        """How many of them cite."""
        self.notes: set[str] = set()
        """Notes whose mark has been met: word processors give each one mark."""
        self.remarks: dict[str, list[int]] = {}
        """Which remarks of the paragraph have begun and not ended, by identifier."""
        self.tables = 0
        """How many tables have begun."""
        self.joined: WordParagraph | None = None
        """A paragraph whose end is gone, to which the next one is joined."""

    def paragraphs(self, node: ET.Element, cell: list[int] | None = None) -> Iterator[WordParagraph]:
        """Every paragraph at and below `node` in order."""
        for child in node:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, tuple(cell or ()))
            elif child.tag == f"{W}tr" and self._row_gone(child):
                continue
            elif child.tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}docPartObj") is not None:
                continue  # a table of contents
            elif child.tag != f"{W}sectPr":
                yield from self.paragraphs(child, self._cell(child, cell))

    def _cell(self, node: ET.Element, cell: list[int] | None) -> list[int] | None:
        """The place in a table of what is in an element; that of the table around it goes on behind it."""
        if node.tag == f"{W}tbl":
            self.tables += 1
            return [self.tables, 0, 0, 0]
        if cell is not None and node.tag == f"{W}tr":
            cell[1:3] = [cell[1] + 1, 0]
        elif cell is not None and node.tag == f"{W}tc":
            cell[2] += 1
            merged = any(node.find(f"{W}tcPr/{W}{name}") is not None for name in ("gridSpan", "vMerge"))
            cell[3] = max(cell[3], int(merged))
        return cell

    def _row_gone(self, row: ET.Element) -> bool:
        return any(row.find(f"{W}trPr/{tag}") is not None for tag in self.gone)

    def _paragraph(self, node: ET.Element, cell: tuple[int, ...]) -> Iterator[WordParagraph]:
        kept = self.joined if self.joined is not None and self.joined.characters else None
        self.remarks = self.remarks if kept else {}
        made = kept or self._opened(node, cell)
        self.joined = None
        self._content(node, made)
        mark = node.find(f"{W}pPr/{W}rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in self.gone):
            self.joined = made
        else:
            yield made

    def _opened(self, node: ET.Element, cell: tuple[int, ...]) -> WordParagraph:
        style = node.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val", "") if style is not None else ""
        numbered = node.find(f"{W}pPr/{W}numPr") is not None
        return WordParagraph([], name, self.styles.get(name, 0), numbered, cell)

    def _content(self, node: ET.Element, made: WordParagraph) -> None:
        for child in node:
            match child.tag.rpartition("}")[2]:
                case "r":
                    self._run(child, made)
                case "fascicle":
                    self._sign(child.get(f"{W}val") or "")
                case "bookmarkStart" if is_anchor(name := child.get(f"{W}name", "")):
                    made.anchors.append(name)
                case "commentRangeStart":
                    self.remarks.setdefault(child.get(f"{W}id", ""), []).append(len(made.comments))
                    made.comments.append((len(made.characters), -1, child.get(f"{W}id", "")))
                case "commentRangeEnd":
                    self._comment_ends(made, child.get(f"{W}id", ""))
                case "oMath" | "oMathPara":
                    self._put(made, FORMULA, PLAIN)
                case "pPr" | "rPr":
                    pass
                case _ if child.tag in self.gone:
                    pass
                case _:
                    self._content(child, made)

    def _comment_ends(self, made: WordParagraph, identifier: str) -> None:
        end = len(made.characters)
        open_here = self.remarks.pop(identifier, [])
        for at in open_here:
            made.comments[at] = (made.comments[at][0], end, identifier)
        if not open_here:
            made.comments.append((0, end, identifier))

    def _sign(self, value: str) -> None:
        self.node, self.offset = (None if value == "end" else value), 0

    def _run(self, run: ET.Element, made: WordParagraph) -> None:
        looks = _looks(run.find(f"{W}rPr"))
        for part in run:
            name = part.tag.rpartition("}")[2]
            if name == "fldChar":
                self._field(part.get(f"{W}fldCharType", ""), made, looks)
            elif name == "instrText" and self.fields:
                self.citing += self.fields[-1].add(part.text or "")
            elif self.citing:
                continue  # what a field of citations shows is made anew
            elif name in ("t", "delText"):
                for sign in part.text or "":
                    self._put(made, _UNKNOWN if NOTE <= sign <= BREAK else sign, looks)
            elif name in ("footnoteReference", "endnoteReference"):
                note = f"{name.removesuffix('Reference')} {part.get(f'{W}id', '')}"
                if note not in self.notes:
                    self.notes.add(note)
                    self._put(made, NOTE, PLAIN, note)
            elif part.tag in _TEXT:
                self._put(made, _TEXT[part.tag], looks)
            elif name == "AlternateContent":
                self._put(made, PICTURE, PLAIN)

    def _field(self, kind: str, made: WordParagraph, looks: Looks) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "end" and self.fields:
            one = self.fields.pop()
            self.citing -= one.cites
            if one.cites:
                self._put(made, OTHER, looks, "".join(one.code).strip())

    def _put(self, made: WordParagraph, text: str, looks: Looks, data: str = "") -> None:
        source = (self.node, self.offset) if self.node is not None else None
        self.offset += 1
        made.characters.append(Character(text, looks, source, data))


_NAME = 100
"""Characters of a field's code that tell whether it cites."""


@dataclass(slots=True)
class _Field:
    """A field under way."""

    code: list[str] = field(default_factory=list)
    """Its code, in pieces."""
    cites: bool = False
    """Whether it is one of citations."""
    _begin: str = ""

    def add(self, text: str) -> int:
        """Take a piece of the code; by how many the number of citing fields changes."""
        self.code.append(text)
        before = self.cites
        if len(self._begin) < _NAME:
            self._begin = (self._begin + text).lstrip()[:_NAME]
            self.cites = _cites(self._begin)
        return self.cites - before


def _cites(code: str) -> bool:
    words = code.split()[:2]
    return bool(words) and (
        words[0] == "CITATION" or words[-1] in ("ZOTERO_ITEM", "CSL_CITATION", "Mendeley", "EN.CITE")
    )


def _looks(properties: ET.Element | None) -> Looks:
    if properties is None:
        return PLAIN
    found = {
        name
        for tag, name in _LOOKS.items()
        if (one := properties.find(f"{W}{tag}")) is not None
        and one.get(f"{W}val", "true") not in ("0", "false", "off")
    }
    raised = properties.find(f"{W}vertAlign")
    if raised is not None and (name := _RAISED.get(raised.get(f"{W}val", ""))):
        found.add(name)
    return frozenset(found)


def joined(paragraphs: Sequence[WordParagraph], breaks: Sequence[Character]) -> WordParagraph:
    """Several paragraphs as one, with a `BREAK` between two of them."""
    first, *others = paragraphs
    made = replace(first, characters=list(first.characters), comments=list(first.comments))
    for one, between in zip(others, breaks, strict=True):
        shift = len(made.characters) + 1
        made.characters += [between, *one.characters]
        made.comments += [
            (start + shift, stop + shift if stop >= 0 else stop, name) for start, stop, name in one.comments
        ]
    return made
