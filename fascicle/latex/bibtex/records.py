"""Works as BibTeX records of its own fourteen types.

What no field takes is said in the note, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from fascicle.citations.items.draft import draft_of, fitted_item
from fascicle.citations.items.model import Item, Person
from fascicle.citations.style_adjustments.law import reporter_in_title
from fascicle.core.ready_text import Bib
from fascicle.latex.bibtex import escape
from fascicle.latex.bibtex.markup import markup, people, spoken, words
from fascicle.project.bibliography.fields.markup import Piece, text

_TYPES: Mapping[str, str] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "review-book": "article", "post-weblog": "article", "book": "book", "classic": "book", "chapter": "incollection",
    "entry-encyclopedia": "incollection", "entry-dictionary": "incollection", "paper-conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "standard": "techreport", "manuscript": "unpublished",
    "pamphlet": "booklet",
}  # fmt: skip
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "article": {
        "container-title": "journal", "volume": "volume", "issue": "number", "page": "pages", "number": "articleno",
    },
    "book": {
        "publisher": "publisher", "publisher-place": "address", "edition": "edition", "collection-title": "series",
        "volume": "volume", "collection-number": "number",
    },
    "booklet": {"medium": "howpublished", "publisher-place": "address"},
    "incollection": {
        "container-title": "booktitle", "publisher": "publisher", "publisher-place": "address", "page": "pages",
        "edition": "edition", "collection-title": "series", "volume": "volume", "collection-number": "number",
        "chapter-number": "chapter",
    },
    "inproceedings": {
        "container-title": "booktitle", "event-title": "booktitle", "publisher": "publisher",
        "publisher-place": "address", "page": "pages", "collection-title": "series", "volume": "volume",
        "collection-number": "number",
    },
    "phdthesis": {"publisher": "school", "publisher-place": "address", "genre": "type"},
    "mastersthesis": {"publisher": "school", "publisher-place": "address", "genre": "type"},
    "techreport": {
        "publisher": "institution", "publisher-place": "address", "number": "number", "genre": "type",
    },
    "unpublished": {}, "misc": {"medium": "howpublished"},
}  # fmt: skip
"""Fields by CSL's variables, of each type; of two variables for one field the first that is there."""
_NEEDED = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
"""The field without which a record is of type `misc`."""
_EDITED = frozenset({"incollection", "inproceedings"})
"""Types of parts of a book: they have an editor besides an author."""
_SORTED = frozenset({"article", "incollection", "inproceedings", "techreport", "unpublished"})
"""Types of which styles take `key` for sorting alone; of others they print it before the title."""
_MAKERS = (
    "author",
    "director",
    "composer",
    "performer",
    "host",
    "script-writer",
    "curator",
    "producer",
    "narrator",
)
_ROLES = {
    "editor": "Edited by", "translator": "Translated by", "director": "Directed by", "illustrator": "Illustrated by",
    "interviewer": "Interviewed by", "recipient": "Addressed to", "narrator": "Read by", "performer": "Performed by",
    "composer": "Composed by", "host": "Presented by", "producer": "Produced by", "script-writer": "Written by",
    "curator": "Curated by", "reviewed-author": "Review of a work by", "container-author": "In a work by",
    "executive-producer": "Executive producer", "guest": "With", "contributor": "With",
}  # fmt: skip
_TOLD = (
    "genre", "medium", "container-title", "volume-title", "volume", "issue", "number", "number-of-volumes",
    "part-number", "chapter-number", "section", "page", "edition", "version", "collection-title", "collection-number",
    "event-title", "event-place", "publisher", "publisher-place", "authority", "jurisdiction", "reviewed-title", "scale",
    "dimensions", "archive_collection", "archive_location", "archive", "archive-place", "original-publisher",
    "original-publisher-place", "references", "status", "note",
)  # fmt: skip
"""Variables that the note tells where no field does, in this order."""
_WORDS = {
    "volume": "vol. ", "issue": "no. ", "number": "no. ", "number-of-volumes": "vols.: ", "part-number": "part ",
    "chapter-number": "chap. ", "section": "sec. ", "page": "pp. ", "version": "version ", "collection-number": "no. ",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?([~?%]?)")
_MASTER = re.compile(r"master|\bM\.?[AS]c?\b|magister", re.IGNORECASE)
_DOCTOR = re.compile(r"Ph\.?D\.? (?:thesis|dissertation|diss\.)", re.IGNORECASE)


def bibtex_records(items: Iterable[Item], keys: Mapping[str, str]) -> Bib:
    """The works as a .bib file, each under its key in `keys`."""
    return Bib("\n".join(_written(item, keys[item.key]) for item in items))


def _written(item: Item, key: str) -> Bib:
    kind, fields = record(item)
    lines = [Bib(f"  {escape.name(name)} = {value},\n") for name, value in fields.items()]
    return Bib(f"@{escape.name(kind)}{{{escape.key(key)},\n{''.join(lines)}}}\n")


def record(item: Item) -> tuple[str, Mapping[str, Bib]]:
    """A work's type and its fields, each value in braces, months as BibTeX's macros."""
    item = _by_reporter(item)
    kind = _kind(item)
    fields: dict[str, Bib] = {}
    reported = {"title"} if "title" in item.texts else {"genre"}
    made = _makers(item, kind)
    names = {field: people(item.names[role]) for role, field in made.items()}
    fields |= names
    if "author" not in fields and kind in _SORTED:
        fields["key"] = words(text(item.texts.get("title", ())) or item.key)
    fields["title"] = markup(item.texts.get("title") or item.texts.get("genre", ()))
    for variable, field in _FIELDS[kind].items():
        if (pieces := item.texts.get(variable)) and not fields.get(field) and variable not in reported:
            fields[field] = _value(field, pieces)
            reported.add(variable)
    if item.type == "motion_picture" and "howpublished" not in fields:
        fields["howpublished"] = Bib("Film")
    if kind.endswith("thesis") and _DOCTOR.fullmatch(fields.get("type", "")):
        del fields["type"]
    fields |= _addresses(item)
    fields["note"] = Bib(". ".join(_note(item, reported, made)))
    braced = {name: Bib(f"{{{value}}}") for name, value in fields.items() if value}
    return kind, {**braced, **_dates(item)}


def _by_reporter(item: Item) -> Item:
    """A case or an act with its reporter behind its name: BibTeX has no fields for them."""
    draft = draft_of(item, item.language or "en")
    reporter_in_title(draft)
    return fitted_item(item, draft, item.language or "en")


def _kind(item: Item) -> str:
    kind = _TYPES.get(item.type, "misc")
    if needed := _NEEDED.get(kind):
        variables = (variable for variable, field in _FIELDS[kind].items() if field == needed)
        if not any(item.texts.get(variable) for variable in variables):
            return "misc"
    if kind == "book" and not item.names.keys() & {"author", "editor"}:
        return "misc"
    if kind == "phdthesis" and _MASTER.search(text(item.texts.get("genre", ()))):
        return "mastersthesis"
    return kind


def _makers(item: Item, kind: str) -> dict[str, str]:
    """The fields for names by CSL's roles: who made the work, and who edited the book around it."""
    found = {}
    if first := next((role for role in _MAKERS if item.names.get(role)), None):
        found[first] = "author"
    if item.names.get("editor") and (kind in _EDITED or (kind == "book" and not found)):
        found["editor"] = "editor"
    elif not found and item.names.get("editor"):
        found["editor"] = "author"
    return found


def _value(field: str, pieces: tuple[Piece, ...]) -> Bib:
    value = markup(pieces)
    if field == "pages":
        return Bib.proved(
            re.sub(r"\s*[–-]+\s*", "–", value)
        )  # the ligature of two hyphens is switched off in our text
    if field == "edition" and value.isdigit():
        ending = (
            "th"
            if value[-2:] in {"11", "12", "13"}
            else {"1": "st", "2": "nd", "3": "rd"}.get(value[-1], "th")
        )
        return Bib.proved(value + ending)
    return value


def _addresses(item: Item) -> Iterable[tuple[str, Bib]]:
    if doi := text(item.texts.get("DOI", ())):
        return (("doi", escape.address(doi)),)
    url = text(item.texts.get("URL", ()))
    seen = item.dates.get("accessed", "") if url else ""
    return (("url", escape.address(url)), ("lastaccessed", words(seen)))


def _dates(item: Item) -> dict[str, Bib]:
    issued = item.dates.get("issued", "")
    begin, _, end = issued.partition("/")
    if not issued:
        return (
            {"year": Bib(f"{{{words(text(item.texts.get('status', ())))}}}")}
            if "status" in item.texts
            else {}
        )
    match = _DATE.fullmatch(begin)
    if match is None:
        return {"year": Bib(f"{{{words(issued)}}}")}
    year, month, day, doubt = match.groups()
    shown = words(_year(year))
    if (last := _DATE.fullmatch(end)) and last[1] != year:
        return {"year": Bib(f"{{{shown}–{words(_year(last[1]))}}}")}
    found = {"year": Bib(f"{{ca. {shown}}}" if doubt in ("~", "%") else f"{{{shown}{words(doubt)}}}")}
    if month and 1 <= int(month) <= 12 and not end:
        found["month"] = escape.name(_MONTHS[int(month) - 1])
        if day:
            found["day"] = Bib(f"{{{int(day)}}}")
    return found


def _year(digits: str) -> str:
    number = int(digits)
    return str(number) if number > 0 else f"{1 - number} BCE"


def _note(item: Item, reported: set[str], made: Mapping[str, str]) -> Iterator[Bib]:
    """Whatever else the record says."""
    others = {role: names for role, names in item.names.items() if role not in made and names}
    if "editor" in others and others["editor"] == others.get("translator"):
        yield Bib(f"Edited and translated by {_listed(others.pop('editor'))}")
        del others["translator"]
    for role, names in others.items():
        yield Bib(f"{words(_ROLES.get(role, role.replace('-', ' ').capitalize()))} {_listed(names)}")
    if text(item.texts.get("genre", ())) == "season":
        reported = {*reported, "genre", "volume", "number"}
        series = markup(item.texts.get("container-title", ()))
        yield Bib(f"{series}, season {markup(item.texts.get('number', ()))}")
        reported.add("container-title")
    for variable in _TOLD:
        if variable in reported or not (pieces := item.texts.get(variable)):
            continue
        if variable == "status" and "issued" not in item.dates:
            continue
        said = _value("pages" if variable == "page" else "", pieces)
        word = "p. " if variable == "page" and said.isdigit() else _WORDS.get(variable, "")
        found = (words(word) + said).rstrip(".")
        yield Bib.proved(found[:1].upper() + found[1:])
    if first := item.dates.get("original-date"):
        yield Bib(f"{'Filed' if item.type == 'patent' else 'First published'} {words(first)}")


def _listed(names: Iterable[Person]) -> Bib:
    shown = [spoken(person) for person in names]
    parts = [Bib(", ".join(shown[:-1])), shown[-1]]
    return Bib(" and ".join([part for part in parts if part]))
