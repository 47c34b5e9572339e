"""The bibliography as CSL: items that any citeproc reads, with films and titles in several scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fascicle.citations.archives import HELD, keeps_place, kept_in
from fascicle.citations.draft import REPRINTED, TITLE_FIRST
from fascicle.citations.model import DATES, GENRES, LANGUAGES, STATES, SUBTYPES, TEXTS, TYPES, Item
from fascicle.citations.people import people_of
from fascicle.citations.titles import rich, titled, with_subtitle
from fascicle.project.bibliography import addresses, edtf
from fascicle.project.bibliography.library import BibEntry, Bibliography, resolved
from fascicle.project.bibliography.markup import Chars, Piece, plain
from fascicle.project.bibliography.names import split

Texts = Iterator[tuple[str, tuple[Piece, ...]]]

_RANGE = re.compile(r"(?<=[\dIVXLCDMivxlcdm])\s*(?:-{1,3}|–|—)\s*(?=[\dIVXLCDMivxlcdm])")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\.?(?:\s+ed(?:ition|\.)?)?", re.IGNORECASE)
_PUBLIC_LAW = re.compile(r"^(?:Pub(?:lic|\.)?\s*L(?:aw|\.)?\s*)?(?:Nos?\.\s*)?(?=[\d-])", re.IGNORECASE)
_SKIPPED = re.compile(r"\bskipbib\s*(?:=\s*true)?\s*(?:,|$)")
_ARTICLES = frozenset({"article-journal", "periodical", "review"})
_SERVERS = {
    "arxiv": "arXiv",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
    "chemrxiv": "ChemRxiv",
    "psyarxiv": "PsyArXiv",
}
"""Servers of preprints as they write themselves; BibLaTeX's `eprinttype` has small letters."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def items_of(bibliography: Bibliography, keys: Iterable[str], language: str) -> tuple[Item, ...]:
    """The works under `keys`, each once, for a publication in `language`."""
    known = dict.fromkeys(bibliography.aliases.get(key, key) for key in keys)
    return tuple(_item(resolved(bibliography, key), language) for key in known if key in bibliography.entries)


def _item(entry: BibEntry, language: str) -> Item:
    kind = _type(entry)
    texts = {name: pieces for name, pieces in _texts(entry, kind, language) if pieces}
    dates, state = _dates(entry)
    if state:
        texts["status"] = (Chars(state),)
    return Item(
        key=entry.key,
        type=kind,
        texts=texts,
        names=dict(people_of(entry)),
        dates=dates,
        language=_language(entry),
        listed=not _SKIPPED.search(entry.text("options")),
        label=plain(entry.text("shorthand")),
        span=entry.span,
    )


def _type(entry: BibEntry) -> str:
    """CSL's type; a video or a recording in a series is an episode of it."""
    stated = SUBTYPES.get(entry.text("entrysubtype").strip().lower())
    if stated:
        return stated
    if reviewed(entry):
        return "review-book"
    in_series = any(has(entry, name) for name in ("booktitle", "maintitle"))
    if entry.type in {"video", "audio", "movie"} and in_series:
        return "broadcast"
    if entry.type in {"video", "audio"} and has(entry, "organization") and not has(entry, "director"):
        return "webpage"
    if entry.type == "online" and has(entry, "eprinttype") and not has(entry, "organization"):
        return "article"
    if entry.type == "unpublished" and entry.text("eventtitle").strip():
        return "speech"
    return TYPES.get(entry.type, "document")


def _title_first(entry: BibEntry) -> bool:
    """Whether a work without an author stands under its title, whoever edited or translated it."""
    if has(entry, "author"):
        return False
    options = entry.text("options").replace(" ", "")
    if "useeditor=false" in options or (has(entry, "booktitle") and not reviewed(entry)):
        return True
    return has(entry, "translator") and not has(entry, "editor") and "usetranslator=true" not in options


def reviewed(entry: BibEntry) -> bool:
    """Whether an entry is the review of a work that it names."""
    return entry.type == "review" and any(has(entry, name) for name in ("booktitle", "reviewedtitle"))


def has(entry: BibEntry, field: str) -> bool:
    """Whether a field says anything."""
    return bool(entry.text(field).strip())


def _texts(entry: BibEntry, kind: str, language: str) -> Texts:
    yield from titled(entry, language)
    for field, name in TEXTS.items():
        yield name, rich(entry.text(field))
    yield "edition", rich(_ORDINAL.sub(r"\1", entry.text("edition").strip()))
    yield "page", rich(_RANGE.sub("–", plain(entry.text("pages"))))
    yield from _containers(entry, kind)
    yield from _numbers(entry, kind)
    yield from _addresses(entry)
    yield "note", _note(entry)
    yield from kept_in(entry, kind)
    if _title_first(entry):
        yield TITLE_FIRST, (Chars("1"),)
    if plain(entry.text("pubstate")) == "reprint" or (
        has(entry, "origdate") and not has(entry, "translator")
    ):
        yield REPRINTED, (Chars("1"),)
    yield from _film(entry) if entry.type == "movie" else _published(entry, kind)
    if kind == "broadcast":
        yield from _episode(entry)


def _note(entry: BibEntry) -> tuple[Piece, ...]:
    note, addendum = rich(entry.text("note")), rich(entry.text("addendum"))
    return (*note, Chars(". "), *addendum) if note and addendum else note or addendum


def _published(entry: BibEntry, kind: str) -> Texts:
    """Who published a work and where, and what kind of work it says it is."""
    stated = entry.text("type")
    yield "genre", rich(GENRES.get(plain(stated), stated))
    yield "medium", rich(entry.text("howpublished") or entry.text("format"))
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
    if kind == "performance":
        yield "event-place", rich(", ".join(filter(None, (entry.text("venue"), _list(entry, "location")))))
    elif not keeps_place(entry, kind):
        yield "publisher-place", rich(_list(entry, "location"))


def _containers(entry: BibEntry, kind: str) -> Texts:
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


def _numbers(entry: BibEntry, kind: str) -> Texts:
    """`number` is an issue, a place in a series, or the number of a report, as its entry is."""
    number, issue = rich(entry.text("number")), rich(entry.text("issue"))
    if kind in _ARTICLES:
        yield "issue", number or issue
        yield "number", rich(entry.text("eid"))
    elif kind == "article" and number == () and has(entry, "eprint"):
        if entry.text("eprinttype").strip().lower() == "arxiv":
            yield "number", rich(f"arXiv:{entry.text('eprint').strip()}")
    elif kind == "thesis" and has(entry, "eprint"):
        yield "number", rich(entry.text("eprint"))
    elif kind == "legislation":
        yield "number", rich(_PUBLIC_LAW.sub("", entry.text("number").strip()))
    elif entry.text("series").strip():
        yield "collection-number", number
    else:
        yield "number", number or rich(entry.text("eid"))


def _addresses(entry: BibEntry) -> Texts:
    doi = re.sub(
        r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)",
        "",
        addresses.address(entry.text("doi")),
        flags=re.IGNORECASE,
    )
    url = addresses.address(entry.text("url"))
    eprint = addresses.address(entry.text("eprint"))
    if not url and eprint and entry.text("eprinttype").strip().lower() == "arxiv":
        url = f"https://arxiv.org/abs/{eprint}"
    for name, value in (("DOI", doi), ("URL", url)):
        if value:
            yield name, (Chars(value),)


def _episode(entry: BibEntry) -> Texts:
    """An episode's number, with its season; styles put the word before a number that stands alone."""
    season, number = plain(entry.text("volume")), plain(entry.text("number"))
    if season and number:
        yield "genre", (Chars("season"),)
        yield "number", (Chars(f"{season}, episode {number}"),)


def _film(entry: BibEntry) -> Texts:
    """Who made and distributed a film, where, how long it is and on what it is seen."""
    makers = [found for field in ("company", "distributor") if (found := _list(entry, field, ", "))]
    yield "publisher", rich("; ".join(makers))
    yield "publisher-place", rich(_list(entry, "country", ", "))
    yield "medium", rich(entry.text("format"))
    runtime = plain(entry.text("runtime"))
    minutes = re.fullmatch(r"(\d+)(?:\s*(?:min\.?|mins\.?|minutes?|'|′))?", runtime)
    yield "dimensions", (Chars(f"{minutes[1]} min"),) if minutes else rich(entry.text("runtime"))


def _list(entry: BibEntry, field: str, joint: str = " and ") -> str:
    """A literal list as one text, still in its markup."""
    items = [item.strip() for _, item in split(entry.text(field))]
    return joint.join(item for item in items if item and item.lower() != "others")


def _dates(entry: BibEntry) -> tuple[dict[str, str], str]:
    """Dates in EDTF, and the state of publication where there is no date yet."""
    dates = {
        name: entry.text(field).strip()
        for field, name in DATES.items()
        if entry.text(field).strip() and not edtf.fault(entry.text(field))
    }
    if dates.get("event-date") == dates.get("issued"):
        dates.pop("event-date", None)
    state = plain(entry.text("pubstate"))
    state = "" if state == "reprint" else state
    if "issued" not in dates and (year := plain(entry.text("year"))):
        dates["issued"] = year
    return dates, STATES.get(state, state)


def _language(entry: BibEntry) -> str:
    stated = (entry.text("langid") or entry.text("hyphenation") or entry.text("language")).strip()
    return LANGUAGES.get(stated.lower(), stated if _TAG.fullmatch(stated) and len(stated) < 12 else "")
