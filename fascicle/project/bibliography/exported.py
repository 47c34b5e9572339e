"""What reference managers and catalogues leave in fields that are printed: their own labels, their own names of types."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fascicle.project.bibliography.date_forms import month_named
from fascicle.project.bibliography.entry import Field
from fascicle.project.bibliography.fields.markup import plain

_MOVED: Mapping[str, str] = {
    "publisher": "publisher", "place": "location", "doi": "doi", "number": "number", "issue": "number", "volume": "volume",
    "pages": "pages", "edition": "edition", "series": "series", "isbn": "isbn", "issn": "issn", "original-date": "origdate",
    "series title": "series", "journal abbreviation": "shortjournal",
}  # fmt: skip
"""Labels that Zotero writes into `note` for what the entry's type has no field for in BibTeX, with BibLaTeX's fields."""
_DROPPED = frozenset({
    "_eprint", "bibtex", "oclc", "pmid", "pmcid", "citation key", "ads bibcode", "page version id", "articletype",
    "select", "publication title", "library catalog", "zsccite", "zscc", "wos", "mag id", "googlebooks-id", "accession number",
})  # fmt: skip
"""Labels of what no reference prints."""
_OF_ARTICLES = frozenset({"publisher", "place", "edition", "isbn", "issn", "section"})
"""What the reference of an article never has."""
_LINE = re.compile(r"\s*([A-Za-z_][A-Za-z_-]*(?: [A-Za-z]+){0,2}):\s+(\S.*?)\s*")
_JURIS = re.compile(r"\s*(?:mlzsync\d:\d+\\?\{|bib(?:la)?tex\*?\[)", re.IGNORECASE)
"""What Juris-M and Better BibTeX keep for themselves."""
_NEXT = re.compile(r"\s+(?=(?:Publisher|Section|_eprint): )")
_WHOLE = frozenset(
    {"book", "mvbook", "collection", "mvcollection", "proceedings", "thesis", "report", "manual", "booklet"}
)
_RANGE = re.compile(r"\d\s*[-–—]+\s*\d|[A-Z]\d|f\.|sq|,\s*\d+\s*,")
"""What pages of a part have and a number of pages has not."""
_KINDS = frozenset({
    "journal article", "book", "book section", "edited book", "conference paper", "conference proceedings", "generic", "report",
    "web page", "electronic article", "electronic book", "newspaper article", "magazine article", "unpublished work",
})  # fmt: skip
"""EndNote's names of the entry types themselves, which it writes into `type`."""
_PREPRINT = re.compile(
    r"(?:arxiv(?:\.org)?|corr|computing research repository)(?:\s*(?:preprint|e-?prints?))?[\s:,/]*(?:abs/|arxiv:)\s*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?",
    re.IGNORECASE,
)
"""A preprint's number where a journal's name belongs, as Google Scholar and DBLP have it."""


def without_leftovers(kind: str, fields: dict[str, Field]) -> str:
    """Put what stands in the wrong field of an entry into its own one, and give the type of the entry.

    Mendeley writes the month of an issue without a number where its number belongs, and with RIS and catalogues the
    number of a book's pages as the page that is meant.
    """
    if "note" in fields:
        _note(kind, fields)
    if "type" in fields and (stated := plain(fields["type"].value).lower()) in _KINDS:
        if kind == "article" and stated.split()[0] in {"newspaper", "magazine"}:
            fields.setdefault("entrysubtype", Field(stated.split()[0], fields["type"].span, verbatim=False))
        del fields["type"]
    if kind in _WHOLE and "pages" in fields and not _RANGE.search(pages := plain(fields["pages"].value)):
        fields.setdefault("pagetotal", Field(pages, fields["pages"].span, verbatim=False))
        del fields["pages"]
    if (
        "number" in fields
        and not fields.keys() & {"month", "date"}
        and month_named(plain(fields["number"].value))
    ):
        fields["month"] = fields.pop("number")
    if kind == "article" and "journaltitle" in fields and (number := _arxiv(fields)):
        journal = fields.pop("journaltitle")
        fields.setdefault("eprint", Field(number, journal.span, verbatim=False))
        fields.setdefault("eprinttype", Field("arXiv", journal.span, verbatim=False))
        for name in ("volume", "number", "pages", "eid"):
            if name in fields and number in plain(fields[name].value):
                del fields[name]
        return "online"
    return kind


def _arxiv(fields: dict[str, Field]) -> str:
    """The number of a preprint whose journal is no journal but arXiv."""
    journal = plain(fields["journaltitle"].value)
    tried = [
        journal,
        *(f"{journal} {plain(fields[name].value)}" for name in ("volume", "pages") if name in fields),
    ]
    return next((match[1] for one in tried if (match := _PREPRINT.fullmatch(one))), "")


def _note(kind: str, fields: dict[str, Field]) -> None:
    """Take the lines of labels out of `note`; what they say goes where the entry has nothing yet."""
    note = fields["note"]
    kept = []
    for line in note.value.split("\n"):
        match = _LINE.fullmatch(line)
        parts = (
            _NEXT.split(line)
            if match and match[1].lower() in _MOVED.keys() | _DROPPED | _OF_ARTICLES
            else [line]
        )
        kept += [part for part in parts if not (_JURIS.match(part) or _taken(part, kind, note, fields))]
    if len(kept) == len(note.value.split("\n")):
        return
    if rest := "\n".join(kept).strip():
        fields["note"] = Field(rest, note.span, verbatim=False)
    else:
        del fields["note"]


def _taken(line: str, kind: str, note: Field, fields: dict[str, Field]) -> bool:
    match = _LINE.fullmatch(line)
    label = match[1].lower() if match else ""
    if match is None:
        return False
    if label in _DROPPED or (kind == "article" and label in _OF_ARTICLES):
        return True
    target = _MOVED.get(label)
    if target:
        fields.setdefault(target, Field(match[2], note.span, verbatim=False))
    return target is not None
