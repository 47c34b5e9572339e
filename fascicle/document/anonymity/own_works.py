"""Works of the publication's own authors in its bibliography.

Cited as `Author 2014a`, kept out of the list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fascicle.document.anonymity.identifying_terms import Other
from fascicle.document.anonymity.name_matching import NamedPerson, folded, same_person
from fascicle.document.citation_format import CitationFormat
from fascicle.project.bibliography.datamodel import DATE_FIELDS, NAME_FIELDS, PRINTED_FIELDS
from fascicle.project.bibliography.fields.markup import plain
from fascicle.project.bibliography.library import BibEntry, Bibliography, Field, resolved
from fascicle.project.bibliography.names import Name, read_names, split

_UNDATED = "n.d."


@dataclass(frozen=True, slots=True)
class Withheld:
    """A bibliography in which nobody of the authors is left."""

    bibliography: Bibliography
    """The cited entries: others' as they are, the authors' own as `Author` and a year."""
    keys: Mapping[str, str]
    """The new keys of the authors' own works."""
    others: tuple[Other, ...]
    """The people who are still named."""
    phrases: frozenset[str]
    """What else is still printed of works, as plain text."""


def withhold(
    bibliography: Bibliography,
    cited: Iterable[str],
    authors: Iterable[NamedPerson],
    format: CitationFormat,
    word: str,
) -> Withheld:
    """The cited part of `bibliography` without works by `authors`; `word` stands for their names."""
    people = tuple(authors)
    entries = [resolved(bibliography, key) for key in _needed(bibliography, cited)]
    own = [entry for entry in entries if _is_own(entry, people)]
    others = [_without(entry, people, {one.key for one in own}) for entry in entries if entry not in own]
    keys = {entry.key: f"withheld-{number}" for number, entry in enumerate(own, start=1)}
    aliases = {alias: key for alias, key in bibliography.aliases.items() if key not in keys}
    keys |= {alias: keys[key] for alias, key in bibliography.aliases.items() if key in keys}
    shown = {entry.key: entry for entry in [*_labelled(own, keys, format, word), *others]}
    return Withheld(
        replace(bibliography, entries=shown, aliases=aliases),
        keys,
        tuple(_others(others)),
        frozenset(_phrases(others)),
    )


def _needed(bibliography: Bibliography, cited: Iterable[str]) -> list[str]:
    """The cited keys and those of works that a cited entry names as related."""
    needed: dict[str, None] = {}
    waiting = list(cited)
    while waiting:
        key = waiting.pop(0)
        if key not in needed and key in bibliography.entries:
            needed[key] = None
            entry = resolved(bibliography, key)
            waiting += [
                part.strip() for name in ("related", "entryset") for part in entry.text(name).split(",")
            ]
    return list(needed)


def person_named(name: Name) -> Iterator[NamedPerson]:
    """A name of a bibliography as it may be compared: with its particle and without."""
    family, given, native = plain(name.family), plain(name.given), plain(name.native)
    yield NamedPerson(family, given, native)
    if name.prefix:
        yield NamedPerson(f"{plain(name.prefix)} {family}", given, native)


def _is_ours(name: Name, people: tuple[NamedPerson, ...]) -> bool:
    return any(same_person(one, author) for one in person_named(name) for author in people)


def _is_own(entry: BibEntry, people: tuple[NamedPerson, ...]) -> bool:
    """Whether one of the authors wrote the work, or, where nobody wrote it, edited it."""
    for field in ("author", "editor", "organization", "institution"):
        if entry.text(field).strip():
            return any(_is_ours(name, people) for name in read_names(entry, field).names)
    return False


def _without(entry: BibEntry, people: tuple[NamedPerson, ...], withheld: set[str]) -> BibEntry:
    """Somebody else's work without authors of ours in its lesser roles, and without links to what is withheld."""
    fields = {
        name: field for name, field in entry.fields.items() if name not in ("crossref", "xdata", "xref")
    }
    for name in NAME_FIELDS & fields.keys():
        names = read_names(entry, name).names
        if any(_is_ours(one, people) for one in names):
            kept = _kept_names(entry.text(name), names, people)
            field = fields.pop(name)
            fields = {key: value for key, value in fields.items() if not key.startswith(f"{name}+")}
            if kept:
                fields[name] = Field(kept, field.span, verbatim=False)
    for name in ("related", "entryset"):
        keys = [part.strip() for part in entry.text(name).split(",") if part.strip()]
        if any(key in withheld for key in keys):
            fields[name] = Field(",".join(key for key in keys if key not in withheld), fields[name].span)
    return replace(entry, fields=fields)


def _kept_names(value: str, names: tuple[Name, ...], people: tuple[NamedPerson, ...]) -> str:
    items = [item.strip() for _, item in split(value) if item.strip()]
    stated = [item for item in items if item.lower() != "others"]
    kept = [item for item, name in zip(stated, names, strict=False) if not _is_ours(name, people)]
    return " and ".join([*kept, *(["others"] if kept and len(stated) < len(items) else [])])


def _labelled(
    own: list[BibEntry], keys: Mapping[str, str], format: CitationFormat, word: str
) -> Iterator[BibEntry]:
    """Entries that citations alone show. Styles of author and date find the letters after years themselves."""
    years = Counter(_year(entry) for entry in own)
    seen: Counter[str] = Counter()
    for entry in own:
        year = _year(entry)
        letter = chr(ord("a") + seen[year] % 26) if years[year] > 1 else ""
        seen[year] += 1
        label = f"{word} {year or _UNDATED}{letter}"
        author, more = _shown(format, word, year, label)
        values = {"author": f"{{{author}}}", "options": "skipbib=true", **more}
        fields = {name: Field(value, entry.span, verbatim=False) for name, value in values.items()}
        yield BibEntry(keys[entry.key], "misc", fields, entry.span)


def _shown(format: CitationFormat, word: str, year: str, label: str) -> tuple[str, dict[str, str]]:
    """The author's name and further fields with which a style prints `Author 2014`."""
    if format is CitationFormat.AUTHOR_DATE:
        return word, {"date": year} if year else {}
    if format in (CitationFormat.NUMERIC, CitationFormat.LABEL):
        return word, {"shorthand": label}
    return label, {}


def _year(entry: BibEntry) -> str:
    """The first year of the date; empty when there is none."""
    found = re.search(r"\d{4}", entry.text("date") or entry.text("year"))
    return found[0] if found else ""


def _others(entries: Iterable[BibEntry]) -> Iterator[Other]:
    """Who is named in the list, with what stands beside the name in citations."""
    for entry in entries:
        named = [
            name for field in NAME_FIELDS & entry.fields.keys() for name in read_names(entry, field).names
        ]
        people = [person for name in named for person in person_named(name)]
        title = " ".join(re.findall(r"\w+", folded(plain(entry.text("title"))))[:2])
        evidence = frozenset(one for one in (_year(entry), title, "n d", "forthcoming") if one)
        for person in people:
            rest = frozenset(folded(other.family) for other in people if other is not person)
            yield Other(person, rest, evidence)


def _phrases(entries: Iterable[BibEntry]) -> Iterator[str]:
    """Everything that the list prints besides names and dates."""
    for entry in entries:
        for name, field in entry.fields.items():
            if name in PRINTED_FIELDS - NAME_FIELDS - DATE_FIELDS:
                items = [item for _, item in split(field.value)]
                yield from (folded(plain(item)) for item in items if item.strip())
                yield folded(plain(field.value))
