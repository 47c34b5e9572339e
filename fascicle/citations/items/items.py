"""The bibliography as CSL items, with films and titles in several scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fascicle.citations.items.archives import HELD, kept_in
from fascicle.citations.items.containers import containers, has, reviewed
from fascicle.citations.items.draft import AHEAD, PERIODICALS, REPRINTED, TITLE_FIRST
from fascicle.citations.items.model import DATES, LANGUAGES, STATES, SUBTYPES, TEXTS, TYPES, Item
from fascicle.citations.items.people import people_of
from fascicle.citations.items.publishers import episode, film, published
from fascicle.citations.items.titles import rich, titled
from fascicle.project.bibliography import edtf
from fascicle.project.bibliography.fields import addresses
from fascicle.project.bibliography.fields.markup import Chars, Piece, plain
from fascicle.project.bibliography.library import BibEntry, Bibliography, resolved

Texts = Iterator[tuple[str, tuple[Piece, ...]]]

_RANGE = re.compile(r"(?<=[\dIVXLCDMivxlcdm])\s*(?:-{1,3}|–|—)\s*(?=[\dIVXLCDMivxlcdm])")
_ORDINAL = re.compile(r"(?<!\d)(\d+)(?:st|nd|rd|th)\.?(?:\s+ed(?:ition|\.)?)?", re.IGNORECASE)
_PUBLIC_LAW = re.compile(r"^(?:Pub(?:lic|\.)?\s*L(?:aw|\.)?\s*)?(?:Nos?\.\s*)?(?=[\d-])", re.IGNORECASE)
_VERSION = re.compile(r"^(?:v\.?|version|ver\.)\s*(?=\d)")
_SKIPPED = re.compile(r"\bskipbib\s*(?:=\s*true\s*)?(?:,|$)")
_ARTICLES = PERIODICALS - {"post-weblog"}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def items_of(bibliography: Bibliography, keys: Iterable[str], language: str) -> tuple[Item, ...]:
    """The works under `keys`, each once, for a publication in `language`."""
    known = dict.fromkeys(bibliography.aliases.get(key, key) for key in keys)
    return tuple(_item(resolved(bibliography, key), language) for key in known if key in bibliography.entries)


def _item(entry: BibEntry, language: str) -> Item:
    kind = _type(entry)
    texts = {name: pieces for name, pieces in _texts(entry, kind, language) if pieces}
    dates, state = _dates(entry, kind)
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
    if stated == "interview" and has(entry, "journaltitle"):
        return TYPES.get(entry.type, "document")
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


def _texts(entry: BibEntry, kind: str, language: str) -> Texts:
    yield from titled(entry, language)
    for field, name in TEXTS.items():
        if field in entry.fields and (field != "volume" or not _in_series(entry)):
            yield name, _range(rich(entry.text(field))) if field == "volume" else rich(entry.text(field))
    yield "version", rich(_VERSION.sub("", entry.text("version").strip()))
    yield "edition", rich(_ORDINAL.sub(r"\1", entry.text("edition").strip()))
    yield "page", rich(_RANGE.sub("–", plain(entry.text("pages"))))
    yield from containers(entry, kind)
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
    yield from film(entry) if entry.type == "movie" else published(entry, kind)
    if kind == "broadcast":
        yield from episode(entry)


def _note(entry: BibEntry) -> tuple[Piece, ...]:
    note, addendum = rich(entry.text("note")), rich(entry.text("addendum"))
    return (*note, Chars(". "), *addendum) if note and addendum else note or addendum


def _numbers(entry: BibEntry, kind: str) -> Texts:
    """`number` is an issue, a place in a series, or the number of a report, as its entry is."""
    number, issue = rich(entry.text("number")), rich(entry.text("issue"))
    if kind in _ARTICLES:
        yield "issue", _range(number) or issue
        yield "number", rich(entry.text("eid"))
    elif kind == "article" and number == () and has(entry, "eprint"):
        if entry.text("eprinttype").strip().lower() == "arxiv":
            yield "number", rich(f"arXiv:{entry.text('eprint').strip()}")
    elif kind == "thesis" and has(entry, "eprint"):
        yield "number", rich(entry.text("eprint"))
    elif kind == "legislation":
        yield "number", rich(_PUBLIC_LAW.sub("", entry.text("number").strip()))
    elif kind in HELD and has(entry, "institution"):
        return
    elif has(entry, "series"):
        yield "collection-number", number or _volume_of_series(entry)
    else:
        yield "number", number or rich(entry.text("eid"))


def _range(number: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A double issue or volume with the dash of a range."""
    match number:
        case (Chars(text=characters),) if found := re.fullmatch(r"(\d{1,3})\s*-\s*(\d{1,3})", characters):
            return (Chars(f"{found[1]}–{found[2]}"),) if int(found[1]) < int(found[2]) else number
    return number


def _volume_of_series(entry: BibEntry) -> tuple[Piece, ...]:
    """Proceedings that are a volume of a series, and of no work in several volumes."""
    return rich(entry.text("volume")) if _in_series(entry) else ()


def _in_series(entry: BibEntry) -> bool:
    alone = not any(has(entry, one) for one in ("number", "maintitle", "volumes"))
    return entry.type in {"inproceedings", "proceedings"} and has(entry, "series") and alone


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


def _dates(entry: BibEntry, kind: str) -> tuple[dict[str, str], str]:
    """Dates in EDTF, and the state of publication where there is no date yet."""
    dates = {
        name: entry.text(field).strip()
        for field, name in DATES.items()
        if entry.text(field).strip() and (name == "issued" or not edtf.fault(entry.text(field)))
    }
    if kind == "speech" and "event-date" in dates:
        dates["issued"] = dates.pop("event-date")
    if dates.get("event-date") == dates.get("issued"):
        dates.pop("event-date", None)
    state = plain(entry.text("pubstate"))
    state = "" if state == "reprint" else edtf.state(state) or state
    if state == "prepublished" and kind in _ARTICLES:
        state = AHEAD
    if "issued" not in dates and (year := plain(entry.text("year"))):
        dates["issued"] = year
    return dates, STATES.get(state, state)


def _language(entry: BibEntry) -> str:
    stated = (entry.text("langid") or entry.text("hyphenation") or entry.text("language")).strip()
    return LANGUAGES.get(
        stated.lower().strip(".;"), stated if _TAG.fullmatch(stated) and len(stated) < 12 else ""
    )
