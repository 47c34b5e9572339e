"""Which pages of a PDF look like which of another.

A page's digest is made of all that it is drawn with.

Equal digests mean equal pictures. Of an embedded font its name and measures count and not its file: a subset's file
changes as soon as any page uses one more letter, yet a glyph's number means the same outline in each of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from fascicle.pdf.objects import array, dictionary, entry, follow, inherited

_SUBSET = re.compile(r"^/[A-Z]{6}\+")
_VOLATILE = {"/FontName", "/FontFile", "/FontFile2", "/FontFile3", "/CIDSet", "/CharSet"}
"""Of a subset's descriptor: what tells which letters it has."""
_BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_DEPTH = 24


@dataclass(frozen=True, slots=True)
class PageSheet:
    """A page as one has to know it before it is drawn."""

    fingerprint: str
    """Equal for pages that look alike."""
    width: float
    """Width as shown, in points."""
    height: float
    """Height as shown, in points."""


def sheets(pdf: bytes) -> tuple[PageSheet, ...]:
    """The pages of a PDF in order."""
    digests = _Digests()
    return tuple(_sheet(page, digests) for page in PdfReader(BytesIO(pdf)).pages)


def _sheet(page: PageObject, digests: _Digests) -> PageSheet:
    sha = hashlib.sha256()
    for key in _BOXES:
        sha.update(digests.of(inherited(page, key)))
    sha.update(digests.of(inherited(page, "/Resources")))
    for stream in _contents(page):
        sha.update(stream.get_data())
    unit = float(page.user_unit)
    width, height = float(page.cropbox.width) * unit, float(page.cropbox.height) * unit
    turned = page.rotation % 180 != 0
    return PageSheet(sha.hexdigest()[:24], *((height, width) if turned else (width, height)))


def _contents(page: PageObject) -> Iterator[StreamObject]:
    contents = entry(page, "/Contents")
    for part in contents if isinstance(contents, ArrayObject) else [contents]:
        stream = follow(part)
        if isinstance(stream, StreamObject):
            yield stream


class _Digests:
    """Digests of objects; those that pages share are made once."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}

    def of(self, value: PdfObject | None, depth: int = 0) -> bytes:
        """The digest of an object and of all that it leads to."""
        if isinstance(value, IndirectObject):
            if value.idnum not in self._known:
                self._known[value.idnum] = b"loop"
                self._known[value.idnum] = self.of(follow(value), depth)
            return self._known[value.idnum]
        if depth > _DEPTH:
            return b"deep"
        sha = hashlib.sha256()
        for part in self._parts(value, depth):
            sha.update(part)
        return sha.digest()

    def _parts(self, value: PdfObject | None, depth: int) -> Iterator[bytes]:
        yield type(value).__name__.encode()
        if isinstance(value, ArrayObject):
            for item in value:
                yield self.of(item, depth + 1)
        elif isinstance(value, DictionaryObject):
            if _is_subset(value):
                yield from self._subset(value, depth)
                return
            for key in sorted(value):
                if key not in ("/Parent", "/ProcSet", "/ToUnicode", "/StructParents"):
                    yield key.encode() + self.of(value.raw_get(key), depth + 1)
            if isinstance(value, StreamObject):
                yield value._data  # as it lies in the file: pictures are large
        else:
            yield repr(value).encode()

    def _subset(self, font: DictionaryObject, depth: int) -> Iterator[bytes]:
        """A subset by what does not depend on the letters in it."""
        inner = dictionary(DictionaryObject({NameObject("/F"): array(font, "/DescendantFonts")[0]}), "/F")
        descriptor = dictionary(inner, "/FontDescriptor")
        yield _SUBSET.sub("", str(font["/BaseFont"])).encode()
        for held, keys in (
            (font, ("/Encoding",)),
            (inner, ("/Subtype", "/CIDSystemInfo", "/CIDToGIDMap", "/DW")),
            (descriptor, sorted(descriptor.keys() - _VOLATILE)),
        ):
            for key in keys:
                yield key.encode() + self.of(held.raw_get(key) if key in held else None, depth + 1)


def _is_subset(value: DictionaryObject) -> bool:
    """Whether it is a composite font's subset. In simple fonts a letter's number may mean another outline each time."""
    return (
        value.get("/Subtype") == "/Type0"
        and _SUBSET.match(str(value.get("/BaseFont"))) is not None
        and len(array(value, "/DescendantFonts")) == 1
    )
