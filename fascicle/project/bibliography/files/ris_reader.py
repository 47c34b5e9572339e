"""RIS files, as EndNote, Zotero, catalogues and databases write them, read into BibLaTeX's data model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.project.bibliography.entry import BibEntry
from fascicle.project.bibliography.fields.html_markup import escaped
from fascicle.project.bibliography.files.record import Record, RecordPerson, names, rich, with_keys
from fascicle.project.bibliography.names import is_suffix

TYPES: Mapping[str, tuple[str, str]] = {
    "ABST": ("article", ""), "ADVS": ("video", ""), "ANCIENT": ("book", ""), "ART": ("artwork", ""), "BILL": ("legislation", ""),
    "BLOG": ("online", "blog"), "BOOK": ("book", ""), "CASE": ("jurisdiction", ""), "CHAP": ("incollection", ""),
    "CHART": ("image", ""), "CLSWK": ("book", ""), "COMP": ("software", ""), "CONF": ("inproceedings", ""),
    "CPAPER": ("inproceedings", ""), "CTLG": ("book", ""), "DATA": ("dataset", ""), "DICT": ("inreference", ""),
    "EBOOK": ("book", ""), "ECHAP": ("incollection", ""), "EDBOOK": ("collection", ""), "EJOUR": ("article", ""),
    "ELEC": ("online", ""), "ENCYC": ("inreference", ""), "FIGURE": ("image", ""), "GOVDOC": ("report", ""),
    "ICOMM": ("online", ""), "INPR": ("article", ""), "INTV": ("misc", "interview"), "JFULL": ("periodical", ""),
    "JOUR": ("article", ""), "LEGAL": ("legislation", ""), "MANSCPT": ("unpublished", ""), "MAP": ("image", "map"),
    "MGZN": ("article", "magazine"), "MPCT": ("movie", ""), "MULTI": ("online", ""), "MUSIC": ("music", ""),
    "NEWS": ("article", "newspaper"), "PAMP": ("booklet", ""), "PAT": ("patent", ""), "PCOMM": ("letter", ""),
    "RPRT": ("report", ""), "SER": ("book", ""), "SLIDE": ("unpublished", ""), "SOUND": ("audio", ""),
    "STAND": ("standard", ""), "STAT": ("legislation", ""), "THES": ("thesis", ""), "UNPB": ("unpublished", ""),
    "UNPD": ("unpublished", ""), "VIDEO": ("video", ""), "WEB": ("online", ""),
}  # fmt: skip
"""BibLaTeX's types and subtypes by RIS's (the specification of 2011, and EndNote's additions)."""
_LINE = re.compile(r"^[ \t]*([A-Z][A-Z0-9])  ?- ?(.*)$")
_TITLES = ("TI", "T1", "CT")
_JOURNALS = ("JF", "T2", "JO", "JA", "J2", "J1")
_BOOKS = ("BT", "T2")
_TEXTS: Mapping[str, str] = {
    "ST": "shorttitle", "VL": "volume", "NV": "volumes", "ET": "edition", "CY": "location", "PP": "location", "T3": "series",
    "AB": "abstract", "N2": "abstract", "N1": "annotation", "RN": "annotation", "LA": "langid", "M3": "type",
    "AN": "x-accession", "CN": "x-call-number", "DB": "x-database",
}  # fmt: skip


@dataclass(slots=True)
class _RisWork:
    """One record as written: the values of each tag with their lines."""

    line: int
    kind: str
    values: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def first(self, *tags: str) -> tuple[str, str]:
        """The first value among the tags that is not empty, and its tag."""
        return next(((text, tag) for tag in tags for text, _ in self.values.get(tag, ()) if text), ("", ""))

    def every(self, *tags: str) -> list[str]:
        """All values of the tags."""
        return [text for tag in tags for text, _ in self.values.get(tag, ()) if text]


def read_ris(text: str, name: str, problems: Collector) -> list[BibEntry]:
    """The entries of a RIS file."""
    works = list(_works(text))
    if not works:
        problems.add(
            Code.BIB_FORMAT,
            f"{name} is no RIS: it has no line that begins with 'TY  - '",
            Span(name),
            "export it again as RIS",
        )
    people = {number: _first_family(work) for number, work in enumerate(works)}
    return list(with_keys((_record(work, name) for work in works), name, people, problems))


def _works(text: str) -> Iterator[_RisWork]:
    work: _RisWork | None = None
    last: list[tuple[str, int]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        if match and match[1] == "TY":
            if work:
                yield work
            work, last = _RisWork(number, match[2].strip().upper()), None
        elif match and match[1] == "ER" and not match[2].strip() and work:
            yield work
            work, last = None, None
        elif match and work:
            last = work.values.setdefault(match[1], [])
            last.append((match[2].strip(), number))
        elif work and last and line.strip() and len(last[-1][0]) < 100_000:
            last[-1] = (f"{last[-1][0]} {line.strip()}".strip(), last[-1][1])
    if work:
        yield work


def _record(work: _RisWork, file: str) -> Record:
    kind, subtype = TYPES.get(work.kind, ("misc", ""))

    def place(tag: str) -> Span:
        return Span(file, work.values[tag][0][1] if work.values.get(tag) else work.line)

    stated = work.first("ID", "LB")[0]
    usable = bool(stated) and not re.fullmatch(r"\d+|.*\s.*", stated)
    record = Record(kind, place, stated if usable else "", [] if usable or not stated else [stated])
    record.put("entrysubtype", subtype, "TY")
    _people(record, work)
    _titles(record, work, kind)
    for tag, target in _TEXTS.items():
        record.put(
            target, rich("; ".join(work.every(tag)) if tag in {"AB", "N1"} else work.first(tag)[0]), tag
        )
    for target, tags in (("date", ("DA", "PY", "Y1")), ("urldate", ("Y2",)), ("origdate", ("OP",))):
        value, tag = _date(work, *tags)
        record.put(target, escaped(value), tag)
    record.put("keywords", rich(", ".join(work.every("KW"))), "KW")
    record.put("doi", _doi(work), "DO")
    urls = [one for text in work.every("UR") for one in re.split(r"[;\s]+(?=https?://|www\.)", text)]
    record.put("url", " ".join(urls), "UR")
    _numbers(record, work, kind)
    return record


def _titles(record: Record, work: _RisWork, kind: str) -> None:
    title, tag = work.first(*_TITLES, *(("BT",) if kind in {"book", "collection"} else ()))
    record.put("title", rich(title), tag)
    if kind in {"article", "periodical"}:
        journal, tag = work.first(*_JOURNALS)
        record.put("journaltitle", rich(journal), tag)
        short, tag = work.first("JA", "J2", "JO")
        record.put("shortjournal", rich(short if short != journal else ""), tag)
    elif kind in {"book", "collection"}:
        series, tag = work.first("T2")
        record.put("series", rich(series), tag)
    else:
        book, tag = work.first(*_BOOKS, *_JOURNALS)
        container = (
            "maintitle"
            if kind in {"video", "audio", "movie"}
            else "organization"
            if kind == "online"
            else "booktitle"
        )
        record.put(container, rich(book), tag)
    house, tag = work.first("PB")
    record.put("institution" if kind in {"report", "thesis"} else "publisher", rich(house), tag)


def _numbers(record: Record, work: _RisWork, kind: str) -> None:
    number, tag = work.first("IS", "M1")
    record.put("number", rich(number), tag)
    start, end = work.first("SP")[0], work.first("EP")[0]
    pages = f"{start}--{end}" if start and end and end != start and "-" not in start else start or end
    record.put(
        "pagetotal" if kind in {"book", "thesis"} and pages.isdigit() else "pages", escaped(pages), "SP"
    )
    serial, tag = work.first("SN")
    record.put("issn" if kind in {"article", "periodical"} else "isbn", escaped(serial), tag)


def _doi(work: _RisWork) -> str:
    found = work.first("DO", "DI")[0] or work.first("M3")[0]
    match = re.search(r"10\.\d{3,9}/\S+", found)
    return match[0] if match else ""


def _people(record: Record, work: _RisWork) -> None:
    editors = ("ED",) if record.type in {"book", "thesis"} else ("ED", "A2")
    lists = {"author": ("AU", "A1"), "editor": editors, "translator": ("A4", "TA")}
    for target, tags in lists.items():
        found = next((tag for tag in tags if work.every(tag)), "")
        record.put(target, names(map(_person, work.every(*tags))), found)
    if record.type == "collection" and "editor" not in record.fields and "author" in record.fields:
        record.fields["editor"] = record.fields.pop("author")


def _person(text: str) -> RecordPerson:
    """`Family, Given, Suffix`; a name without a comma is a body's, or whole in another way."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return RecordPerson(literal=text.strip(" ,"))
    suffix = parts[2] if len(parts) > 2 and is_suffix(parts[2]) else ""
    given = parts[1] if suffix else ", ".join(parts[1:])
    words = parts[0].split()
    small = next((n for n, word in enumerate(words) if not word[:1].islower()), len(words) - 1)
    return RecordPerson(" ".join(words[small:]), given, " ".join(words[:small]), suffix)


def _first_family(work: _RisWork) -> str:
    found = next(iter(work.every("AU", "A1", "ED", "A2")), "")
    person = _person(found)
    return person.family or person.literal.split(" ")[-1] or work.first(*_TITLES)[0].split(" ")[0]


def _date(work: _RisWork, *tags: str) -> tuple[str, str]:
    """`2001/05/12/` and `2001///Spring`, as dates are read; the fullest of those given."""
    found = [(_written(text), tag) for tag in tags for text in work.every(tag)]
    dated = [one for one in found if re.search(r"\d{4}", one[0])] or found
    return max(
        dated,
        key=lambda one: len(one[0]) if re.match(r"\d{4}(-\d\d)*$", one[0]) else 4,
        default=("", tags[0]),
    )


def _written(text: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:/(\d{0,2}))?(?:/(\d{0,2}))?(?:/(.*))?", text.strip())
    if match is None:
        return text.strip()
    year, month, day, rest = (part or "" for part in match.groups())
    if rest and not month and re.search(r"[^\W\d_]", rest):
        return f"{rest.strip()} {year}"
    return "-".join(part.zfill(2) for part in (year, month, day if month else "") if part)
