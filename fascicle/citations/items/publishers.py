"""Who published a work and where, what kind of work it says it is, and how long it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fascicle.citations.items.archives import HELD, keeps_place
from fascicle.citations.items.containers import has
from fascicle.citations.items.model import GENRES
from fascicle.citations.items.titles import rich
from fascicle.project.bibliography.fields.markup import Chars, Piece, plain
from fascicle.project.bibliography.library import BibEntry
from fascicle.project.bibliography.names import split

Texts = Iterator[tuple[str, tuple[Piece, ...]]]

_SERVERS = {
    "arxiv": "arXiv",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
    "chemrxiv": "ChemRxiv",
    "psyarxiv": "PsyArXiv",
}
"""Servers of preprints as they write themselves; BibLaTeX's `eprinttype` has small letters."""
_DOCTORAL = re.compile(
    r"(?:ph\.?\s?d\.?|doctoral|doctor of philosophy)(?:\s+(?:thesis|dissertation))?", re.IGNORECASE
)
_CONVERSATION = re.compile(r"interview|conversation|dialogue|discussion|history|talk", re.IGNORECASE)
"""What an interview may be called; anything else says in what form there is one."""
_HOUSE = re.compile(
    r"\b(?:Press|Verlag|Editions|Éditions|Publishers|Records|Studios|Pictures|Films|Productions)$"
)
"""How the name of a whole firm ends, so that an `and` before or after it joins two of them."""


def published(entry: BibEntry, kind: str) -> Texts:
    """Who published a work and where, and what kind of work it says it is."""
    yield from _kind(entry, kind)
    fields = ("publisher", "institution", "organization")
    named = [found for field in fields if (found := _list(entry, field))]
    if kind == "article" and has(entry, "eprinttype"):
        server = entry.text("eprinttype").strip()
        named.append(_SERVERS.get(server.lower(), server))
    if kind in HELD and has(entry, "institution"):
        named = [_list(entry, "publisher")]
    issued = rich(next(iter(named), ""))
    name = {"legal_case": "authority", "webpage": "container-title", "post-weblog": "container-title"}.get(
        kind, "publisher"
    )
    if name == "container-title" and any(
        has(entry, one) for one in ("booktitle", "maintitle", "journaltitle")
    ):
        name = "publisher"
    yield name, issued
    if kind in {"performance", "speech"}:
        yield "event-place", rich(", ".join(filter(None, (entry.text("venue"), _list(entry, "location")))))
    elif not keeps_place(entry, kind):
        yield "publisher-place", rich(_list(entry, "location"))


def _kind(entry: BibEntry, kind: str) -> Texts:
    """What a work says it is, on what it is seen or heard, and for how long."""
    stated, medium = entry.text("type"), entry.text("howpublished") or entry.text("format")
    if kind == "interview" and not _CONVERSATION.search(plain(stated)):
        stated, medium = "", medium or stated
    if kind == "broadcast" and entry.text("entrysubtype").strip().lower() == "podcast":
        medium = medium or ("video podcast" if entry.type == "video" else "podcast")
    yield "genre", rich(_thesis(stated) if entry.type == "thesis" else GENRES.get(plain(stated), stated))
    yield "medium", rich(medium)
    yield "dimensions", _runtime(entry)


def _thesis(stated: str) -> str:
    """What sort of thesis a work is, `PhD thesis` for all the ways to write it."""
    typed = plain(stated)
    if _DOCTORAL.fullmatch(typed):
        return "PhD thesis"
    return GENRES.get(
        typed, re.sub(r"(?<=\w )(?:Thesis|Dissertation)$", lambda match: match[0].lower(), stated)
    )


def episode(entry: BibEntry) -> Texts:
    """An episode's number, with its season; styles put the word before a number that stands alone."""
    season, number = plain(entry.text("volume")), plain(entry.text("number"))
    if season and number:
        yield "genre", (Chars("season"),)
        yield "number", (Chars(f"{season}, episode {number}"),)


def film(entry: BibEntry) -> Texts:
    """Who made and distributed a film, where, how long it is and on what it is seen."""
    makers = [found for field in ("company", "distributor") if (found := _list(entry, field, ", "))]
    yield "publisher", rich("; ".join(makers))
    yield "publisher-place", rich(_list(entry, "country", ", "))
    yield "medium", rich(entry.text("format"))
    yield "dimensions", _runtime(entry)


def _runtime(entry: BibEntry) -> tuple[Piece, ...]:
    """`107 min` where minutes are told, or whatever is told."""
    runtime = plain(entry.text("runtime"))
    minutes = re.fullmatch(r"(\d+)(?:\s*(?:min\.?|mins\.?|minutes?|'|′))?", runtime)
    return (Chars(f"{minutes[1]} min"),) if minutes else rich(entry.text("runtime"))


def _list(entry: BibEntry, field: str, joint: str = "") -> str:
    """A literal list as one text, still in its markup; `and` stays where it may be part of one firm's name."""
    named = [item.strip() for _, item in split(entry.text(field))]
    items = [item for item in named if item and item.lower() != "others"]
    several = any(_HOUSE.search(item) for item in items) and not any("," in item for item in items)
    return (joint or ("; " if several else " and ")).join(items)
