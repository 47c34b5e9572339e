"""The bibliography: entries of all .bib files, duplicates reported, inherited fields filled in, keys looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Span
from fascicle.core.suggestions import get_close_matches
from fascicle.project.bibliography.checks import check_entry
from fascicle.project.bibliography.datamodel import ALIASES, FIELD_ALIASES, FILM_ALIASES, inherited_name
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.parser import BibFile
from fascicle.project.sources import Sources

__all__ = ["BibEntry", "Bibliography", "Field", "check", "closest", "read_bibliography", "resolved", "unused"]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All entries of a publication's .bib files."""

    entries: Mapping[str, BibEntry] = field(default_factory=dict)
    """The entries as written, by key, in the order of files and lines; of equal keys the first."""
    files: tuple[str, ...] = ()
    """The files read, relative to the project folder."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other keys of entries (`ids = {…}`), with the key they stand for."""
    broken: frozenset[str] = frozenset()
    """Keys of entries that could not be read: a citation of one needs no further complaint."""


def read_bibliography(
    sources: Sources, files: Iterable[tuple[str, Span | None]], problems: Collector
) -> Bibliography:
    """Read .bib files, each given with the place that names it. Syntax and duplicate keys are checked here."""
    entries: dict[str, BibEntry] = {}
    aliases: dict[str, str] = {}
    strings: dict[str, str] = {}
    names: list[str] = []
    broken: set[str] = set()
    for name, span in files:
        text = sources.text(name, problems, span)
        if text is None:
            continue
        names.append(name)
        found = _read(text, name, tuple(strings.items()))
        problems.extend(found.problems)
        strings.update(found.strings)
        for entry in found.entries:
            _add(entry, entries, aliases, problems)
        broken |= found.broken
    others = {alias: key for alias, key in aliases.items() if alias not in entries}
    return Bibliography(entries, tuple(names), others, frozenset(broken - entries.keys()))


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file holds."""

    entries: tuple[BibEntry, ...]
    broken: frozenset[str]
    strings: Mapping[str, str]
    problems: tuple[Diagnostic, ...]


@lru_cache(maxsize=8)  # of a publication that is read again after a change, it is mostly the same
def _read(text: str, name: str, strings: tuple[tuple[str, str], ...]) -> _Read:
    problems, known = Collector(), dict(strings)
    file = BibFile(text, name, known, problems)
    entries = tuple(file.entries())
    return _Read(entries, frozenset(file.broken), known, tuple(problems))


def _add(entry: BibEntry, entries: dict[str, BibEntry], aliases: dict[str, str], problems: Collector) -> None:
    if entry.key in entries:
        first = entries[entry.key].span
        message = f"the key '{entry.key}' is given twice: first at {first.file}:{first.line}"
        problems.add(
            Code.BIB_DUPLICATE_KEY, message, entry.span, "delete one of the two, or give it another key"
        )
        return
    entries[entry.key] = entry
    for alias in entry.text("ids").split(","):
        if alias.strip():
            aliases.setdefault(alias.strip(), entry.key)


def resolved(bibliography: Bibliography, key: str, _seen: frozenset[str] = frozenset()) -> BibEntry:
    """The entry with type and fields under biblatex's names, `xdata` and `crossref` fields filled in.

    A key that leads back to itself is not followed again; a missing parent is left out (`check` reports it).
    """
    entry = bibliography.entries[key]
    kind, fields = canonical(entry)
    for source in _keys(fields, "xdata"):
        if source in bibliography.entries and source not in _seen | {key}:
            parent = resolved(bibliography, source, _seen | {key})
            fields = {**{n: f for n, f in parent.fields.items() if n not in {"ids", "xdata"}}, **fields}
    for source in _keys(fields, "crossref"):
        if source in bibliography.entries and source not in _seen | {key}:
            parent = resolved(bibliography, source, _seen | {key})
            inherited = {inherited_name(kind, parent.type, n): f for n, f in parent.fields.items()}
            fields = {**{n: f for n, f in inherited.items() if n}, **fields}
    return replace(entry, type=kind, fields=fields)


def canonical(entry: BibEntry) -> tuple[str, dict[str, Field]]:
    """Type and fields of an entry under biblatex's names, those of a film under the names of our film record."""
    kind, implied = ALIASES.get(entry.type, (entry.type, ""))
    film = kind == "movie" or (kind == "video" and _has_director(entry))
    renamed = {**FIELD_ALIASES, **(FILM_ALIASES if film else {})}
    fields: dict[str, Field] = {}
    for name, value in entry.fields.items():
        base, plus, rest = name.partition("+")
        target = renamed.get(base, base) + plus + rest
        if target == name or target not in entry.fields:
            fields.setdefault(target, value)
    if film and entry.text("editortype") == "director":
        fields = {n.replace("editor", "author"): f for n, f in fields.items() if n != "editortype"}
    if implied and "type" not in fields:
        fields["type"] = Field(implied, entry.span, verbatim=False)
    return ("movie" if film else kind), fields


def _has_director(entry: BibEntry) -> bool:
    return (
        "director" in entry.fields
        or entry.text("editortype") == "director"
        or entry.text("entrysubtype") == "film"
    )


def _keys(fields: Mapping[str, Field], name: str) -> list[str]:
    return [key.strip() for key in fields[name].value.split(",") if key.strip()] if name in fields else []


def check(bibliography: Bibliography, keys: Iterable[str], problems: Collector) -> None:
    """Check the entries under `keys`, inherited fields filled in: all that a style can print must be in order."""
    for key in keys:
        if key not in bibliography.entries:
            continue
        entry = resolved(bibliography, key)
        check_entry(entry, entry.type, problems)
        for name in ("crossref", "xdata", "related", "entryset"):
            for parent in _keys(entry.fields, name):
                if parent not in bibliography.entries:
                    message = f"the field '{name}' of '{key}' names the entry '{parent}', which is not there"
                    near = closest(bibliography, parent)
                    hint = f"did you mean '{near}'?" if near else "add the entry, or delete the field"
                    problems.add(Code.BIB_MISSING_PARENT, message, entry.fields[name].span, hint)


def closest(bibliography: Bibliography, key: str) -> str | None:
    """The key of the bibliography that looks most like `key`; None when none does."""
    known = [*bibliography.entries, *bibliography.aliases]
    folded = {name.lower(): name for name in reversed(known)}
    near = get_close_matches(key.lower(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def unused(bibliography: Bibliography, cited: Iterable[str]) -> Sequence[BibEntry]:
    """Entries that are neither cited nor needed by a cited one, in the order of files and lines."""
    needed, waiting = set[str](), list(cited)
    while waiting:
        key = waiting.pop()
        key = bibliography.aliases.get(key, key)
        if key in needed or key not in bibliography.entries:
            continue
        needed.add(key)
        fields = bibliography.entries[key].fields
        waiting += [
            k for name in ("crossref", "xdata", "related", "entryset", "xref") for k in _keys(fields, name)
        ]
    return [entry for key, entry in bibliography.entries.items() if key not in needed]


def note_unused(
    bibliography: Bibliography, cited: Iterable[str], problems: Collector, *, each: bool = False
) -> None:
    """Note entries that nobody cites: one note a file, or with `each` one an entry."""
    found = unused(bibliography, cited)
    if each:
        for entry in found:
            problems.add(Code.BIB_UNUSED, f"the entry '{entry.key}' is not cited", entry.span)
        return
    for file in bibliography.files:
        here = [entry for entry in found if entry.span.file == file]
        if here:
            some = ", ".join(f"'{entry.key}'" for entry in here[:5]) + (", …" if len(here) > 5 else "")
            noun = "entry is" if len(here) == 1 else "entries are"
            message = f"{len(here)} {noun} not cited: {some}"
            problems.add(Code.BIB_UNUSED, message, here[0].span, "they are not printed; this is only a note")
