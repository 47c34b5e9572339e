"""Checks of bibliography entries: types, required fields, dates, names, and TeX that is not allowed."""

from __future__ import annotations

import re
from collections.abc import Callable

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.suggestions import get_close_matches
from fascicle.project.bibliography import edtf
from fascicle.project.bibliography.datamodel import (
    ALIASES,
    DATE_FIELDS,
    FIELD_ALIASES,
    NAME_FIELDS,
    PRINTED_FIELDS,
    REQUIRED,
    UNPRINTED_FIELDS,
    VERBATIM_FIELDS,
)
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.markup import parse, plain
from fascicle.project.bibliography.names import split

_OPTION = re.compile(
    r"\s*(useprefix|useauthor|useeditor|usetranslator|skipbib|skipbiblist|noinherit|dataonly)\s*(?:=\s*(?:true|false)\s*)?"
)


def check_entry(entry: BibEntry, kind: str, problems: Collector) -> None:
    """Report what is wrong with one entry, its inherited fields already in it; `kind` is its type after aliases."""
    if kind not in REQUIRED:
        problems.add(
            Code.BIB_UNKNOWN_TYPE,
            f"'@{entry.type}' is no entry type that Fascicle knows",
            entry.span,
            _type_meant(entry.type),
        )
        return
    _required(entry, kind, problems)
    for name, field in entry.fields.items():
        if name in UNPRINTED_FIELDS or name.startswith("x-"):
            continue
        base = name.partition("+an")[0]
        if base in PRINTED_FIELDS or "+an" in name:
            _field(entry, base, field, problems)
    if "options" in entry.fields:
        _options(entry, entry.fields["options"], problems)


_MEANT = {
    **dict.fromkeys(("interview", "archive", "archival", "manuscript", "document"), "unpublished"),
    **dict.fromkeys(
        ("newspaper", "newspaperarticle", "magazine", "magazinearticle", "journalarticle"), "article"
    ),
    **dict.fromkeys(("chapter", "booksection", "bookchapter"), "incollection"),
    **dict.fromkeys(("website", "blog", "blogpost", "post", "url"), "online"),
    **dict.fromkeys(("speech", "lecture", "talk", "presentation"), "unpublished"),
    **dict.fromkeys(("dissertation",), "thesis"),
    **dict.fromkeys(("tvshow", "series", "episode", "clip"), "video"),
}
"""Types that people try, and those that biblatex has for such works."""


def _type_meant(kind: str) -> str:
    """A hint that names a type for an entry of an unknown one."""
    near = get_close_matches(kind, [*REQUIRED, *ALIASES], n=1)
    found = _MEANT.get(kind.lower()) or (near[0] if near else "")
    if kind.lower() in _MEANT:
        return f"write '@{found}'; docs/bibliography.md has a table of works and their types"
    return f"did you mean '@{found}'?" if found else "use @misc, or one of the types in docs/bibliography.md"


def _required(entry: BibEntry, kind: str, problems: Collector) -> None:
    present = {name for name, field in entry.fields.items() if field.value.strip()}
    present |= {FIELD_ALIASES.get(name, name) for name in entry.unread}
    if present & {"year", "pubstate"}:
        present.add("date")
    for group in REQUIRED[kind]:
        if not present & set(group):
            wanted = " or ".join(f"'{name}'" for name in group)
            message = f"the entry '{entry.key}' (@{entry.type}) has no {wanted}"
            hint = f"add {group[0]} = {{…}}; without it the reference is incomplete"
            problems.add(Code.BIB_MISSING_FIELD, message, entry.span, hint)


def _field(entry: BibEntry, name: str, field: Field, problems: Collector) -> None:
    if name in VERBATIM_FIELDS:
        _verbatim(field, name, problems)
        return
    for fault in parse(field.value)[1]:
        message = f"the field '{name}' of '{entry.key}' may not hold {fault.what}"
        hint = "write the text itself in Unicode; docs/bibliography.md lists the commands that are read"
        problems.add(Code.BIB_TEX, message, field.at(fault.offset), hint)
    if name in DATE_FIELDS and (wrong := edtf.fault(field.value)):
        message = f"the {name} '{field.value.strip()}' of '{entry.key}' cannot be read: {wrong}"
        problems.add(Code.BIB_DATE, message, field.span, "write 2014, 2014-03, 2014-03-21 or 2008/2009")
    if name == "month" and not edtf.month_number(plain(field.value)):
        message = f"the month '{field.value.strip()}' of '{entry.key}' is none"
        problems.add(Code.BIB_DATE, message, field.span, "write a number from 1 to 12, or jan, feb …")
    if name == "year" and not _year_is_read(plain(field.value)):
        message = f"the year '{field.value.strip()}' of '{entry.key}' cannot be read"
        problems.add(Code.BIB_DATE, message, field.span, "write a number, n.d., forthcoming or in press")
    if name in NAME_FIELDS:
        _names(entry, name, field, problems)


def _year_is_read(year: str) -> bool:
    known = edtf.state(year) or edtf.from_year(year)
    return bool(known) or not year or year.lower() in edtf.UNDATED


def _verbatim(field: Field, name: str, problems: Collector) -> None:
    """Addresses are copied character by character: they need only be free of white space and control characters."""
    if match := re.search(r"[\x00-\x1f\x7f-\x9f]|\S\s+\S", field.value.strip()):
        lead = len(field.value) - len(field.value.lstrip())
        message = f"the field '{name}' has a space or control character in it"
        problems.add(
            Code.BIB_TEX, message, field.at(lead + match.start()), "write the address without spaces"
        )


def _names(entry: BibEntry, name: str, field: Field, problems: Collector) -> None:
    tests: tuple[Callable[[str], str | None], ...] = (_commas, _semicolon, _et_al, _ampersand, _empty)
    items = list(split(field.value))
    for offset, item in items:
        if item.strip().startswith("{") or (item.strip().lower() == "others" and len(items) > 1):
            continue
        wrong = next((found for test in tests if (found := test(item))), None)
        if wrong:
            at = field.at(offset + len(item) - len(item.lstrip()))
            message = f"the name '{' '.join(item.split())}' in '{name}' of '{entry.key}' {wrong}"
            hint = "write names as Family, Given and Family, Given; a body in braces: {{National Bureau of Statistics}}"
            problems.add(Code.BIB_NAME, message, at, hint)


def _commas(item: str) -> str | None:
    if re.match(r"\s*(family|given|prefix|suffix)\s*=", item):
        return None
    outside = re.sub(r"\{[^{}]*\}", "", re.sub(r"\{[^{}]*\}", "", item))
    parts = [part.strip() for part in outside.split(",")]
    # Between two commas stands a suffix such as Jr., which is one word.
    several = len(parts) > 3 or (len(parts) == 3 and all(" " in part for part in parts))
    return "has too many commas: are two people joined by commas?" if several else None


def _semicolon(item: str) -> str | None:
    outside = re.sub(r"\{[^{}]*\}|&#?\w+;", "", item)
    return "joins people with a semicolon: write 'and'" if ";" in outside else None


def _et_al(item: str) -> str | None:
    return "ends in 'et al.': write 'and others'" if re.search(r"\bet\.? al\b|\bu\. ?a\.", item) else None


def _ampersand(item: str) -> str | None:
    return "joins people with an ampersand: write 'and'" if re.search(r"(?<=\s)\\?&(?=\s)", item) else None


def _empty(item: str) -> str | None:
    return None if item.strip(" ,\n\t") else "is empty: is there an 'and' too many?"


def _options(entry: BibEntry, field: Field, problems: Collector) -> None:
    for option in field.value.split(","):
        if option.strip() and not _OPTION.fullmatch(option):
            message = f"the option '{option.strip()}' of '{entry.key}' is not known"
            hint = "only useprefix, useauthor, useeditor, usetranslator, skipbib and dataonly are read"
            problems.add(Code.BIB_TEX, message, field.span, hint)
