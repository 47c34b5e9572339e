"""Checks of the file as a whole: readable, of the right version, quiet."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from pypdf.generic import StreamObject

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.objects import (
    dictionary,
    name,
    packed_data,
    reachable,
)
from fascicle.pdf.preflight import qpdf
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.preflight.external_tools import need
from fascicle.pdf.reading.actions import acts

PIECE = 1 << 20
"""Bytes unpacked at a time."""


def has_pages(proof: CheckContext) -> Iterator[str]:
    """The file could be opened, and has pages."""
    if not proof.file.reader.pages:
        yield "the file has no pages"


def streams_whole(proof: CheckContext) -> Iterator[str]:
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


def right_version(proof: CheckContext) -> Iterator[str]:
    """The header states the standard's version."""
    if proof.output_options and proof.file.version != proof.output_options.standard.version:
        wanted = proof.output_options.standard
        yield f"the header says PDF {proof.file.version}, and {wanted.title} wants {wanted.version}"


def not_encrypted(proof: CheckContext) -> Iterator[str]:
    """Anybody can read the file, and archive it."""
    if proof.file.reader.is_encrypted:
        yield "the file is encrypted"


def starts_nothing(proof: CheckContext) -> Iterator[str]:
    """Opening the file does nothing of itself."""
    root = proof.file.root
    for holder, key in ((root, "/OpenAction"), (root, "/AA"), (dictionary(root, "/Names"), "/JavaScript")):
        if key in holder:
            yield f"the file holds {key.lstrip('/')}, which acts by itself"


def starts_nothing_by_link(proof: CheckContext) -> Iterator[str | Broken]:
    """No link, bookmark or page starts a script, a program, a film or a sound, or leads to another file."""
    for page, what in acts(proof.file):
        yield Broken(what, page) if page else what


def small_enough(proof: CheckContext) -> Iterator[str]:
    """The file is no larger than was promised."""
    size, most = len(proof.file.data) / 1e6, proof.promises.max_megabytes
    if most and size > most:
        yield f"the file has {size:.1f} MB, and {most:g} MB were promised"


def any_size(proof: CheckContext) -> str:
    """Most editions promise no size."""
    return "" if proof.promises.max_megabytes else "no size is promised"


def sound(proof: CheckContext) -> Iterator[str]:
    """qpdf, which reads the whole file by the rules, finds nothing to mend."""
    found = (
        proof.tool_runner.answer("qpdf", proof.file.data, lambda: qpdf.faults(proof.file.data))
        if proof.tool_runner
        else []
    )
    yield from map(str, found if isinstance(found, list) else [])


def no_qpdf(proof: CheckContext) -> str:
    """Qpdf is a program of its own."""
    return need("qpdf")


CHECKS = (
    Check("readable", "The file can be opened", Code.UNREADABLE_PDF, has_pages),
    Check("streams", "No compressed data is damaged or cut off", Code.UNREADABLE_PDF, streams_whole),
    Check(
        "version",
        "The header states the right version",
        Code.WRONG_PDF_VERSION,
        right_version,
        True,
        press="version in the header",
    ),
    Check("open", "The file is not encrypted", Code.ENCRYPTED_PDF, not_encrypted, press="no encryption"),
    Check(
        "quiet", "Nothing acts by itself", Code.ACTS_BY_ITSELF, starts_nothing, press="no actions or scripts"
    ),
    Check(
        "actions", "No link starts a program or leads to a file", Code.ACTS_BY_ITSELF, starts_nothing_by_link
    ),
    Check("size", "The file is small enough", Code.FILE_TOO_LARGE, small_enough, True, any_size),
    Check(
        "sound", "The file's structure is sound (qpdf)", Code.UNSOUND_PDF, sound, left_out=no_qpdf, slow=True
    ),
)
"""In the order of the report."""
