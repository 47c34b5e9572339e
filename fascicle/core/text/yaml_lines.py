"""Lines of YAML as they are to be typed: what a hint says in place of what somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fascicle.core.text.person_names import family_and_given

_PLAIN = re.compile(r"[^\W_][^:#\[\]{},&*!|>'\"%@`\n]*(?<!\s)")
"""A text that needs no quotation marks, in a list either."""
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s+(?:and|und|et|y|&)\s+")
_SIGNS = re.compile(r"[“”„‟«»]")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATES = (
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)? (?P<m>[A-Za-z]{3,9})\.?,? (?P<y>\d{4})"),
    re.compile(r"(?P<m>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\.?(?:T.*)?"),
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})"),
    re.compile(r"(?P<d>1[3-9]|2\d|3[01])/(?P<m>\d{1,2})/(?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>1[3-9]|2\d|3[01])/(?P<y>\d{4})"),
)
"""Dates that can mean one day alone; 3/4/2026 can mean two."""


def quoted(text: str) -> str:
    """The text as a value: as it stands where YAML allows that, else between straight quotation marks."""
    if _PLAIN.fullmatch(text):
        return text
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def authors_line(given: object) -> str:
    """`authors:` of names as people write them: one text, or a list of texts or of keys with `name`; empty for others."""
    names = list(_names(given))
    return f"authors: [{', '.join(map(author_keys, names))}]" if names else ""


def _names(given: object) -> Iterator[str]:
    if isinstance(given, str):
        yield from (name for name in map(str.strip, _people(given)) if name)
    elif isinstance(given, list):
        for one in given:
            yield from _names(one.get("name") if isinstance(one, dict) else one)


def _people(text: str) -> list[str]:
    """The names of a text: a comma keeps people apart where each part is a whole name, `Ada Byron, Bob Doe`."""
    people = [name for name in _BETWEEN_NAMES.split(text) if name]
    parts = [part.strip(" ,") for name in people for part in name.split(",")]
    return parts if all(" " in part for part in parts) else people


def author_keys(name: str) -> str:
    """The keys of one author, as an item of a list on one line."""
    family, given = family_and_given(name)
    return (
        f"{{family: {quoted(family)}, given: {quoted(given)}}}" if given else f"{{literal: {quoted(family)}}}"
    )


def list_line(key: str, text: str) -> str:
    """`key: [one, two]` of a text in which semicolons, or else commas, keep items apart."""
    items = [item.strip() for item in re.split(";" if ";" in text else ",", text)]
    return f"{key}: [{', '.join(quoted(item) for item in items if item)}]"


def straight(text: str) -> str:
    """The text without the typographic quotation marks around all of it; empty where it is not between two."""
    inner = text[1:-1].strip()
    whole = len(text) > 2 and text[0] in "“„«»‟" and text[-1] in "”“»«"
    return inner if whole and inner and not _SIGNS.search(inner) else ""


def day_meant(text: str) -> date | None:
    """The day of a date such as `30 November 2026`, `30.11.2026` or `2026/11/30`; None when it can mean none or two."""
    for shape in _DATES:
        if found := shape.fullmatch(text.strip()):
            month = found["m"]
            number = int(month) if month.isdigit() else _month(month)
            try:
                return date(int(found["y"]), number, int(found["d"]))
            except ValueError:
                return None
    return None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in _MONTHS else 0
