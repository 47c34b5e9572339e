"""Whether anything in a package tells who wrote the text.

Every file of it, whatever its kind, and every file's name.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from fascicle.document.anonymity.identifying_terms import IdentifyingTerms
from fascicle.export.html.check import read_page
from fascicle.export.zip_archive import unzipped
from fascicle.pdf.preflight.checks.anonymity import byte_patterns, traces_in
from fascicle.pdf.reading.inspection import Inspection
from fascicle.project.figures.images import open_picture

_BLOCKS = re.compile(
    r"\{[^}]*\}(?:p|tr)$|^(?:p|title|td|th|mixed-citation|element-citation|name|string-name|aff)$"
)
"""Elements whose text is read as one: Word's and JATS's paragraphs, rows, names."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file of the package, or one inside an archive of it."""

    path: str
    """How it is told: `wolves.docx: word/document.xml`."""
    content: bytes


def identity_leaks(files: Mapping[str, bytes], secrets: IdentifyingTerms) -> Iterator[str]:
    """A sentence for each place that tells who wrote the text."""
    looked_into: set[bytes] = set()
    for path, content in files.items():
        for piece in _pieces(path, content):
            reported = dict.fromkeys(_in_name(piece.path, secrets))
            if piece.content not in looked_into:
                looked_into.add(piece.content)
                reported |= dict.fromkeys(_in_content(piece.content, secrets))
            yield from (f"{piece.path} {what}" for what in reported)


def _pieces(path: str, content: bytes) -> Iterator[_Piece]:
    """The file itself, or all that an archive holds: a .zip, a .docx and what is embedded in one."""
    if not content.startswith(b"PK\x03\x04"):
        yield _Piece(path, content)
        return
    yield _Piece(path, b"")
    for name, inside in unzipped(content).items():
        yield from _pieces(f"{path}: {name}", inside)


def _in_name(path: str, secrets: IdentifyingTerms) -> Iterator[str]:
    """File names join words by signs that no text has."""
    for found in secrets.find(re.sub(r"[-_./:]+", " ", path), typed=True):
        yield f"has {found.trace.kind} in its name: '{found.trace.text}'"


def _in_content(content: bytes, secrets: IdentifyingTerms) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        yield from (f"tells: {broken.message}" for broken in traces_in(Inspection(content), secrets))
        return
    text = _text(content)
    if text is None:
        yield from _in_picture(content, secrets)
    elif text.lstrip()[:14].lower() == "<!doctype html":
        yield from _in_page(text, secrets)
    else:
        yield from _held(_xml_texts(content) if text.lstrip().startswith("<") else [text], secrets)


def _text(content: bytes) -> str | None:
    """The content as text; None when it is none."""
    try:
        return None if b"\0" in content else content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _held(texts: Iterable[str], secrets: IdentifyingTerms) -> Iterator[str]:
    for text in texts:
        for found in secrets.find(text):
            yield f"holds {found.trace.kind}: '{found.trace.text}'"


def _xml_texts(content: bytes) -> Iterator[str]:
    """Whatever an XML file says: paragraphs as they are read, every element's and attribute's own text, comments."""
    builder = ElementTree.TreeBuilder(insert_comments=True, insert_pis=True)
    parser = ElementTree.XMLParser(target=builder)  # noqa: S314 - we made it ourselves
    parser.feed(content)
    for node in parser.close().iter():
        tag = node.tag if isinstance(node.tag, str) else ""
        if _BLOCKS.search(tag):
            pieces = [piece for piece in node.itertext() if piece]
            yield "".join(pieces)
            yield " ".join(pieces)
        yield node.text or ""
        yield node.tail or ""
        yield from node.attrib.values()


def _in_page(text: str, secrets: IdentifyingTerms) -> Iterator[str]:
    """Whatever a page of HTML says, and the pictures in it."""
    page = read_page(text)
    plain = (one for one in page.addresses if not one.startswith("data:"))
    yield from _held((*page.body, *page.notes, *page.said, *plain), secrets)
    for address in page.addresses:
        if address.startswith("data:image/"):
            yield from _in_content(b64decode(address.partition(",")[2]), secrets)


def _in_picture(content: bytes, secrets: IdentifyingTerms) -> Iterator[str]:
    """Bytes that are no text: as they are, and what a picture says of itself, some of which is packed."""
    for trace, pattern in byte_patterns(secrets):
        if pattern.search(content):
            yield f"holds {trace.kind}: '{trace.text}'"
    yield from _held(_picture_texts(content), secrets)


def _picture_texts(content: bytes) -> Iterator[str]:
    try:
        with open_picture(BytesIO(content)) as image:
            values = [*image.info.values(), *image.getexif().values()]
    except (OSError, ValueError):
        return
    for value in values:
        if isinstance(value, bytes):
            yield value.decode("utf-8", "replace")
        elif isinstance(value, str):
            yield value
