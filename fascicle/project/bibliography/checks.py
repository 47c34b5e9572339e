"""Checks of bibliography entries.

Types, required fields, dates, names, addresses, and TeX that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity
from fascicle.project.bibliography import edtf
from fascicle.project.bibliography.datamodel import (
    ALIASES,
    DATE_FIELDS,
    MEANT,
    NAME_FIELDS,
    PRINTED_FIELDS,
    REQUIRED,
    UNPRINTED_FIELDS,
    VERBATIM_FIELDS,
)
from fascicle.project.bibliography.date_forms import from_year, month_number, read_date, reprint
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.fields.markup import parse, plain
from fascicle.project.bibliography.names import (
    east_asian,
    is_suffix,
    name_items,
    outside,
    read_names,
    split,
)
from fascicle.project.bibliography.normalise import OPTION, addresses

_DATE_HINT = "write 2014, 2014-03, 2014-03-21 or 2008/2009, or n.d., forthcoming, in press"


def check_entry(entry: BibEntry, typed: str, problems: Collector) -> None:
    """Report what is wrong with one entry, its inherited fields already in it, each as `typed` as its type."""
    if typed not in REQUIRED and typed not in ALIASES:
        message = (
            f"'@{typed}' is no entry type that Fascicle knows: '{entry.key}' is printed as @{entry.type}"
        )
        near = "write" if typed in MEANT else "perhaps"
        hint = f"{near} '@{entry.type}'; docs/bibliography.md has a table of works and their types"
        problems.add(Code.BIB_UNKNOWN_TYPE, message, entry.span, hint)
    _required(entry, problems)
    for name, field in entry.fields.items():
        if name in UNPRINTED_FIELDS or name.startswith("x-"):
            continue
        base = name.partition("+an")[0]
        if base in PRINTED_FIELDS or "+an" in name:
            _field(entry, base, field, problems, annotation=base != name)
    _date(entry, problems)
    if "options" in entry.fields:
        _options(entry, entry.fields["options"], problems)


def _required(entry: BibEntry, problems: Collector) -> None:
    present = {name for name, field in entry.fields.items() if field.value.strip()}
    if present & {"year", "pubstate"}:
        present.add("date")
    for group in REQUIRED[entry.type]:
        if not present & set(group):
            wanted = " or ".join(f"'{name}'" for name in group)
            message = f"the entry '{entry.key}' (@{entry.type}) has no {wanted}"
            hint = f"add {group[0]} = {{…}}; without it the reference is incomplete"
            problems.add(Code.BIB_MISSING_FIELD, message, entry.span, hint)


def _field(
    entry: BibEntry, name: str, field: Field, problems: Collector, *, annotation: bool = False
) -> None:
    if name in VERBATIM_FIELDS and not annotation:
        _address(field, name, problems)
        return
    for fault in parse(field.value)[1]:
        code = Code.BIB_TEX if fault.refused else Code.BIB_MARKUP
        message = (
            f"the field '{name}' of '{entry.key}' {'may not hold' if fault.refused else 'holds'} {fault.what}"
        )
        hint = "write the text itself in Unicode; docs/bibliography.md lists the commands that are read"
        problems.add(code, message, field.at(fault.offset), hint)
    if name in DATE_FIELDS - {"date"} and field.value.strip() and not read_date(plain(field.value)):
        message = f"the {name} '{_short(field.value)}' of '{entry.key}' cannot be read, and is not printed"
        problems.add(Code.BIB_DATE, message, field.span, _DATE_HINT)
    if name in NAME_FIELDS and not annotation:
        _names(entry, name, field, problems)


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) < 60 else f"{text[:59]}…"


def _date(entry: BibEntry, problems: Collector) -> None:
    """The date as a whole: `date`, or `year` with `month` and `day`."""
    for name in ("date", "year"):
        typed = plain(entry.text(name))
        if typed and not (edtf.undated(typed) or edtf.state(typed) or any(reprint(typed))):
            if name == "date" and (wrong := edtf.fault(typed)) and not read_date(typed):
                hint = "write a day that there is" if wrong.startswith("the calendar") else _DATE_HINT
                message = f"the date '{_short(typed)}' of '{entry.key}' is printed as typed: {wrong}"
                problems.add(Code.BIB_DATE, message, entry.fields[name].span, hint)
            elif name == "year":
                _year(entry, typed, problems)
            return


def _year(entry: BibEntry, year: str, problems: Collector) -> None:
    month, day = plain(entry.text("month")), plain(entry.text("day"))
    found = from_year(year, month, day)
    if not found:
        message = (
            f"the year '{_short(year)}' of '{entry.key}' cannot be read for sure, and is printed as typed"
        )
        problems.add(Code.BIB_DATE, message, entry.fields["year"].span, _DATE_HINT)
    elif month and re.fullmatch(r"-?\d{4}", found) and not re.fullmatch(r"0+", month):
        message = f"the month '{_short(month)}' of '{entry.key}' is none, and is not printed"
        hint = "write a number from 1 to 12, or jan, feb …"
        problems.add(Code.BIB_DATE, message, entry.fields["month"].span, hint)
    elif day and month_number(month) and found.count("-") < 2:
        message = f"the day '{_short(day)}' of '{entry.key}' is none, and is not printed"
        problems.add(Code.BIB_DATE, message, entry.fields["day"].span, "write a number from 1 to 31")


def _address(field: Field, name: str, problems: Collector) -> None:
    """Addresses are copied character by character; of several in one field one is printed."""
    value = field.value.strip()
    lead = len(field.value) - len(field.value.lstrip())
    found = addresses(value) if name == "url" else []
    if len(found) > 1:
        message = f"the field '{name}' holds {len(found)} addresses; this one is printed: {_short(found[0])}"
        problems.add(Code.BIB_MARKUP, message, field.at(lead), "give one, the one that will last longest")
    elif match := re.search(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]|(?<=\S)[ \t]+(?=\S)", value):
        shown = f", and is read as {_short(found[0])}" if found else ""
        message = f"the field '{name}' has a space or control character in it{shown}"
        if name in {"url", "doi"}:
            problems.add(
                Code.BIB_MARKUP, message, field.at(lead + match.start()), "write the address without spaces"
            )


def _names(entry: BibEntry, name: str, field: Field, problems: Collector) -> None:
    tests: tuple[Callable[[str], str | None], ...] = (_empty, _semicolon, _ampersand, _et_al, _commas)
    items = list(split(field.value))
    for offset, item in items if field.value.strip() else []:
        if item.strip().lower() == "others" and len(items) > 1:
            continue
        wrong = next((found for test in tests if (found := test(item))), None)
        if wrong:
            at = field.at(offset + len(item) - len(item.lstrip()))
            message = f"the name '{_short(item)}' in '{name}' of '{entry.key}' {wrong}"
            hint = "write names as Family, Given and Family, Given; a body in braces: {{National Bureau of Statistics}}"
            problems.add(Code.BIB_NAME, message, at, hint)
    _bare_bodies(entry, name, field, problems)
    if len(items) == 1 and _INITIAL_AND_NAME.fullmatch(field.value.strip()):
        message = f"'{_short(field.value)}' in '{name}' of '{entry.key}' is read as one person"
        problems.add(
            Code.BIB_NAME,
            message,
            field.span,
            "if they are two, write 'and' between them",
            severity=Severity.NOTE,
        )


def _bare_bodies(entry: BibEntry, name: str, field: Field, problems: Collector) -> None:
    """Bodies without braces that their words betray: the next may have no such word."""
    for found in read_names(entry, name).names:
        bare = field.value[found.offset : found.offset + 1] != "{"
        if found.body and bare and not east_asian(plain(found.family)):
            message = (
                f"'{_short(found.family)}' in '{name}' of '{entry.key}' is read as a body, not as a person"
            )
            hint = f"write a body in braces of its own: {{{_short(found.family)}}}"
            problems.add(Code.BIB_NAME, message, field.at(found.offset), hint, severity=Severity.NOTE)


_INITIAL_AND_NAME = re.compile(r"[^\W\d_][\w'’-]*, [^\W\d_]\. [^\W\d_]{3,}")
"""`Doe, J. Roe`, one person with an initial or two without an `and`."""


def _commas(item: str) -> str | None:
    if re.match(r"\s*(family|given|prefix|suffix)\s*=", item):
        return None
    parts = [part.strip() for _, part in outside(item, ",")]
    if len(parts) > 1 and not parts[-1]:
        return "ends in a comma"
    if len(parts) > 3 or (len(parts) == 3 and not (is_suffix(parts[1]) or is_suffix(parts[2]))):
        return "has too many commas: are two people joined by commas?"
    return None


def _semicolon(item: str) -> str | None:
    return "joins people with a semicolon: write 'and'" if len(outside(item, ";")) > 1 else None


def _et_al(item: str) -> str | None:
    found = item.strip()[:1] != "{" and re.search(r"\bet\.? al\b|\bu\. ?a\.", item)
    return "ends in 'et al.': write 'and others'" if found else None


def _ampersand(item: str) -> str | None:
    several = len(outside(item, "&")) > 1 and len(list(name_items(item))) > 1
    return "joins people with an ampersand: write 'and'" if several else None


def _empty(item: str) -> str | None:
    return None if item.strip(" ,\n\t~") else "is empty: is there an 'and' or a comma too many?"


def _options(entry: BibEntry, field: Field, problems: Collector) -> None:
    for option in field.value.split(",")[:20]:
        if option.strip() and not OPTION.fullmatch(option):
            message = f"the option '{_short(option)}' of '{entry.key}' is not known, and is passed over"
            hint = "only useprefix, useauthor, useeditor, usetranslator, skipbib and dataonly are read"
            problems.add(Code.BIB_MARKUP, message, field.span, hint, severity=Severity.NOTE)
