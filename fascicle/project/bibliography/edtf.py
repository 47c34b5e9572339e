"""Dates in bibliography fields: the part of EDTF (ISO 8601-2) that biblatex reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:-?\d{3}[\dX]|-?\d{2}XX|y-?\d{5,})"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)"
_MONTH = r"(?:0[1-9]|1[0-2]|2[1-4]|XX)"
_TIME = r"T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}(?::\d{2})?)?"
_ONE = re.compile(
    rf"(?P<year>{_YEAR})(?:-(?P<month>{_MONTH})(?:-(?P<day>{_DAY})(?:{_TIME})?)?)?[?~%]?", re.ASCII
)


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


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date: a year, a month or a day, or a part of the year."""

    year: int
    """The year; 0 is 1 BC, -43 is 44 BC."""
    month: int = 0
    """1 to 12, or 21 to 24 for spring, summer, autumn and winter; 0 when it is not said."""
    day: int = 0
    """Day of the month; 0 when it is not said."""

    @property
    def edtf(self) -> str:
        """The date as EDTF has it."""
        year = f"-{-self.year:04}" if self.year < 0 else f"{self.year:04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def real(self) -> bool:
        """Whether the calendar has it."""
        return abs(self.year) <= 9999 and _one(self.edtf) is None


_STATES = {
    "forthcoming": "forthcoming", "to appear": "forthcoming", "accepted": "forthcoming", "in print": "inpress",
    "in press": "inpress", "inpress": "inpress", "im druck": "inpress", "im erscheinen": "forthcoming",
    "sous presse": "inpress", "à paraître": "forthcoming", "en prensa": "inpress", "in corso di stampa": "inpress",
    "no prelo": "inpress", "in druk": "inpress", "erscheint demnächst": "forthcoming", "advance online publication": "prepublished",
    "online first": "prepublished", "early access": "prepublished", "ahead of print": "prepublished", "epub ahead of print": "prepublished",
    "submitted": "submitted", "under review": "submitted", "in review": "submitted", "eingereicht": "submitted",
    "in preparation": "inpreparation", "inpreparation": "inpreparation", "in prep": "inpreparation",
    "in vorbereitung": "inpreparation", "prepublished": "prepublished", "preprint": "prepublished",
}  # fmt: skip
UNDATED = frozenset({
    "n.d.", "n. d.", "nd", "n.d", "no date", "undated", "o. j.", "o.j.", "s.d.", "s. d.", "s.a.", "s. a.", "sine anno", "z.j.",
    "b.d.", "[n.d.]", "????", "?", "-", "--", "–", "0000", "0", "none", "unknown", "null", "n/a", "no year",
})  # fmt: skip
"""Years that say there is none; the style prints its own word for it."""


def state(year: str) -> str:
    """The state of publication that a year's text tells of, in biblatex's words, or an empty text."""
    return _STATES.get(" ".join(year.lower().split()).strip("[]()., "), "")


def undated(year: str) -> bool:
    """True for a text that says that there is no date."""
    return " ".join(year.lower().split()) in UNDATED
