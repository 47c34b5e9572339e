"""Dates as people write them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier januar enero",
            "february feb février févr februar febrero",
            "march mar mars märz marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juin juni junio",
            "july jul juillet juli julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct octobre oktober octubre",
            "november nov novembre noviembre",
            "december dec décembre dezember diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_WORD = r"([^\W\d_]{3,10})\.?"
_FORMS = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?"), (1, 2, 3)),
    (
        re.compile(
            rf"(?:[A-Za-z]+,?\s+)?(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?{_WORD},?\s+(\d{{4}})"
        ),
        (3, 2, 1),
    ),
    (re.compile(rf"(?:[A-Za-z]+,\s+)?{_WORD}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})"), (3, 1, 2)),
)
_MONTH = re.compile(rf"{_WORD},?\s+(\d{{4}})|(\d{{4}})[-/](\d{{1,2}})")


def read_date(text: str) -> tuple[str, bool] | None:
    """The date as year-month-day, and whether its day was stated; None when it is no date."""
    text = " ".join(text.split())
    for pattern, order in _FORMS:
        if found := pattern.fullmatch(text):
            year, month, day = (found[place] for place in order)
            return _made(year, month, day)
    if found := _MONTH.fullmatch(text):
        made = _made(found[2] or found[3], found[1] or found[4], "1")
        return (made[0], False) if made else None
    return None


def _made(year: str, month: str, day: str) -> tuple[str, bool] | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        return date(int(year), number, int(day)).isoformat(), True
    except ValueError:
        return None
