"""What a work stands in: journals, books with chapters, works in several volumes, series of broadcasts."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.citations.items.titles import rich, with_subtitle
from fascicle.project.bibliography.fields.markup import Chars, Piece
from fascicle.project.bibliography.library import BibEntry

Texts = Iterator[tuple[str, tuple[Piece, ...]]]


def reviewed(entry: BibEntry) -> bool:
    """Whether an entry is the review of a work that it names."""
    return entry.type == "review" and any(has(entry, name) for name in ("booktitle", "reviewedtitle"))


def has(entry: BibEntry, field: str) -> bool:
    """Whether a field says anything."""
    return bool(entry.text(field).strip())


def containers(entry: BibEntry, kind: str) -> Texts:
    """Journals, books with chapters, and works in several volumes."""
    main, book, journal = (_with_subtitle(entry, name) for name in ("main", "book", "journal"))
    if reviewed(entry):
        yield "reviewed-title", book or rich(entry.text("reviewedtitle"))
        yield "reviewed-genre", (Chars("book"),) if book else ()
        yield "container-title", journal
    elif entry.type == "periodical" and (issue := _with_subtitle(entry, "issue")):
        yield "container-title", rich(entry.text("title"))
        yield "title", issue
    elif journal:
        yield "container-title", journal
        yield "volume-title", _with_subtitle(entry, "issue")
    elif main and kind == "book" and not book and has(entry, "volume"):
        yield "volume-title", _with_subtitle(entry, "")
        yield "title-short", rich(entry.text("shorttitle") or entry.text("title"))
        yield "title", main
    elif main and kind == "book" and not book:
        yield "container-title", main
    elif main and book:
        yield "container-title", main
        yield "volume-title", book
    elif book or main:
        yield "container-title", book or main


def _with_subtitle(entry: BibEntry, kind: str) -> tuple[Piece, ...]:
    title, subtitle = rich(entry.text(f"{kind}title")), rich(entry.text(f"{kind}subtitle"))
    return with_subtitle(title, subtitle) if title else ()
