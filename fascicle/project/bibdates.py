"""Dates in bibliography fields: the part of EDTF (ISO 8601-2) that biblatex reads."""

from __future__ import annotations

import re
from datetime import date

_YEAR = r"(?:-?\d{3}[\dX]|-?\d{2}XX|y-?\d{5,})"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)"
_MONTH = r"(?:0[1-9]|1[0-2]|2[1-4]|XX)"
_TIME = r"T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}(?::\d{2})?)?"
_ONE = re.compile(rf"(?P<year>{_YEAR})(?:-(?P<month>{_MONTH})(?:-(?P<day>{_DAY})(?:{_TIME})?)?)?[?~%]?")


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
