"""Reads a finished PDF for the checks.

Fonts, text, outlines, links, boxes and what the file says of itself.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject

from fascicle.pdf.finish import xmp
from fascicle.pdf.objects import array, dictionary, entry, follow, inherited, name, text
from fascicle.pdf.reading.artifacts import text_alone
from fascicle.pdf.reading.interpreter import Painted, painted
from fascicle.pdf.reading.structure import Element, structure
from fascicle.pdf.reading.text import page_texts
from fascicle.project.figures.drawing_characters import tells_characters

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points (1/72 inch)."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font as one page uses it."""

    page: int
    """Page, counted from 1."""
    name: str
    """PostScript name with its subset tag, such as `ABCDEF+EBGaramond12-Regular`."""
    kind: str
    """Type0, Type1, TrueType, MMType1 or Type3."""
    embedded: bool
    """True when the font program is in the file; a Type 3 font always is."""
    subset: bool
    """True when the name has a subset tag."""
    unicode: bool
    """True when the file tells which character a glyph stands for."""


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link inside the file, or a bookmark."""

    page: int
    """Page it stands on, counted from 1; 0 for a bookmark."""
    title: str
    """The bookmark's title; for a link the destination's name, or nothing."""
    target: int | None
    """Page it leads to, counted from 1; None when it lands nowhere."""
    level: int = 0
    """Depth of a bookmark, from 0."""


class Inspection:
    """A PDF opened for reading. Everything is read when first asked for.

    Raises PyPdfError, OSError or ValueError when the file cannot be opened.
    """

    def __init__(self, file: Path | bytes, strict: bool = True) -> None:
        self.data = file if isinstance(file, bytes) else file.read_bytes()
        self.reader = PdfReader(BytesIO(self.data), strict=strict)
        self.root = dictionary(self.reader.trailer, "/Root")
        self.page_numbers: dict[int, int] = {}
        """Page by the number of its object."""
        for index, page in enumerate(self.reader.pages, start=1):
            if reference := page.indirect_reference:
                self.page_numbers[reference.idnum] = index

    @property
    def version(self) -> str:
        """PDF version of the header, such as `1.7`."""
        return self.reader.pdf_header.removeprefix("%PDF-")

    @property
    def language(self) -> str:
        """The document's language tag."""
        return text(self.root.get("/Lang"))

    @cached_property
    def fonts(self) -> tuple[Font, ...]:
        """The fonts of every page, those of pictures and annotations too."""
        return tuple(
            _font(page, font)
            for page, holder in enumerate(self.reader.pages, start=1)
            for font in _fonts_below(holder)
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of every page."""
        return tuple(page.extract_text() for page in self.reader.pages)

    @cached_property
    def read_texts(self) -> tuple[str, ...]:
        """The text of every page as pdfium reads it, in the order in which it was set; many times as fast.

        Line numbers are no part of it.
        """
        return page_texts(text_alone(self.data, self.reader))

    @cached_property
    def painted(self) -> tuple[Painted, ...]:
        """What every page paints."""
        return tuple(painted(page) for page in self.reader.pages)

    @cached_property
    def structure(self) -> Element | None:
        """The structure tree; None for a file without tags."""
        return structure(self.reader, self.data)

    @property
    def intents(self) -> tuple[str, ...]:
        """Subtypes of the output intents, without slash."""
        return tuple(name(intent, "/S").lstrip("/") for intent in array(self.root, "/OutputIntents"))

    @property
    def named_places(self) -> frozenset[str]:
        """Names of all named destinations."""
        return frozenset(self._names)

    @cached_property
    def outlines(self) -> tuple[PdfLink, ...]:
        """All bookmarks in reading order."""
        return tuple(self._bookmarks(dictionary(self.root, "/Outlines"), 0, set()))

    @cached_property
    def links(self) -> tuple[PdfLink, ...]:
        """All links that lead to a place inside the file."""
        return tuple(
            PdfLink(number, _named(destination), self._landing(destination))
            for number, page in enumerate(self.reader.pages, start=1)
            for annotation in array(page, "/Annots")
            if name(annotation, "/Subtype") == "/Link"
            and not isinstance(destination := _destination(annotation), NullObject)
        )

    @cached_property
    def boxes(self) -> tuple[dict[str, Box], ...]:
        """Each page's boxes by name (`/MediaBox` …); only those that are stated or inherited."""
        return tuple({key: box for key in BOXES if (box := _box(page, key))} for page in self.reader.pages)

    @cached_property
    def info(self) -> dict[str, str]:
        """The information dictionary, its keys without slash."""
        held = dictionary(self.reader.trailer, "/Info")
        return {key.lstrip("/"): text(value) for key, value in held.items()}

    @cached_property
    def xmp(self) -> dict[str, str | list[str] | dict[str, str]]:
        """The XMP packet (see `xmp.read`); empty when there is none. Raises ValueError when it is damaged."""
        stream = entry(self.root, "/Metadata")
        if isinstance(stream, NullObject):
            return {}
        try:
            return xmp.read(stream.get_data() if hasattr(stream, "get_data") else b"")
        except (ET.ParseError, PyPdfError) as error:
            raise ValueError(f"the XMP packet is damaged: {error}") from error

    @cached_property
    def page_labels(self) -> tuple[tuple[int, DictionaryObject], ...]:
        """Ranges of page labels: index of the first page, and how it is counted."""
        flat = list(_leaves(dictionary(self.root, "/PageLabels"), "/Nums"))
        return tuple((int(str(start)), label) for start, label in flat if isinstance(label, DictionaryObject))

    @cached_property
    def _names(self) -> dict[str, PdfObject]:
        """Named destinations of both kinds."""
        old = {str(key).lstrip("/"): follow(value) for key, value in dictionary(self.root, "/Dests").items()}
        tree = dictionary(dictionary(self.root, "/Names"), "/Dests")
        return {**old, **{text(key): value for key, value in _leaves(tree, "/Names")}}

    def _landing(self, destination: PdfObject) -> int | None:
        """The page that a destination leads to."""
        if isinstance(destination, str | bytes):
            destination = self._names.get(_named(destination), NullObject())
        if isinstance(destination, DictionaryObject):
            destination = entry(destination, "/D")
        if not isinstance(destination, ArrayObject) or not destination:
            return None
        page = destination[0]
        return self.page_numbers.get(page.idnum) if isinstance(page, IndirectObject) else None

    def _bookmarks(self, parent: DictionaryObject, level: int, seen: set[int]) -> Iterator[PdfLink]:
        item = parent.get("/First")
        while isinstance(item, IndirectObject) and item.idnum not in seen:
            seen.add(item.idnum)
            held = follow(item)
            yield PdfLink(0, text(entry(held, "/Title")), self._landing(_destination(held)), level)
            if isinstance(held, DictionaryObject):
                yield from self._bookmarks(held, level + 1, seen)
                item = held.get("/Next")


def _destination(holder: object) -> PdfObject:
    """Where a link or bookmark leads, as it is stated; null when it leads out of the file."""
    action = dictionary(holder, "/A")
    return entry(action, "/D") if name(action, "/S") == "/GoTo" else entry(holder, "/Dest")


def _named(destination: PdfObject) -> str:
    return text(destination).lstrip("/") if isinstance(destination, str | bytes) else ""


def _leaves(tree: PdfObject, key: str) -> Iterator[tuple[PdfObject, PdfObject]]:
    """The pairs of a name or number tree (ISO 32000-1, 7.9.6 and 7.9.7)."""
    waiting, seen = [tree], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        flat = array(node, key)
        yield from ((follow(one), follow(two)) for one, two in zip(flat[::2], flat[1::2], strict=False))
        waiting.extend(follow(kid) for kid in reversed(array(node, "/Kids")))


def _below(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """Everything that draws on a page: its resources, and pictures, patterns, masks, fonts and annotations below."""
    seen: set[int] = set()
    waiting: list[PdfObject] = [inherited(page, "/Resources")]
    for annotation in array(page, "/Annots"):
        waiting.extend(follow(value) for value in dictionary(annotation, "/AP").values())
    while waiting:
        item = waiting.pop()
        if id(item) in seen or not isinstance(item, DictionaryObject):
            continue
        seen.add(id(item))
        yield item
        for key in ("/Font", "/XObject", "/Pattern", "/ExtGState"):
            waiting.extend(map(follow, dictionary(item, key).values()))
        waiting.extend(entry(item, key) for key in ("/Resources", "/SMask", "/G"))


def _fonts_below(page: DictionaryObject) -> list[DictionaryObject]:
    """Each font of a page once."""
    found: dict[int, DictionaryObject] = {}
    for holder in _below(page):
        for font in map(follow, dictionary(holder, "/Font").values()):
            if isinstance(font, DictionaryObject):
                found.setdefault(id(font), font)
    return list(found.values())


def _font(page: int, font: DictionaryObject) -> Font:
    kind = name(font, "/Subtype").lstrip("/")
    descendants = array(font, "/DescendantFonts")
    descriptor = dictionary(descendants[0] if descendants else font, "/FontDescriptor")
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    base = (name(font, "/BaseFont") or name(font, "/Name")).lstrip("/")
    tagged = len(base) > 7 and base[6] == "+" and base[:6].isupper()
    return Font(page, base, kind, embedded or kind == "Type3", tagged, tells_characters(font))


def _box(page: DictionaryObject, key: str) -> Box | None:
    value = inherited(page, key)
    if not isinstance(value, ArrayObject) or len(value) != 4:
        return None
    left, bottom, right, top = (float(str(follow(side))) for side in value)
    return left, bottom, right, top
