"""The bibliography as CSL: items that any citeproc reads, with films, titles in several scripts and Eastern names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fascicle.deliver.csl_titles import rich, titled
from fascicle.project import bibdates
from fascicle.project.bibliography import BibEntry, Bibliography, resolved
from fascicle.project.bibmarkup import Chars, Piece, plain
from fascicle.project.bibnames import Name, read_names, split
from fascicle.text import bibtext

TYPES: Mapping[str, str] = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book", "bookinbook": "chapter",
    "booklet": "pamphlet", "collection": "book", "dataset": "dataset", "image": "graphic", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case", "legislation": "legislation", "letter": "personal_communication", "manual": "book",
    "misc": "document", "movie": "motion_picture", "music": "song", "mvbook": "book", "mvcollection": "book",
    "mvproceedings": "book", "mvreference": "book", "online": "webpage", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "proceedings": "book", "reference": "book",
    "report": "report", "review": "review", "set": "document", "software": "software", "standard": "standard",
    "suppbook": "chapter", "suppcollection": "chapter", "suppperiodical": "article-journal", "thesis": "thesis",
    "unpublished": "manuscript", "video": "motion_picture",
}  # fmt: skip
"""CSL's types (CSL 1.0.2, appendix III) by biblatex's."""

_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_ROLES: Mapping[str, str] = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "director": "director", "narrator": "narrator", "producer": "producer", "execproducer": "executive-producer",
    "writer": "script-writer", "foreword": "contributor", "introduction": "contributor", "afterword": "contributor",
}  # fmt: skip
_EDITOR_ROLES = {
    "director": "director",
    "compiler": "compiler",
    "organizer": "organizer",
    "producer": "producer",
}
_TEXTS: Mapping[str, str] = {
    "series": "collection-title", "eventtitle": "event-title", "venue": "event-place", "volume": "volume",
    "volumes": "number-of-volumes", "chapter": "chapter-number", "edition": "edition", "version": "version",
    "note": "note", "shorttitle": "title-short", "shortjournal": "container-title-short", "part": "part-number",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place", "library": "archive",
    "pagetotal": "number-of-pages", "isbn": "ISBN", "issn": "ISSN", "eid": "article-number",
}  # fmt: skip
_GENRES = {
    "phdthesis": "PhD dissertation", "mathesis": "MA thesis", "bathesis": "BA thesis", "candthesis": "candidate thesis",
    "techreport": "technical report", "resreport": "research report",
}  # fmt: skip
_DATES = {"date": "issued", "eventdate": "event-date", "origdate": "original-date", "urldate": "accessed"}
_STATES = {
    "forthcoming": "forthcoming", "inpress": "in press", "submitted": "submitted",
    "inpreparation": "in preparation", "prepublished": "prepublished",
}  # fmt: skip
_RANGE = re.compile(r"(?<=[\dIVXLCDMivxlcdm])\s*(?:-{1,3}|–|—)\s*(?=[\dIVXLCDMivxlcdm])")


@dataclass(frozen=True, slots=True)
class Person:
    """A name as CSL has it."""

    family: str = ""
    """Family name."""
    given: str = ""
    """Given names."""
    particle: str = ""
    """Particle before the family name, such as `van der`."""
    keeps_particle: bool = False
    """True when the particle counts as part of the family name."""
    suffix: str = ""
    """Jr, III."""
    literal: str = ""
    """The whole name of a body, or a name in East Asian script; then all else is empty."""
    eastern: bool = False
    """True when the family name is printed first everywhere, without a comma."""
    native: str = ""
    """The name in its own script, printed after it in lists."""


@dataclass(frozen=True, slots=True)
class Item:
    """One work."""

    key: str
    """Its key, which citations name."""
    type: str
    """Its CSL type."""
    texts: Mapping[str, tuple[Piece, ...]]
    """CSL's text variables, with their markup."""
    names: Mapping[str, tuple[Person, ...]]
    """CSL's name variables."""
    dates: Mapping[str, str]
    """CSL's date variables in EDTF, as biblatex writes them."""
    language: str = ""
    """The work's language as a BCP 47 tag, where the entry says it."""
    listed: bool = True
    """False for works that citations name and the list leaves out."""


def items_of(bibliography: Bibliography, keys: Iterable[str], language: str) -> tuple[Item, ...]:
    """The works under `keys`, each once, for a publication in `language`."""
    known = dict.fromkeys(bibliography.aliases.get(key, key) for key in keys)
    return tuple(_item(resolved(bibliography, key), language) for key in known if key in bibliography.entries)


def _item(entry: BibEntry, language: str) -> Item:
    film = entry.type == "movie"
    kind = _SUBTYPES.get(entry.text("entrysubtype").strip(), TYPES.get(entry.type, "document"))
    texts = {name: pieces for name, pieces in _texts(entry, language, film=film) if pieces}
    names = {name: people for name, people in _names(entry, film=film) if people}
    dates, state = _dates(entry)
    if state:
        texts["status"] = (Chars(state),)
    listed = not re.search(r"\bskipbib\s*(?:=\s*true)?\s*(?:,|$)", entry.text("options"))
    return Item(entry.key, kind, texts, names, dates, _language(entry), listed)


def _texts(entry: BibEntry, language: str, *, film: bool) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    yield from titled(entry, language)
    for field, name in _TEXTS.items():
        yield name, rich(entry.text(field))
    yield "page", rich(_RANGE.sub("–", plain(entry.text("pages"))))
    yield from _containers(entry)
    yield from _numbers(entry)
    yield from _addresses(entry)
    if addendum := rich(entry.text("addendum")):
        yield (
            "note",
            (*rich(entry.text("note")), *((Chars(". "),) if entry.text("note").strip() else ()), *addendum),
        )
    if film:
        yield from _film(entry)
        return
    kind = plain(entry.text("type"))
    yield "genre", rich(_GENRES.get(kind, entry.text("type")))
    yield "medium", rich(entry.text("howpublished") or entry.text("format"))
    issued = next(
        (found for f in ("publisher", "institution", "organization") if (found := _list(entry, f))), ""
    )
    yield "publisher", rich(issued)
    yield "publisher-place", rich(_list(entry, "location"))


def _containers(entry: BibEntry) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Journals, books with chapters, and works in several volumes."""
    main, book, journal = (_with_subtitle(entry, kind) for kind in ("main", "book", "journal"))
    if journal:
        yield "container-title", journal
        yield "volume-title", _with_subtitle(entry, "issue")
    elif main and (book or entry.type not in {"inbook", "incollection", "inproceedings"}):
        yield "container-title", main
        yield "volume-title", book
    else:
        yield "container-title", book or main


def _with_subtitle(entry: BibEntry, kind: str) -> tuple[Piece, ...]:
    title, subtitle = rich(entry.text(f"{kind}title")), rich(entry.text(f"{kind}subtitle"))
    return (*title, Chars(": "), *subtitle) if title and subtitle else title


def _numbers(entry: BibEntry) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """`number` is an issue, a place in a series, or the number of a report, as its entry is."""
    number, issue = rich(entry.text("number")), rich(entry.text("issue"))
    if TYPES.get(entry.type) in {"article-journal", "periodical", "review"}:
        yield "issue", number or issue
    elif entry.text("series").strip():
        yield "collection-number", number
    else:
        yield "number", number


def _addresses(entry: BibEntry) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    doi = re.sub(
        r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)",
        "",
        bibtext.address(entry.text("doi")),
        flags=re.IGNORECASE,
    )
    url = bibtext.address(entry.text("url"))
    eprint = bibtext.address(entry.text("eprint"))
    if not url and eprint and entry.text("eprinttype").strip().lower() == "arxiv":
        url = f"https://arxiv.org/abs/{eprint}"
    for name, value in (("DOI", doi), ("URL", url)):
        if value:
            yield name, (Chars(value),)


def _film(entry: BibEntry) -> Iterator[tuple[str, tuple[Piece, ...]]]:
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


def _names(entry: BibEntry, *, film: bool) -> Iterator[tuple[str, tuple[Person, ...]]]:
    found: dict[str, tuple[Person, ...]] = {}
    for field, role in _ROLES.items():
        if field == "editor":
            role = _EDITOR_ROLES.get(entry.text("editortype").strip(), "editor")
        if field == "author" and film:
            role = "director"
        people = tuple(_person(name) for name in read_names(entry, field).names)
        found[role] = (*found.get(role, ()), *people)
    if entry.type in {"inbook", "incollection"} and not found.get("author") and not found.get("editor"):
        found["author"] = found.get("container-author", ())
    yield from found.items()


def _person(name: Name) -> Person:
    native = plain(name.native)
    if name.body:
        return Person(literal=plain(name.family), native=native)
    return Person(
        family=plain(name.family),
        given=plain(name.given),
        particle=plain(name.prefix),
        keeps_particle=name.use_prefix is not False,
        suffix=plain(name.suffix),
        eastern=name.eastern,
        native=native,
    )


def _dates(entry: BibEntry) -> tuple[dict[str, str], str]:
    """Dates in EDTF, and the state of publication where there is no date yet."""
    dates = {
        name: entry.text(field).strip()
        for field, name in _DATES.items()
        if entry.text(field).strip() and not bibdates.fault(entry.text(field))
    }
    state = plain(entry.text("pubstate"))
    if "issued" not in dates and (year := plain(entry.text("year"))):
        dates["issued"] = year
    return dates, _STATES.get(state, state)


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_BABEL = {
    "english": "en", "american": "en-US", "british": "en-GB", "german": "de", "ngerman": "de", "french": "fr",
    "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl", "russian": "ru", "chinese": "zh",
    "japanese": "ja", "korean": "ko", "polish": "pl", "swedish": "sv", "danish": "da", "norsk": "nb", "czech": "cs",
}  # fmt: skip


def _language(entry: BibEntry) -> str:
    stated = (entry.text("langid") or entry.text("hyphenation") or entry.text("language")).strip()
    return _BABEL.get(stated.lower(), stated if _TAG.fullmatch(stated) and len(stated) < 12 else "")
