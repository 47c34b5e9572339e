"""Names of places and of embedded files: those of each part begin with the part's own name, so that none clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NullObject,
    PdfObject,
    TextStringObject,
)

from fascicle.pdf.joining.parts import LINK, Copied
from fascicle.pdf.objects import array, dictionary, entry, follow, name, text

_START = b"Doc-Start"
"""The place at which hyperref begins a document."""


def prefix_links(part: Copied) -> None:
    """Let every link and bookmark of the part name its places by their new names; links to other parts become links."""
    for item in part.dictionaries:
        if name(item, "/S") == "/GoTo" or "/Dest" in item:
            key = "/D" if name(item, "/S") == "/GoTo" else "/Dest"
            if (old := _raw(entry(item, key))) is not None:
                item[NameObject(key)] = _named(part.part.name, old)
        elif (
            part.part.leads
            and name(item, "/S") == "/URI"
            and (address := text(entry(item, "/URI"))).startswith(LINK)
        ):
            del item["/URI"]
            item[NameObject("/S")] = NameObject("/GoTo")
            item[NameObject("/D")] = TextStringObject(address.removeprefix(LINK))


def start_of(part: str) -> str:
    """Name of the place at which a part begins."""
    return f"{part}:start"


def join_destinations(writer: PdfWriter, parts: Sequence[Copied]) -> None:
    """One tree of all names, and the place at which each part begins."""
    places: dict[bytes, PdfObject] = {}
    files: dict[bytes, PdfObject] = {}
    for part in parts:
        names = dictionary(part.root, "/Names")
        own = dict(_flat(entry(names, "/Dests"))) | _plain(dictionary(part.root, "/Dests"))
        own_prefix = part.part.name.encode()
        places |= {own_prefix + b":" + key: value for key, value in own.items()}
        if part.pages:
            top = own.get(_START) or _first_page(part)
            places[start_of(part.part.name).encode()] = top
        files |= {own_prefix + b":" + key: value for key, value in _flat(entry(names, "/EmbeddedFiles"))}
    whole = DictionaryObject()
    for key, found in (("/Dests", places), ("/EmbeddedFiles", files)):
        if found:
            whole[NameObject(key)] = writer._add_object(_tree(found))
    if whole:
        writer.root_object[NameObject("/Names")] = writer._add_object(whole)


def _first_page(part: Copied) -> ArrayObject:
    page = part.pages[0].indirect_reference
    return ArrayObject([page or NullObject(), NameObject("/Fit")])


def _flat(top: PdfObject) -> Iterator[tuple[bytes, PdfObject]]:
    """Names and values of a name tree."""
    waiting: list[object] = [top]
    while waiting:
        node = follow(waiting.pop())
        pairs = array(node, "/Names")
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if (raw := _raw(follow(key))) is not None:
                yield raw, value
        waiting.extend(reversed(array(node, "/Kids")))


def _plain(places: DictionaryObject) -> dict[bytes, PdfObject]:
    """Places of the older kind, whose names are no strings."""
    return {str(key)[1:].encode(): value for key, value in places.items()}


def _tree(found: dict[bytes, PdfObject]) -> DictionaryObject:
    names = ArrayObject()
    for key in sorted(found):
        names.extend((ByteStringObject(key), found[key]))
    return DictionaryObject({NameObject("/Names"): names})


def _named(part: str, old: bytes) -> ByteStringObject:
    return ByteStringObject(part.encode() + b":" + old)


def _raw(value: object) -> bytes | None:
    """The bytes of a string; None for anything else."""
    if isinstance(value, ByteStringObject):
        return bytes(value)
    if isinstance(value, NameObject):
        return str(value)[1:].encode()
    return value.original_bytes if isinstance(value, TextStringObject) else None
