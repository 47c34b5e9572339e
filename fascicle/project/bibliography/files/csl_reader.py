"""CSL-JSON and CSL-YAML, as Zotero, Pandoc and Crossref write them, read into BibLaTeX's data model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity, Span
from fascicle.project.bibliography.edtf import Point
from fascicle.project.bibliography.entry import BibEntry
from fascicle.project.bibliography.fields.html_markup import escaped
from fascicle.project.bibliography.files.record import Place, Record, RecordPerson, names, rich, with_keys
from fascicle.project.yaml_reader import read_yaml

TYPES: Mapping[str, tuple[str, str]] = {
    "article": ("online", ""), "article-journal": ("article", ""), "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"), "bill": ("legislation", ""), "book": ("book", ""),
    "broadcast": ("video", ""), "chapter": ("incollection", ""), "classic": ("book", ""), "dataset": ("dataset", ""),
    "document": ("misc", ""), "entry": ("inreference", ""), "entry-dictionary": ("inreference", ""),
    "entry-encyclopedia": ("inreference", ""), "figure": ("image", ""), "graphic": ("artwork", ""),
    "hearing": ("misc", ""), "interview": ("misc", "interview"), "legal_case": ("jurisdiction", ""),
    "legislation": ("legislation", ""), "manuscript": ("unpublished", ""), "map": ("image", "map"),
    "motion_picture": ("movie", ""), "musical_score": ("music", ""), "pamphlet": ("booklet", ""),
    "paper-conference": ("inproceedings", ""), "patent": ("patent", ""), "performance": ("performance", ""),
    "periodical": ("periodical", ""), "personal_communication": ("letter", ""), "post": ("online", ""),
    "post-weblog": ("online", "blog"), "regulation": ("legislation", ""), "report": ("report", ""),
    "review": ("review", ""), "review-book": ("review", ""), "software": ("software", ""), "song": ("audio", ""),
    "speech": ("unpublished", ""), "standard": ("standard", ""), "thesis": ("thesis", ""), "treaty": ("legislation", ""),
    "webpage": ("online", ""),
}  # fmt: skip
"""BibLaTeX's types and subtypes by CSL's (CSL 1.0.2, appendix III)."""
TEXTS: Mapping[str, str] = {
    "title": "title", "title-short": "shorttitle", "shortTitle": "shorttitle", "container-title-short": "shortjournal",
    "journalAbbreviation": "shortjournal", "collection-title": "series", "volume": "volume", "edition": "edition",
    "number-of-pages": "pagetotal", "number-of-volumes": "volumes", "publisher-place": "location", "event": "eventtitle",
    "event-title": "eventtitle", "event-place": "venue", "genre": "type", "note": "note", "abstract": "abstract",
    "keyword": "keywords", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid", "archive": "library",
    "archive_location": "shelfmark", "archive_collection": "collection", "original-title": "origtitle",
    "original-publisher": "origpublisher", "original-publisher-place": "origlocation", "version": "version",
    "chapter-number": "chapter", "part-number": "part", "article-number": "eid", "status": "pubstate", "page": "pages",
    "volume-title": "booktitle", "annote": "annotation", "reviewed-title": "booktitle",
}  # fmt: skip
"""BibLaTeX's fields by CSL's variables, where they are the same for every type."""
NAMES: Mapping[str, str] = {
    "author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor",
    "reviewed-author": "bookauthor", "director": "director", "narrator": "narrator", "producer": "producer",
    "executive-producer": "execproducer", "script-writer": "writer", "recipient": "recipient", "host": "host",
    "interviewer": "interviewer", "composer": "author", "performer": "author", "organizer": "editor", "compiler": "editor",
}  # fmt: skip
"""BibLaTeX's fields of names by CSL's."""
DATES: Mapping[str, str] = {
    "issued": "date", "accessed": "urldate", "event-date": "eventdate", "original-date": "origdate",
}  # fmt: skip
"""BibLaTeX's dates by CSL's."""
_JOURNALS = frozenset({"article", "review", "periodical"})
_HOUSES = frozenset({"report", "thesis"})
_SKIPPED = frozenset({
    "id", "type", "citation-key", "citation-label", "language", "container-title", "publisher", "number", "issue", "DOI",
    "URL", "medium", "dimensions", "collection-number", "authority", "custom", "system_id", "submitted", "available-date",
    *TEXTS, *NAMES, *DATES,
})  # fmt: skip
_EXTRA = re.compile(
    r"^[ \t]*(?:\{:)?([A-Za-z][A-Za-z-]*(?:[ -][A-Za-z]+){0,3}):[ \t]*([^\n}]+)\}?[ \t]*$", re.MULTILINE
)
"""A line of `note` that gives a variable which Zotero has no field for: `Original Date: 1781`."""


def read_json(text: str, name: str, problems: Collector) -> list[BibEntry]:
    """The entries of a CSL-JSON file."""
    lines = _Lines(text, name)
    try:
        items = list(_json_items(text))
    except (ValueError, RecursionError) as error:
        at = error.pos if isinstance(error, json.JSONDecodeError) else 0
        what = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        problems.add(
            Code.BIB_FORMAT, f"{name} is no JSON: {what}", lines.span(at), "export it again as CSL JSON"
        )
        return []
    placed = [(item, _json_place(text, start, end, lines)) for item, start, end in items]
    return _entries(placed, name, problems)


def _json_items(text: str) -> Iterator[tuple[Any, int, int]]:
    """Each item with where it begins and ends."""
    decoder, blank = json.JSONDecoder(), re.compile(r"[\s,]*")
    whole = json.loads(text) if text.lstrip("\ufeff \t\r\n")[:1] != "[" else None
    if isinstance(whole, dict):
        listed = next(
            (whole[name] for name in ("items", "references") if isinstance(whole.get(name), list)), [whole]
        )
        yield from ((item, 0, len(text)) for item in listed)
        return
    position = text.find("[") + 1
    while (match := blank.match(text, position)) and text[match.end() : match.end() + 1] not in {"]", ""}:
        item, position = decoder.raw_decode(text, match.end())
        yield item, match.end(), position
    if match is None or text[match.end() : match.end() + 1] != "]":
        raise json.JSONDecodeError("its list is not closed", text, position)


def _json_place(text: str, start: int, end: int, lines: _Lines) -> Place:
    def place(name: str) -> Span:
        at = text.find(f'"{name}"', start, end) if name else start
        return lines.span(at if at >= 0 else start)

    return place


class _Lines:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def span(self, offset: int) -> Span:
        from bisect import bisect_right

        line = bisect_right(self.starts, offset)
        return Span(self.file, line, offset - self.starts[line - 1] + 1)


def read_csl_yaml(text: str, name: str, problems: Collector) -> list[BibEntry]:
    """The entries of a CSL-YAML file: a list, or Pandoc's `references:`."""
    located = read_yaml(text, name, problems)
    value, root = located.value, tuple[str | int, ...]()
    if isinstance(value, dict) and isinstance(value.get("references"), list):
        value, root = value["references"], ("references",)
    if not isinstance(value, list):
        if not located.broken:
            problems.add(Code.BIB_FORMAT, f"{name} is no CSL-YAML: it is no list of works", Span(name))
        return []

    def placing(number: int) -> Place:
        whole = located.spans.get((*root, number), Span(name))
        return lambda field: located.spans.get((*root, number, field), whole)

    items = [(_unmarked(item), placing(number)) for number, item in enumerate(value)]
    return _entries(items, name, problems)


_MARKS = (
    (re.compile(r"\*\*([^*]{1,500})\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*([^*\s][^*]{0,500})\*"), r"<i>\1</i>"),
    (re.compile(r"~([^~\s]{1,50})~"), r"<sub>\1</sub>"),
    (re.compile(r"\^([^^\s]{1,50})\^"), r"<sup>\1</sup>"),
    (re.compile(r"\[([^][]{1,500})\]\{\.nocase\}"), r'<span class="nocase">\1</span>'),
    (re.compile(r"\[([^][]{1,500})\]\{\.smallcaps\}"), r"<sc>\1</sc>"),
)
"""Pandoc's Markdown in CSL-YAML as the HTML of CSL-JSON."""


def _unmarked(item: object) -> object:
    """An item of a YAML file with HTML for its Markdown."""
    if not isinstance(item, dict):
        return item
    found = dict(item)
    for name in found.keys() & (TEXTS.keys() | {"container-title", "publisher"}):
        if isinstance(found[name], str):
            for pattern, html in _MARKS:
                found[name] = pattern.sub(html, found[name])
    return found


def _entries(items: list[tuple[Any, Place]], name: str, problems: Collector) -> list[BibEntry]:
    works = [(item, place) for item, place in items if isinstance(item, dict)]
    if any("itemType" in item for item, _ in works[:1]):
        message = f"{name} is not CSL: it is Zotero's own JSON"
        problems.add(Code.BIB_FORMAT, message, Span(name), "export it as 'CSL JSON' or 'Better CSL JSON'")
        return []
    if len(works) < len(items) or not all("type" in item or "title" in item for item, _ in works):
        problems.add(
            Code.BIB_FORMAT,
            f"{name} holds something that is no CSL item, and is passed over",
            Span(name),
            severity=Severity.WARNING,
        )
        works = [(item, place) for item, place in works if "type" in item or "title" in item]
    people = {number: _first_family(item) for number, (item, _) in enumerate(works)}
    return list(with_keys((_record(item, place) for item, place in works), name, people, problems))


def _record(item: Mapping[str, Any], place: Place) -> Record:
    item = _with_extra(item)
    kind, subtype = TYPES.get(str(item.get("type", "")), ("misc", ""))
    if kind == "book" and item.get("editor") and not item.get("author"):
        kind = "collection"
    if item.get("container-author") and item.get("container-title"):
        kind = {"incollection": "inbook", "book": "bookinbook"}.get(kind, kind)
    record = Record(kind, place, *_keys(item))
    record.put("entrysubtype", subtype, "type")
    for name, target in NAMES.items():
        record.put(target, names(_people(item.get(name))), name)
        if target in record.fields and name in {"organizer", "compiler"} and not item.get("editor"):
            record.put("editortype", name, name)
    for name, target in DATES.items():
        record.put(target, _date(item.get(name)), name)
    for name, target in TEXTS.items():
        record.put(target, rich(_text(item.get(name))), name)
    _by_type(record, item, kind)
    record.put("langid", _text(item.get("language")), "language")
    for name, target in (("DOI", "doi"), ("URL", "url")):
        record.put(target, _text(item.get(name)), name)
    for name, value in item.items():
        if name not in _SKIPPED and re.fullmatch(r"[a-z_-]{2,40}", name) and isinstance(value, str | int):
            record.put(f"csl-{name}", rich(_text(value)), name)
    return record


def _by_type(record: Record, item: Mapping[str, Any], kind: str) -> None:
    """Variables that BibLaTeX calls differently by the entry's type."""
    house = "institution" if kind in _HOUSES else "organization" if kind == "online" else "publisher"
    container = (
        "journaltitle"
        if kind in _JOURNALS
        else "maintitle"
        if kind in {"video", "audio", "movie"}
        else "booktitle"
    )
    if kind == "online":
        container = "organization"
    if kind in {"jurisdiction", "legislation"}:
        container = "journaltitle"
    texts = {
        name: rich(_text(item.get(name))) for name in ("container-title", "publisher", "medium", "authority")
    }
    record.put(container, texts["container-title"], "container-title")
    record.put(house, texts["publisher"], "publisher")
    record.put("institution", texts["authority"], "authority")
    record.put("format" if kind == "movie" else "howpublished", texts["medium"], "medium")
    record.put(
        "runtime" if kind == "movie" else "pagetotal", rich(_text(item.get("dimensions"))), "dimensions"
    )
    for name in (
        ("issue", "number", "collection-number")
        if kind in _JOURNALS
        else ("number", "collection-number", "issue")
    ):
        record.put("number", rich(_text(item.get(name))), name)


def _keys(item: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The key by which the item is cited, and its other ones."""
    stated, given = _text(item.get("citation-key")), _text(item.get("id"))
    if not stated and given and not re.match(r"https?://|\d+$", given):
        return given, []
    return stated, [given] if given and given != stated else []


def _with_extra(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The item with what Zotero's field Extra says in lines of `variable: value`."""
    note = item.get("note")
    if not isinstance(note, str) or ":" not in note or len(note) > 20_000:
        return item
    found: dict[str, Any] = {}
    known = {name.lower(): name for name in [*_SKIPPED, *TEXTS, *DATES]}

    def taken(match: re.Match[str]) -> str:
        name = known.get(match[1].strip().lower().replace(" ", "-"), "")
        if not name or name in NAMES or name in item or name == "note":
            return match[0]
        found[name] = match[2].strip()
        return ""

    rest = _EXTRA.sub(taken, note).strip()
    return {**item, **found, "note": rest} if found else item


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    return "" if value is None or isinstance(value, dict | bool) else str(value).strip()


def _people(value: object) -> Iterator[RecordPerson]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, str):
            yield RecordPerson(literal=one)
        elif isinstance(one, dict):
            dropping, kept = _text(one.get("dropping-particle")), _text(one.get("non-dropping-particle"))
            yield RecordPerson(
                _text(one.get("family")),
                _text(one.get("given")),
                " ".join(part for part in (dropping, kept) if part),
                _text(one.get("suffix")),
                _text(one.get("literal") or one.get("name")),
                drops_prefix=bool(dropping and not kept),
            )


def _first_family(item: Mapping[str, Any]) -> str:
    for role in ("author", "editor", "director", "translator"):
        for person in _people(item.get(role)):
            return person.family or person.literal.split(" ")[-1]
    return _text(item.get("title")).split(" ")[0]


def _date(value: object) -> str:
    """A date variable as the text of a field: EDTF where it is numbers, else as typed."""
    if isinstance(value, str | int):
        return escaped(str(value))
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) and "year" not in value[0]:
        return _date(value[0])
    if isinstance(value, list):  # Pandoc's older form: a list of years, months and days
        ends = [
            _point([one.get(part) for part in ("year", "month", "day")])
            for one in value
            if isinstance(one, dict)
        ]
        return "/".join(ends) if all(ends) else ""
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    ends = (
        [_point(part, value.get("season")) for part in parts if isinstance(part, list)]
        if isinstance(parts, list)
        else []
    )
    if not ends and "year" in value:
        ends = [_point([value.get(part) for part in ("year", "month", "day")])]
    if ends and all(ends):
        doubt = "~" if value.get("circa") not in {None, False, "", "0", "false"} and len(ends) == 1 else ""
        return "/".join(ends[:2]) + doubt
    return escaped(_text(value.get("literal") or value.get("raw") or value.get("edtf")))


def _point(parts: list[Any], season: object = None) -> str:
    """Year, month and day as EDTF; an empty text when they are no date."""
    try:
        numbers = [int(part) for part in parts[:3] if part not in {None, "", 0, "0"}]
        quarter = int(str(season)) if season not in {None, ""} else 0
    except (TypeError, ValueError):
        return ""
    if not numbers or abs(numbers[0]) > 9999:
        return ""
    year = numbers[0] + 1 if numbers[0] < 0 else numbers[0]
    if len(numbers) == 2 and 13 <= numbers[1] <= 16:  # seasons as months
        numbers[1] += 8
    if len(numbers) == 1 and 1 <= quarter <= 4:
        numbers.append(20 + quarter)
    point = Point(year, *numbers[1:])
    return point.edtf if point.real else ""
