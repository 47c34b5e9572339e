"""What an EPUB says of itself: identifier, dates, and how accessible it is, from what is really in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from fascicle.export.metadata.record import WorkRecord

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
MIMETYPE = "application/epub+zip"
_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".css": "text/css",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book."""

    identifier: str
    """Its name in the manifest."""
    file: str
    """Its path."""
    type: str
    """Its media type."""
    properties: str
    """What the manifest says of it besides."""


def items_of(files: Mapping[str, bytes], cover: str) -> list[Item]:
    """The manifest: every file, what it is and what is in it."""
    made = []
    for number, (file, data) in enumerate(sorted(files.items()), 1):
        suffix = "." + file.rpartition(".")[2]
        properties = [
            *(["nav"] if file == "nav.xhtml" else []),
            *(["cover-image"] if file == cover else []),
            *(["mathml"] if suffix == ".xhtml" and b"<math" in data else []),
        ]
        made.append(Item(f"item-{number}", file, _TYPES[suffix], " ".join(properties)))
    return made


def identifier_of(work: WorkRecord) -> str:
    """The DOI or the address, or else a number made from title and slug that stays the same."""
    if work.data.doi:
        return f"https://doi.org/{work.data.doi}"
    return work.data.url or f"urn:uuid:{uuid5(NAMESPACE_URL, f'fascicle:{work.slug}:{work.plain.title}')}"


def iso_timestamp(epoch: int) -> str:
    """The publication's moment as EPUB writes it."""
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def features(texts: Iterable[bytes], *, pages: bool, described: bool) -> Mapping[str, list[str]]:
    """schema.org's words on how accessible the book is."""
    whole = b"".join(texts)
    pictures, formulas = b"<img" in whole, b"<math" in whole
    found = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"]
    found += ["alternativeText"] if pictures and described else []
    found += ["longDescription"] if b"<details" in whole else []
    found += ["MathML", "describedMath"] if formulas else []
    found += ["pageBreakMarkers", "pageNavigation"] if pages else []
    modes = ["textual", *(["visual"] if pictures else [])]
    enough = ["textual"] if described else ["textual,visual"]
    return {"accessMode": modes, "accessModeSufficient": enough, "accessibilityFeature": found}


_SAYINGS = {
    "structuralNavigation": "Headings, lists and tables are marked as such, and a table of contents leads to each section.",
    "readingOrder": "Notes and citations are links that lead back.",
    "alternativeText": "Pictures are described.",
    "MathML": "Formulas are MathML with their LaTeX as text.",
    "pageNavigation": "The pages of the PDF are marked and listed.",
}


def accessibility_summary(reported: Mapping[str, list[str]]) -> str:
    """The same in sentences."""
    return " ".join(text for feature, text in _SAYINGS.items() if feature in reported["accessibilityFeature"])
