"""Where a letter, a manuscript, an interview or a work of art is kept."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.citations.items.titles import rich
from fascicle.project.bibliography.fields.markup import Piece
from fascicle.project.bibliography.library import BibEntry

HELD = frozenset({"graphic", "figure", "map"})
"""Types whose institution is the museum that holds them."""
_FIELDS = (
    ("archive", "library", "archive"),
    ("archivelocation", "shelfmark", "archive_location"),
    ("archivecollection", "collection", "archive_collection"),
)
"""CSL's variables by our two names for each field."""


def kept_in(entry: BibEntry, kind: str) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """CSL's archival variables."""
    for first, second, variable in _FIELDS:
        yield variable, rich(entry.text(first) or entry.text(second))
    if kind in HELD and entry.text("institution").strip():
        yield "archive", rich(entry.text("institution"))
    if kind in HELD and entry.text("institution").strip() and not entry.text("shelfmark").strip():
        yield "archive_location", rich(entry.text("number"))
    if kind == "thesis" and entry.text("eprint").strip():
        yield "archive", rich(entry.text("eprinttype"))
    if keeps_place(entry, kind):
        yield "archive-place", rich(entry.text("location"))
    else:
        yield "archive-place", rich(entry.text("archiveplace"))


def keeps_place(entry: BibEntry, kind: str) -> bool:
    """Whether an entry's location is the place of its archive or museum."""
    archived = any(entry.text(field).strip() for field in ("archive", "library"))
    held = kind in HELD and bool(entry.text("institution").strip())
    return (archived or held) and not entry.text("archiveplace").strip()
