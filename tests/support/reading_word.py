"""A .docx read by python-docx, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> Document:
    """The document as python-docx sees it."""
    return docx.Document(BytesIO(data))


def part(data: bytes, name: str) -> str:
    """One file of the package as text; empty when it is not there."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


def styled(document: Document, style: str) -> list[str]:
    """Texts of the paragraphs in a style."""
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def words(text: str) -> str:
    """A text without white space."""
    return "".join(text.split()).replace("\u00ad", "")


def bookmarks(document: Document) -> set[str]:
    """Names that links inside the document can lead to."""
    return {str(node.get(f"{W}name")) for node in document.element.iter(f"{W}bookmarkStart")}


def anchors(document: Document) -> list[str]:
    """Where links inside the document lead, in order."""
    return [name for node in document.element.iter(f"{W}hyperlink") if (name := node.get(f"{W}anchor"))]


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """All paragraphs, those of tables with them."""
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
