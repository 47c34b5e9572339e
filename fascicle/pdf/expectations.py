"""What an edition promises of its file beyond metadata and standard.

The record that making and proving share.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from fascicle.core.diagnostics import Span
from fascicle.document.anonymity.identifying_terms import IdentifyingTerms
from fascicle.document.expected_tags import ExpectedTag
from fascicle.document.expected_text import BlockText
from fascicle.project.figures.images import open_picture

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points (1/72 inch)."""


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture that the text places, and by what it is known again in the file."""

    path: str
    """Its path as the text gives it."""
    size: tuple[float, float]
    """Width and height: pixels of a raster picture, points of a drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What is promised. None, or nothing, promises nothing; the check then says so."""

    texts: tuple[BlockText, ...] = ()
    """Every text that must be printed, in order."""
    tags: tuple[ExpectedTag, ...] = ()
    """Every part of the text that a tagged file must tag."""
    listed: Mapping[str, str] = field(default_factory=dict)
    """Names of the places of the works that are listed, by key."""
    led_to: frozenset[str] = frozenset()
    """Keys of those that a link leads to."""
    pictures: tuple[SourcePicture, ...] = ()
    """The pictures, so that messages can name their paths."""
    boxes: tuple[Mapping[str, Box], ...] = ()
    """Boxes by name (`/MediaBox`, `/BleedBox`, `/TrimBox` …) of page 1, page 2 and so on, begun anew after the
    last: one mapping holds for all pages, two for right and left pages."""
    min_resolution: float | None = None
    """Least pixels an inch of a picture in colours or greys, at its printed size."""
    min_line_resolution: float | None = None
    """The same of a picture in black and white alone."""
    max_ink: float | None = None
    """Most ink at any point of a page, in per cent, all four inks together."""
    max_megabytes: float | None = None
    """Largest size of the file, in millions of bytes."""
    annotations: bool = True
    """False when a printer refuses links and other annotations."""
    bookmarks: bool = True
    """False when a printer refuses bookmarks."""
    colours: frozenset[str] | None = None
    """Families of colours that may be used: gray, cmyk, rgb, spot, icc, lab; None leaves it to the standard."""
    pages_multiple: int = 1
    """The number of pages is a multiple of this."""
    last_page_blank: bool = False
    """True when the last page must be empty."""
    min_pages: int = 1
    """Fewest pages that a printer binds."""
    max_pages: int | None = None
    """Most pages that a printer binds."""
    secrets: IdentifyingTerms | None = None
    """What an anonymous file must not hold; None for a file that names its authors."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where publication.yaml states a limit, by the field's name."""
    blank_pages: bool = True
    """False when no page may be empty, except at the end to fill up a multiple."""


NOTHING = Promises()
"""No promise."""


def source_pictures(files: Mapping[str, Path]) -> tuple[SourcePicture, ...]:
    """The pictures under their typed paths; those that cannot be read are left out, since the build has told so."""
    found = []
    for path, file in files.items():
        with suppress(OSError, ValueError, PyPdfError):
            found.append(SourcePicture(path, _size(file)))
    return tuple(found)


def _size(file: Path) -> tuple[float, float]:
    if file.suffix.lower() == ".pdf":
        box = PdfReader(file).pages[0].mediabox
        return float(box.width), float(box.height)
    with open_picture(file) as picture:
        return picture.size
