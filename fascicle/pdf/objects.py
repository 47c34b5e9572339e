"""Small helpers over pypdf's objects.

Following references, walking a document, text strings and dates.
"""

from __future__ import annotations

import codecs
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

COMPOUND = (DictionaryObject, ArrayObject, IndirectObject)
"""What can lead to other objects. Numbers and names are by far the most, and leaving them out halves a walk."""


def follow(value: object) -> PdfObject:
    """The object behind a reference, or the object itself; null when there is none."""
    for _ in range(8):  # a reference to a reference is legal nowhere, but a loop of them must end
        if not isinstance(value, IndirectObject):
            break
        try:
            value = value.get_object()
        except PyPdfError:
            return NullObject()
    return value if isinstance(value, PdfObject) and not isinstance(value, IndirectObject) else NullObject()


def entry(holder: object, key: str) -> PdfObject:
    """The value under `key` of a dictionary, references followed; null when there is none."""
    held = follow(holder)
    return follow(held.get(key)) if isinstance(held, DictionaryObject) else NullObject()


def dictionary(holder: object, key: str) -> DictionaryObject:
    """The dictionary under `key`; an empty one when there is none."""
    value = entry(holder, key)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def array(holder: object, key: str) -> list[PdfObject]:
    """The array under `key`, its references not followed; an empty one when there is none."""
    value = entry(holder, key)
    return list(value) if isinstance(value, ArrayObject) else []


def inherited(page: DictionaryObject, key: str) -> PdfObject:
    """The value under `key` of a page or of the nearest node above it; null when there is none."""
    return follow(page.get_inherited(key, NullObject()))


def name(holder: object, key: str) -> str:
    """The name or string under `key` as text; empty when there is none."""
    value = entry(holder, key)
    return str(value) if isinstance(value, str) else ""


def number(holder: object, key: str, default: int = 0) -> int:
    """The whole number under `key`."""
    value = entry(holder, key)
    return int(value) if isinstance(value, int | float) else default


def text(value: object) -> str:
    """A text string as text; empty when it is none."""
    value = follow(value)
    if isinstance(value, ByteStringObject):
        value = TextStringObject(bytes(value))
    return str(value) if isinstance(value, str) else ""


def packed_data(stream: StreamObject) -> bytes:
    """A stream's bytes as they stand in the file; pypdf offers only the unpacked ones."""
    return stream._data


def reachable(roots: Iterable[object]) -> dict[int, PdfObject]:
    """Every indirect object that can be reached from `roots`, by its number, in the order it is met."""
    found: dict[int, PdfObject] = {}
    waiting = list(roots)[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in found:
                continue
            idnum = item.idnum
            found[idnum] = item = follow(item)
        waiting.extend([child for child in reversed(children(item)) if isinstance(child, COMPOUND)])
    return found


def children(item: object) -> list[object]:
    """What a dictionary or an array holds, references not followed."""
    if isinstance(item, DictionaryObject):
        return list(item.values())
    return list(item) if isinstance(item, ArrayObject) else []


def dictionaries(objects: Iterable[object]) -> Iterator[DictionaryObject]:
    """Every dictionary and stream among `objects` and directly inside them."""
    waiting = list(objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            yield item
        waiting.extend([child for child in children(item) if isinstance(child, COMPOUND)])


def text_string(value: str) -> TextStringObject | ByteStringObject:
    """`value` as ASCII, or as UTF-16 with its mark: pypdf's own choice of PDFDocEncoding misreads texts
    that begin with the characters of such a mark.
    """
    if value.isascii():
        return TextStringObject(value)
    return ByteStringObject(codecs.BOM_UTF16_BE + value.encode("utf-16-be"))


def date_string(moment: datetime) -> TextStringObject:
    """A moment of Universal Time as PDF writes it (ISO 32000-1, 7.9.4)."""
    return TextStringObject(moment.strftime("D:%Y%m%d%H%M%SZ"))


MANY = 100_000
"""New objects that are worth a collection, which takes some 30 ms by itself."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Decorates a function: Python's cycle collector rests while it runs.

    A document is a million small objects that all stay alive; looking through them again and again took a third
    of the time on 350 pages. As a decorator, so that the document is garbage when the collector looks again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > MANY:
            gc.collect()  # before the next step opens another document
        if running:
            gc.enable()
