"""Copies of pictures without what cameras and programs write into them.

Pixels and colours stay bit for bit.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfWriter

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TRACES = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"})
"""PNG chunks that hold text, camera data, times and signatures (PNG 3rd edition, 11.3)."""
_ALONE = frozenset({0x01, 0xD8, 0xD9, *range(0xD0, 0xD8)})
"""JPEG markers without a length (ITU T.81, B.1.1)."""
_SCAN = 0xDA
_COMMENT = 0xFE
_NO_DENSITY = b"\0\0\1\0\1"
"""JFIF's unit and density of a picture whose pixels are square and have no size."""
_PRIVATE = ("/PieceInfo", "/Metadata", "/LastModified", "/Thumb", "/AF")
_ACTS = ("/OpenAction", "/AA", "/Names", "/AF", "/AcroForm", "/Outlines", "/Collection", "/Annots")
"""Keys of a PDF's catalogue or page by which it starts something, leads elsewhere or carries files along."""


def without_traces(file: Path, folder: Path) -> Path:
    """A copy of the picture `file` in `folder`, under a name made from its content, that tells nothing of its origin.

    JPEG keeps its colour profile (ICC) and the marker that tells Adobe's colours; PNG loses its texts and times;
    PDF its Info, its XMP, private data of programs and attachments. Any other file is given back as it is.
    """
    suffix = file.suffix.lower()
    clean = {".jpg": clean_jpeg, ".jpeg": clean_jpeg, ".png": clean_png, ".pdf": clean_pdf}.get(suffix)
    if clean is None:
        return file
    content = file.read_bytes()
    result = folder / f"clean-{hashlib.sha256(content).hexdigest()[:32]}{suffix}"
    if not result.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = result.with_name(f"new-{os.getpid()}-{result.name}")
        fresh.write_bytes(clean(content))
        fresh.replace(result)
    return result


def clean_jpeg(data: bytes) -> bytes:
    """A JPEG without application data and comments; nothing is compressed anew."""
    return b"".join(_jpeg_parts(data)) if data[:2] == b"\xff\xd8" else data


def without_resolution(data: bytes) -> bytes:
    """A JPEG or PNG that states no resolution, so that it is as large as its pixels make it."""
    if data.startswith(_PNG):
        return _png_without(data, _PNG_TRACES | {b"pHYs"})
    parts = [
        part[:11] + _NO_DENSITY + part[16:] if part[4:9] == b"JFIF\0" else part for part in _jpeg_parts(data)
    ]
    return b"".join(parts)


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """The segments that make the picture, up to its end: what follows is a second picture or somebody's data."""
    position = 0
    while position + 2 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        if marker in _ALONE:
            yield data[position : position + 2]
            position += 2
            if marker == 0xD9:
                return
            continue
        length = 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if _keeps(marker, data[position + 4 : position + length]):
            yield data[position : position + length]
        position += length
        if marker == _SCAN:
            end = _scan_end(data, position)
            yield data[position:end]
            position = end


def _scan_end(data: bytes, position: int) -> int:
    """Where a scan's compressed data end: at a marker that is neither a stuffed byte nor a restart."""
    while (position := data.find(b"\xff", position)) >= 0 and position + 1 < len(data):
        if data[position + 1] != 0 and not 0xD0 <= data[position + 1] <= 0xD7:
            return position
        position += 2
    return len(data)


def _keeps(marker: int, content: bytes) -> bool:
    """Whether a segment is needed to show the picture in its colours and size."""
    if marker == 0xE0:
        return content.startswith(b"JFIF\0")
    if marker == 0xE2:
        return content.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return content.startswith(b"Adobe")
    return not (0xE0 <= marker <= 0xEF or marker == _COMMENT)


def clean_png(data: bytes) -> bytes:
    """A PNG without texts, camera data, times, and without anything after its end."""
    return _png_without(data, _PNG_TRACES) if data.startswith(_PNG) else data


def _png_without(data: bytes, kinds: frozenset[bytes]) -> bytes:
    kept, position = [_PNG], len(_PNG)
    while position + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        chunk = data[position : position + 12 + length]
        position += len(chunk)
        # A small letter first: not needed to show the picture; a small one second: a program's own (5.4).
        private = bool(kind[0] & 0x20 and kind[1] & 0x20)
        if kind not in kinds and not private:
            kept.append(chunk)
        if kind == b"IEND":
            break
    return b"".join(kept)


def clean_pdf(data: bytes) -> bytes:
    """The first page of a PDF, all that TeX takes of it, without descriptions, private data and attachments.

    Nor has it annotations, whose notes are signed, or actions.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, StreamObject

    writer = PdfWriter()
    page = PdfReader(BytesIO(data), strict=False).pages[0]
    # Before they are copied, with all that they lead to.
    for key in ("/Annots", "/AA", *_PRIVATE):
        page.pop(key, None)
    writer.add_page(page)
    writer.metadata = None
    for item in writer._objects:
        if isinstance(item, DictionaryObject):
            for key in [key for key in item if key in _PRIVATE or key.startswith("/PTEX.")]:
                del item[key]
            if isinstance(item, StreamObject) and _is_jpeg(item):
                item._data = clean_jpeg(item._data)
    _bare(writer)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def tame_pdf(data: bytes) -> bytes:
    """The PDF as it is, or its first page alone when something in it acts, leads elsewhere or is carried along.

    One that cannot be read stays as it is: whoever prints it will tell.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        holders = (reader.root_object, *reader.pages)
        return clean_pdf(data) if any(key in holder for holder in holders for key in _ACTS) else data
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return data


def _is_jpeg(stream: object) -> bool:
    """Whether a stream is a JPEG and nothing else around it."""
    filters = stream.get("/Filter") if hasattr(stream, "get") else None
    return filters == "/DCTDecode" or filters == ["/DCTDecode"]


def _bare(writer: PdfWriter) -> None:
    """Leave of the catalogue what shows pages."""
    root = writer.root_object
    for key in [key for key in root if key not in ("/Type", "/Pages", "/OCProperties")]:
        del root[key]
