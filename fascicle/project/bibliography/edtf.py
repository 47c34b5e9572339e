"""Dates in bibliography fields: the part of EDTF (ISO 8601-2) that biblatex reads."""

from __future__ import annotations

import re
from datetime import date

_YEAR = r"(?:-?\d{3}[\dX]|-?\d{2}XX|y-?\d{5,})"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)"
_MONTH = r"(?:0[1-9]|1[0-2]|2[1-4]|XX)"
_TIME = r"T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}(?::\d{2})?)?"
_ONE = re.compile(
    rf"(?P<year>{_YEAR})(?:-(?P<month>{_MONTH})(?:-(?P<day>{_DAY})(?:{_TIME})?)?)?[?~%]?", re.ASCII
)
_NUMBER = re.compile(r"[0-9]{1,4}")


def fault(value: str) -> str | None:
    """What is wrong with a date such as `2014`, `2014-03`, `2014-03-21`, `2008/2009` or `1999~`; None when nothing is."""
    ends = value.strip().split("/")
    if len(ends) > 2 or not any(end.strip(". ") for end in ends):
        return "it is no date"
    for end in ends:
        if end in {"", ".."} and len(ends) == 2:
            continue
        if problem := _one(end):
            return problem
    return None


def _one(value: str) -> str | None:
    match = _ONE.fullmatch(value.strip())
    if match is None:
        return "it is not written as year, year-month or year-month-day"
    year, month, day = match["year"], match["month"], match["day"]
    if not (month and day and year.isdigit() and month.isdigit() and day.isdigit()):
        return None
    try:
        date(int(year) or 4, int(month), int(day))
    except ValueError:
        return "the calendar has no such day"
    return None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STATES = {
    "forthcoming": "forthcoming", "in press": "inpress", "inpress": "inpress", "submitted": "submitted",
    "in preparation": "inpreparation", "inpreparation": "inpreparation", "prepublished": "prepublished",
}  # fmt: skip
UNDATED = frozenset({"n.d.", "n. d.", "nd", "no date", "o. j.", "o.j.", "s.d.", "s. d.", "s.a."})
"""Years that say there is none; the style prints its own word for it."""


def state(year: str) -> str:
    """The state of publication that a year's text tells of, in biblatex's words, or an empty text."""
    return _STATES.get(year.strip().lower(), "")


def month_number(month: str) -> int:
    """A month given as number or name, or 0."""
    text = month.strip().lower()
    if _NUMBER.fullmatch(text):
        return int(text) if 1 <= int(text) <= 12 else 0
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def from_year(year: str, month: str = "", day: str = "") -> str:
    """The date of BibTeX's `year`, `month` and `day`; an empty text when the year is none.

    Years are read as people type them: `c. 1990`, `[1990]`, `1990?`, `1979–1984`.
    """
    text = year.strip().strip("[]").strip()
    about = re.match(r"(?:c\.|ca\.?|circa|um|vers)\s*", text, re.IGNORECASE)
    text = re.sub(r"\s*[-–—/]+\s*", "/", text[about.end() :] if about else text)
    number = month_number(month)
    stamp = text + (f"-{number:02}" if number and "/" not in text else "")
    stamp += f"-{int(day):02}" if number and _NUMBER.fullmatch(day.strip()) and "/" not in text else ""
    stamp += "~" if about else ""
    return "" if not text or fault(stamp) else stamp
