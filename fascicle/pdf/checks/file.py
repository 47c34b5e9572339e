"""Checks of the file as a whole: readable, of the right version, quiet."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from pypdf.generic import StreamObject

from fascicle.codes import Code
from fascicle.pdf.objects import dictionary, name, packed_data, reachable
from fascicle.pdf.proof import Check, Proof

PIECE = 1 << 20
"""Bytes unpacked at a time."""


def has_pages(proof: Proof) -> Iterator[str]:
    """The file could be opened, and has pages."""
    if not proof.file.reader.pages:
        yield "the file has no pages"


def streams_whole(proof: Proof) -> Iterator[str]:
    """Every compressed stream unpacks to its end; readers, pypdf too, show the rest of a cut one as if it were all."""
    for number, item in reachable([proof.file.reader.trailer.raw_get("/Root")]).items():
        if not isinstance(item, StreamObject) or name(item, "/Filter") != "/FlateDecode":
            continue
        if fault := _unpacking_fault(packed_data(item)):
            yield f"the stream in object {number} is damaged: {fault}"


def _unpacking_fault(data: bytes) -> str:
    """What is wrong with zlib `data`, unpacked in pieces since a picture can be large; nothing when it is whole."""
    unpacker = zlib.decompressobj()
    try:
        while data and not unpacker.eof:
            unpacker.decompress(data, PIECE)
            data = unpacker.unconsumed_tail
    except zlib.error as error:
        return str(error)
    return "" if unpacker.eof else "its end is missing"


def right_version(proof: Proof) -> Iterator[str]:
    """The header states the standard's version."""
    if proof.wishes and proof.file.version != proof.wishes.standard.version:
        wanted = proof.wishes.standard
        yield f"the header says PDF {proof.file.version}, and {wanted.title} wants {wanted.version}"


def not_encrypted(proof: Proof) -> Iterator[str]:
    """Anybody can read the file, and archive it."""
    if proof.file.reader.is_encrypted:
        yield "the file is encrypted"


def starts_nothing(proof: Proof) -> Iterator[str]:
    """Opening the file does nothing of itself."""
    root = proof.file.root
    for holder, key in ((root, "/OpenAction"), (root, "/AA"), (dictionary(root, "/Names"), "/JavaScript")):
        if key in holder:
            yield f"the file holds {key.lstrip('/')}, which acts by itself"


CHECKS = (
    Check("readable", "The file can be opened", Code.UNREADABLE_PDF, has_pages),
    Check("streams", "No compressed data is damaged or cut off", Code.UNREADABLE_PDF, streams_whole),
    Check("version", "The header states the right version", Code.WRONG_PDF_VERSION, right_version, True),
    Check("open", "The file is not encrypted", Code.ENCRYPTED_PDF, not_encrypted),
    Check("quiet", "Nothing acts by itself", Code.ACTS_BY_ITSELF, starts_nothing),
)
"""In the order of the report."""
