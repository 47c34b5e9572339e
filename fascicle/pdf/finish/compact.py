"""Writes a document small and always alike.

Unreachable objects left out, equal streams once, objects packed.

pypdf writes every object by itself and a plain cross-reference table, which makes TeX's files half as large again,
and random or path-dependent identifiers. Object and cross-reference streams are ISO 32000-1, 7.5.7 and 7.5.8.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from fascicle.pdf.objects import children, name

LEVEL = 9
PACKED = 200
"""Objects in one object stream: more compress better, but a viewer unpacks all of them to read one."""
BINARY_MARK = b"%\xe2\xe3\xcf\xd3\n"  # tells programs that the file is no text (7.5.2)
Row = tuple[int, int, int]
"""One entry of a cross-reference stream: type, offset or number of the object stream, generation or index."""


@dataclass(frozen=True, slots=True)
class Trailer:
    """What the trailer names."""

    root: IndirectObject
    """The catalogue."""
    info: IndirectObject | None
    """The information dictionary; None without any."""
    identifier: bytes
    """16 bytes that stand for the content."""

    def entries(self) -> bytes:
        """The trailer's own entries."""
        info = f" /Info {self.info.idnum} 0 R" if self.info else ""
        text = f"/Root {self.root.idnum} 0 R{info}"
        both = self.identifier.hex()
        return f"{text} /ID [<{both}> <{both}>]".encode()


def merge_streams(objects: dict[int, PdfObject]) -> None:
    """Let one stream stand for all that are equal, such as a colour profile that five pictures carry."""
    kept: dict[bytes, int] = {}
    same: dict[int, PdfObject] = {}
    for number, item in objects.items():
        if isinstance(item, StreamObject) and not any(
            isinstance(value, IndirectObject) for value in children(item)
        ):
            first = kept.setdefault(hashlib.sha256(body(item)).digest(), number)
            if first != number and (reference := objects[first].indirect_reference):
                same[number] = reference
    for number in same:
        del objects[number]
    if same:
        for item in objects.values():
            _redirect(item, same)


def _redirect(holder: object, same: Mapping[int, PdfObject]) -> None:
    """Let every reference in `holder` lead to the stream that was kept."""
    if isinstance(holder, DictionaryObject):
        for key, value in list(holder.items()):
            if isinstance(value, IndirectObject):
                holder[key] = same.get(value.idnum, value)
            else:
                _redirect(value, same)
    elif isinstance(holder, ArrayObject):
        for index, value in enumerate(holder):
            if isinstance(value, IndirectObject):
                holder[index] = same.get(value.idnum, value)
            else:
                _redirect(value, same)


def deflate_streams(objects: Mapping[int, PdfObject]) -> None:
    """Compress every stream that is not, except XMP, which programs look for without reading PDF."""
    for item in objects.values():
        if isinstance(item, StreamObject) and "/Filter" not in item and name(item, "/Type") != "/Metadata":
            packed = zlib.compress(item.get_data(), LEVEL)
            if len(packed) + 20 < len(item.get_data()):
                item.set_data(packed)
                item[NameObject("/Filter")] = NameObject("/FlateDecode")


def body(item: PdfObject) -> bytes:
    """One object as it stands in a file."""
    out = BytesIO()
    item.write_to_stream(out)
    return out.getvalue()


def write(
    bodies: Mapping[int, bytes], streams: frozenset[int], trailer: Trailer, version: str, pack: bool
) -> bytes:
    """The whole file. `bodies` are the objects by number, `streams` the numbers of those that are streams;
    `pack` puts the others into object streams.
    """
    file = bytearray(f"%PDF-{version}\n".encode() + BINARY_MARK)
    rows: dict[int, Row] = {}
    for number in sorted(streams if pack else bodies):
        rows[number] = (1, len(file), 0)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, bodies[number])
    if not pack:
        return bytes(file + _table(rows, trailer, len(file)))
    following = max(bodies) + 1
    for group in _groups(sorted(bodies.keys() - streams)):
        rows[following] = (1, len(file), 0)
        rows.update((number, (2, following, index)) for index, number in enumerate(group))
        file += b"%d 0 obj\n%s\nendobj\n" % (following, _object_stream(group, bodies))
        following += 1
    rows[following] = (1, len(file), 0)
    return bytes(file + _cross_reference_stream(following, rows, trailer))


def _groups(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), PACKED):
        yield numbers[start : start + PACKED]


def _stream(entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data, LEVEL)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def _object_stream(numbers: list[int], bodies: Mapping[int, bytes]) -> bytes:
    places, at = [], 0
    for number in numbers:
        places.append(b"%d %d" % (number, at))
        at += len(bodies[number]) + 1
    head = b" ".join(places) + b"\n"
    data = head + b"\n".join(bodies[number] for number in numbers)
    return _stream(b"/Type /ObjStm /N %d /First %d" % (len(numbers), len(head)), data)


def _cross_reference_stream(own: int, rows: Mapping[int, Row], trailer: Trailer) -> bytes:
    """Rows of 1, 4 and 2 bytes, each stored as its difference from the row above, which packs far better."""
    start = rows[own][1]
    table = bytearray()
    above = bytes(7)
    for number in range(own + 1):
        row = struct.pack(">BIH", *rows.get(number, (0, 0, 65535 if number == 0 else 0)))
        table += b"\x02" + bytes((this - up) % 256 for this, up in zip(row, above, strict=True))
        above = row
    entries = b"/Type /XRef /Size %d /W [1 4 2] /DecodeParms << /Columns 7 /Predictor 12 >> " % (own + 1)
    stream = _stream(entries + trailer.entries(), bytes(table))
    return b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, stream, start)


def _table(rows: Mapping[int, Row], trailer: Trailer, start: int) -> bytes:
    """The plain table of PDF 1.4 and before; numbers that are not used form a ring of free ones."""
    size = max(rows) + 1
    free = [number for number in range(size) if number not in rows]
    after = dict(zip(free, [*free[1:], 0], strict=True))
    lines = [
        b"%010d %05d n \n" % (rows[number][1], 0)
        if number in rows
        else b"%010d %05d f \n" % (after[number], 65535 if number == 0 else 0)
        for number in range(size)
    ]
    head = b"xref\n0 %d\n%s" % (size, b"".join(lines))
    return head + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.entries(), start)
