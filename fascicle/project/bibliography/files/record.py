"""Records of other formats as BibLaTeX entries.

Plain text escaped, names written out, keys made where there are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.project.bibliography.datamodel import LIST_FIELDS
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.fields.html_markup import escaped

Place = Callable[[str], Span]
"""Where a field of the record stands, by its name there."""
_TAGGED = re.compile(r"</?[A-Za-z][^<>]{0,200}>|[^<]+|<")
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"[,=\"]|\band\b", re.IGNORECASE)


@dataclass(slots=True)
class Record:
    """One work on its way from another format."""

    type: str
    """The entry type."""
    place: Place
    """Where its parts stand."""
    key: str = ""
    """The key that it has; empty when one is to be made."""
    aliases: list[str] = field(default_factory=list)
    """Other keys that it has."""
    fields: dict[str, Field] = field(default_factory=dict)
    """Its fields under BibLaTeX's names."""

    def put(self, name: str, value: str, source: str = "") -> None:
        """Add a field whose value is ready, unless it is empty or there already."""
        if value.strip() and name not in self.fields:
            if name in LIST_FIELDS and _AND.search(value):
                value = f"{{{value.strip()}}}"  # one publisher, not two
            self.fields[name] = Field(value.strip(), self.place(source or name), verbatim=False)

    def entry(self) -> BibEntry:
        """The record as an entry."""
        if self.aliases:
            self.put("ids", ",".join(alias for alias in self.aliases if not re.search(r"[\s,]", alias)), "id")
        return BibEntry(self.key, self.type, self.fields, self.place(""))


@dataclass(frozen=True, slots=True)
class RecordPerson:
    """A name as the other formats have it, in plain text."""

    family: str = ""
    """Family name."""
    given: str = ""
    """Given names."""
    prefix: str = ""
    """Particles."""
    suffix: str = ""
    """Jr., III."""
    literal: str = ""
    """The whole name of a body; then all else is empty."""
    drops_prefix: bool = False
    """True when the particles stand after the given names."""


def rich(text: str) -> str:
    """Plain text that may hold HTML as a field's value."""
    if "<" not in text:
        return escaped(text)
    return "".join(
        part if len(part) > 2 and part[0] == "<" else escaped(part) for part in _TAGGED.findall(text)
    )


def names(people: Iterable[RecordPerson]) -> str:
    """Names as a field's value."""
    return " and ".join(filter(None, map(_name, people)))


def _name(person: RecordPerson) -> str:
    if person.literal or not person.family:
        whole = person.literal or person.given
        return (
            "others"
            if whole.lower() in {"others", "et al", "et al."}
            else f"{{{escaped(whole)}}}"
            if whole
            else ""
        )
    parts = {"family": person.family, "given": person.given, "prefix": person.prefix, "suffix": person.suffix}
    written = [f"{label}={_part(value)}" for label, value in parts.items() if value]
    if person.drops_prefix and person.prefix:
        written.append("useprefix=false")
    return ", ".join(written)


def _part(value: str) -> str:
    return f"{{{escaped(value)}}}" if _AMBIGUOUS.search(value) else escaped(value)


def with_keys(
    records: Iterable[Record], file: str, people: Mapping[int, str], problems: Collector
) -> Iterator[BibEntry]:
    """The entries, those without a key under one made of family name and year; `people` are the names by number."""
    taken: set[str] = set()
    made: list[str] = []
    for number, record in enumerate(records):
        if not record.key or re.search(r"\s", record.key):
            record.key = _new_key(people.get(number, ""), record, taken)
            made.append(record.key)
        taken.add(record.key)
        yield replace(record.entry(), key=record.key)
    if made:
        some = ", ".join(f"'{key}'" for key in made[:5]) + (", …" if len(made) > 5 else "")
        message = f"{len(made)} works of {file} have no key; they are cited by family name and year: {some}"
        problems.add(Code.BIB_MADE_KEY, message, Span(file), "a key given in the file itself is safer")


def _new_key(family: str, record: Record, taken: set[str]) -> str:
    folded = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]", "", folded.lower()) or re.sub(r"\W", "", family) or "work"
    date = record.fields.get("date")
    year = re.search(r"\d{4}", date.value if date else "")
    key = stem[:40] + (year[0] if year else "")
    letters = (f"{key}{chr(ord('a') + n % 26) * (1 + n // 26)}" for n in range(10**6))
    return key if key not in taken else next(one for one in letters if one not in taken)
