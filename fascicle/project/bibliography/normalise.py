"""Records as every reader of them wants them.

Dates in EDTF, editions as numbers, one address in each field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fascicle.project.bibliography import edtf
from fascicle.project.bibliography.date_forms import from_year, read_date, reprint
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.exported import without_leftovers
from fascicle.project.bibliography.fields.markup import plain

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_EDITION = re.compile(
    r"(\d{1,3})(?:st|nd|rd|th|e|è|ème|ª|º|\.)?(?:\s*(?:ed|edn|edition|aufl|auflage|éd|édition|edición|edizione|edição|druk|rev)\b\.?)?\.?",
    re.IGNORECASE,
)
_EDITION_WORD = re.compile(rf"({'|'.join(_ORDINALS)})(?:\s+(?:ed\.|edition|edn))?\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s\"<>]+|www\.[^\s\"<>]+", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{3,9}/\S+)", re.IGNORECASE)
_ARXIV = re.compile(r"(?:https?://arxiv\.org/(?:abs|pdf)/|arxiv:\s*)?([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?"
                    r"(?:\s*\[([\w.-]+)\])?", re.IGNORECASE)  # fmt: skip
_SEEN = re.compile(
    r"\[?(?:online[;,:]?\s*)?(?:last\s+)?(?:accessed|visited|retrieved|abgerufen|zugriff|consulté)(?:\s+(?:on|am|le))?:?\s*(.{4,40}?)\]?\.?",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\s*(?:\[?online\]?[.;,:]?\s*)?(?:(?:available|retrieved)(?:\s+(?:at|from|online|via))?:?\s*|url:?\s*)?"
    r"(?:\\url\s*\{([^{}\s]+)\}|((?:(?:https?|ftp)://|www\.)[^\s{}]+))",
    re.IGNORECASE,
)
"""An address, perhaps with the words that lead to it, at the beginning of a text."""
OPTION = re.compile(
    r"\s*(useprefix|useauthor|useeditor|usetranslator|skipbib|skipbiblist|noinherit|dataonly)\s*(?:=\s*(?:true|false)\s*)?"
)
"""Options of an entry that are read."""
_MAX_ADDRESS = 5_000


def normalised(entry: BibEntry) -> BibEntry:
    """`entry` with what people write in many ways written in one; what is not understood stays as typed."""
    fields = dict(entry.fields)
    kind = without_leftovers(entry.type, fields)
    entry = replace(entry, type=kind, fields=dict(fields))
    _date(entry, fields)
    for name in ("eventdate", "origdate", "urldate"):
        if name in fields and (found := read_date(_stated(fields[name].value))):
            _put(fields, name, found)
    if "edition" in fields and (number := edition_number(plain(fields["edition"].value))):
        _put(fields, "edition", number)
    _links(entry, fields)
    if "options" in fields:
        known = [one.strip() for one in fields["options"].value.split(",") if OPTION.fullmatch(one)]
        _put(fields, "options", ",".join(known))
    if not re.fullmatch(r"[a-z]*", fields["relatedtype"].value.strip() if "relatedtype" in fields else ""):
        del fields["relatedtype"]
    return replace(entry, fields=fields)


def _put(fields: dict[str, Field], name: str, value: str, source: str = "") -> None:
    """Write a field, at the place of the one that it is made from."""
    old = fields[source or name]
    if old.value != value or source not in {"", name}:
        fields[name] = Field(value, old.span, verbatim=False)


def _date(entry: BibEntry, fields: dict[str, Field]) -> None:
    """`date`, or `year` with `month` and `day`, as one date; or the state of publication; or the text as typed."""
    date, year = _stated(entry.text("date")), _stated(entry.text("year"))
    if not date and not year:
        return
    again, first = reprint(date or year)
    found = again or read_date(date) or from_year(year, plain(entry.text("month")), plain(entry.text("day")))
    source = "date" if date else "year"
    if first and "origdate" not in fields:
        _put(fields, "origdate", first, source)
    for name in ("date", "month", "day"):
        fields.pop(name, None)
    fields["year"] = entry.fields[source]
    if found:
        _put(fields, "date", found, source="year")
    elif state := edtf.state(date or year):
        _put(fields, "pubstate", state, source="year")
    elif not edtf.undated(date or year):
        return
    del fields["year"]


def _stated(value: str) -> str:
    """A date's text; a tilde after a year is EDTF's sign of doubt and no space."""
    return plain(re.sub(r"(?<=[\dX])~(?=/|\s*$)", r"\\textasciitilde{}", value))


def edition_number(edition: str) -> str:
    """`2nd`, `Second edition` and `2. Aufl.` as `2`; an empty text for what is no number."""
    if match := _EDITION.fullmatch(edition):
        return str(int(match[1]))
    if match := _EDITION_WORD.fullmatch(edition):
        return str(_ORDINALS.index(match[1].lower()) + 1)
    return ""


def _links(entry: BibEntry, fields: dict[str, Field]) -> None:
    """One address in `url`, the DOI bare in `doi`, arXiv's number in `eprint`."""
    urls = addresses(entry.text("url"))
    if entry.text("url").strip() and urls:
        own = [one for one in urls if not _DOI.fullmatch(one)]
        if "doi" not in fields and len(urls) > len(own) and own:
            _put(fields, "doi", next(one for one in urls if _DOI.fullmatch(one)), "url")
        _put(fields, "url", (own or urls)[0])
    elif not entry.text("url").strip():
        _moved_address(fields)
    if "eprint" in fields and (match := _ARXIV.fullmatch(plain(fields["eprint"].value))):
        _arxiv(fields, match)
    if "note" in fields and "urldate" not in fields and fields.get("url"):
        match = _SEEN.fullmatch(plain(fields["note"].value))
        if match and (day := read_date(match[1])):
            _put(fields, "urldate", day, "note")
            del fields["note"]


def _arxiv(fields: dict[str, Field], match: re.Match[str]) -> None:
    stated = fields["eprinttype"].value.strip().lower() if "eprinttype" in fields else ""
    if stated in {"", "arxiv"}:
        if not stated:
            _put(fields, "eprinttype", "arXiv", "eprint")
        _put(fields, "eprint", match[1])
        if match[2] and "eprintclass" not in fields:
            _put(fields, "eprintclass", match[2], "eprint")


def _moved_address(fields: dict[str, Field]) -> None:
    """Take the address with which `howpublished` or `note` begins into `url`, as many BibTeX files have it."""
    for name in ("howpublished", "note"):
        match = _BEGUN.match(fields[name].value) if name in fields else None
        address = (match[1] or match[2].rstrip(".,;")) if match else ""
        if match is None or not _ADDRESS.fullmatch(address):
            continue
        rest = fields[name].value[match.end() :].strip(" .,;\n\t")
        _put(fields, "url", address, name)
        seen = _SEEN.fullmatch(plain(rest))
        if seen and "urldate" not in fields and (day := read_date(seen[1])):
            _put(fields, "urldate", day, name)
            rest = ""
        if rest:
            fields[name] = Field(rest, fields[name].span, verbatim=False)
        else:
            del fields[name]
        return


def addresses(value: str) -> list[str]:
    """The web addresses in a text; the text itself where it is one word."""
    if len(value) > _MAX_ADDRESS:
        return []
    text = re.sub(r"\s*\n\s+", "\n", re.sub(r"\\(?:url|path)\s*\{([^{}]*)\}", r" \1 ", value.strip())).strip()
    if not re.search(r"\s", text):
        return [text] if text else []
    return list(_found(text))


def _found(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        yield match[0].rstrip(".,;)") if match[0].count("(") < match[0].count(")") else match[0].rstrip(".,;")
