"""The bibliography: entries of all its files, duplicates reported, inherited fields filled in, keys looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, Span
from fascicle.core.suggestions import get_close_matches
from fascicle.project.bibliography.checks import check_entry
from fascicle.project.bibliography.datamodel import (
    ALIASES,
    FIELD_ALIASES,
    FILM_ALIASES,
    PRINTED_FIELDS,
    REQUIRED,
    inherited_name,
    nearest_type,
)
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.fields.markup import plain
from fascicle.project.bibliography.files import formats
from fascicle.project.bibliography.normalise import normalised
from fascicle.project.sources import Sources

__all__ = ["BibEntry", "Bibliography", "Field", "check", "closest", "read_bibliography", "resolved", "unused"]
MAX_PARENTS = 30
"""An entry takes fields from parents of parents up to this many."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All entries of a publication's bibliography files."""

    entries: Mapping[str, BibEntry] = field(default_factory=dict)
    """The entries as written, by key, in the order of files and lines; of equal keys the first."""
    files: tuple[str, ...] = ()
    """The files read, relative to the project folder."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other keys of entries (`ids = {…}`), with the key they stand for."""
    broken: Mapping[str, Diagnostic] = field(default_factory=dict)
    """Keys of entries that could not be read, or that mean two works, each with what is wrong."""
    unread: bool = False
    """True when a file could not be read at all, which was told: nobody knows which keys it has."""
    _complete: dict[str, BibEntry] = field(default_factory=dict, init=False, repr=False, compare=False)
    _resolved: dict[str, BibEntry] = field(default_factory=dict, init=False, repr=False, compare=False)


def read_bibliography(
    sources: Sources, files: Iterable[tuple[str, Span | None]], problems: Collector
) -> Bibliography:
    """Read bibliography files, each given with the place that names it. Duplicate keys are found here."""
    entries: dict[str, BibEntry] = {}
    aliases: dict[str, str] = {}
    strings: dict[str, str] = {}
    names: list[str] = []
    broken: dict[str, Diagnostic] = {}
    unread = False
    for name, span in files:
        text = formats.text_of(sources, name, problems, span)
        if text is None:
            unread = True
            continue
        names.append(name)
        found = formats.read(text, name, tuple(strings.items()))
        unread |= not found.entries and any(one.severity is Severity.ERROR for one in found.problems)
        problems.extend(found.problems)
        strings.update(found.strings)
        for entry in found.entries:
            _add(entry, entries, aliases, broken, problems)
        broken |= {key: reported for key, reported in found.broken.items() if key not in entries}
    others = {alias: key for alias, key in aliases.items() if alias not in entries}
    return Bibliography(entries, tuple(names), others, broken, unread)


def _add(
    entry: BibEntry,
    entries: dict[str, BibEntry],
    aliases: dict[str, str],
    broken: dict[str, Diagnostic],
    problems: Collector,
) -> None:
    if (first := entries.get(entry.key)) is not None:
        place = f"first at {first.span.file}:{first.span.line}"
        if same(first, entry):
            message = f"the key '{entry.key}' is given twice, and says the same: {place}"
            problems.add(Code.BIB_REPEATED, message, entry.span, "one of the two is enough")
            return
        message = f"the key '{entry.key}' is given twice, and says different things: {place}"
        hint = "delete one of the two, or give it another key"
        broken[entry.key] = Diagnostic(Code.BIB_DUPLICATE_KEY, message, entry.span, Severity.ERROR, (hint,))
        return
    entries[entry.key] = entry
    for alias in re.split(r"[\s,]+", entry.text("ids")):
        if alias:
            aliases.setdefault(alias, entry.key)


def same(first: BibEntry, second: BibEntry) -> bool:
    """True when two entries say the same, but for fields that are never printed."""
    return _said(first) == _said(second)


def _said(entry: BibEntry) -> tuple[str, dict[str, str]]:
    kind, fields = canonical(entry)
    printed = replace(
        entry, type=kind, fields={name: found for name, found in fields.items() if name in PRINTED_FIELDS}
    )
    said = {name: plain(found.value).casefold() for name, found in normalised(printed).fields.items()}
    return kind, {name: value for name, value in said.items() if value}


def resolved(bibliography: Bibliography, key: str) -> BibEntry:
    """The entry with type and fields under biblatex's names, `xdata` and `crossref` fields filled in.

    Dates are EDTF, editions are numbers, and so on, wherever what was typed is understood.
    """
    known = bibliography._resolved
    if key not in known:
        known[key] = normalised(complete(bibliography, key))
    return known[key]


def complete(bibliography: Bibliography, key: str, _children: tuple[str, ...] = ()) -> BibEntry:
    """The entry with its parents' fields, each as typed. A missing parent or one that is its own child is left out."""
    known = bibliography._complete
    if key in known:
        return known[key]
    entry = bibliography.entries[key]
    kind, fields = canonical(entry)
    children = (*_children, key)
    for source in ("xdata", "crossref"):
        for name in _keys(fields, source):
            name = bibliography.aliases.get(name, name)
            if name not in bibliography.entries or name in children or len(children) > MAX_PARENTS:
                continue
            parent = complete(bibliography, name, children)
            if source == "xdata":
                given = {n: f for n, f in parent.fields.items() if n not in {"ids", "xdata"}}
            else:
                renamed = ((inherited_name(kind, parent.type, n), f) for n, f in parent.fields.items())
                given = {n: f for n, f in renamed if n}
            fields = {**given, **fields}
    known[key] = replace(entry, type=kind, fields=fields)
    return known[key]


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
    if not film and kind not in REQUIRED:
        kind = nearest_type(kind, fields)
    return ("movie" if film else kind), fields


def _has_director(entry: BibEntry) -> bool:
    return (
        "director" in entry.fields
        or entry.text("editortype") == "director"
        or entry.text("entrysubtype") == "film"
    )


def _keys(fields: Mapping[str, Field], name: str) -> list[str]:
    """The keys in a field; one given twice counts once."""
    return list(dict.fromkeys(re.findall(r"[^\s,]+", fields[name].value))) if name in fields else []


def check(bibliography: Bibliography, keys: Iterable[str], problems: Collector) -> None:
    """Check the entries under `keys`, inherited fields filled in: all that a style can print must be in order.

    What could not be read at all is an error where it is among `keys`, and else a warning.
    """
    wanted = dict.fromkeys(bibliography.aliases.get(key, key) for key in keys)
    for key, reported in bibliography.broken.items():
        severity = Severity.ERROR if key in wanted else Severity.WARNING
        problems.extend([replace(reported, severity=severity)])
    for key in wanted:
        if key in bibliography.entries:
            problems.extend(bibliography.entries[key].reported)
            check_entry(complete(bibliography, key), bibliography.entries[key].type, problems)
            _check_parents(bibliography, key, problems)


def _check_parents(bibliography: Bibliography, key: str, problems: Collector) -> None:
    fields = complete(bibliography, key).fields
    for name in ("crossref", "xdata", "related", "entryset"):
        for parent in _keys(fields, name):
            if parent not in bibliography.entries and parent not in bibliography.aliases:
                message = f"the field '{name}' of '{key}' names the entry '{parent}', which is not there"
                near = closest(bibliography, parent)
                hint = f"did you mean '{near}'?" if near else "add the entry, or delete the field"
                problems.add(Code.BIB_MISSING_PARENT, message, fields[name].span, hint)


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
