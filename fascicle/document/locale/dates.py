"""Dates written out, as CLDR has them but for the exceptions that a language's file states."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from fascicle.document.locale.tags import beginnings
from fascicle.document.locale.words import DateForm, has_words, words

if TYPE_CHECKING:
    from babel import Locale

_ENGLISH = "en"
_FIRST = re.compile(r"\b1\b")
_PARTS = re.compile(r"MMMM|d|y")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENGLISH_FORMS = frozenset({"d MMMM y", "MMMM d, y"})


@cache
def long_date(day: date, language: str) -> str:
    """A date as running text writes it: 23 November 2026, November 23, 2026, 23. November 2026, 2026年11月23日."""
    if (pattern := _english(language)) in _ENGLISH_FORMS:
        return _PARTS.sub(lambda part: _written(day, part[0]), pattern)
    from babel.dates import format_date  # 30 ms, which English dates need not cost

    locale = _locale(language)
    known = has_words(language) or locale is None
    form = words(language).dates if known else DateForm()
    text = format_date(day, form.long or "long", locale or _ENGLISH)
    return _FIRST.sub(form.first_day, text, count=1) if form.first_day and day.day == 1 else text


def _english(language: str) -> str:
    """How long dates are written in an English language; empty in others."""
    stated = language.split("-")[0] == _ENGLISH and has_words(language)
    return (words(language).dates.long or "") if stated else ""


def _written(day: date, part: str) -> str:
    return {"MMMM": _MONTHS[day.month - 1], "d": str(day.day)}.get(part, str(day.year))


def _locale(language: str) -> Locale | None:
    """CLDR's locale of a tag or of its longest beginning that has one."""
    from babel import Locale, UnknownLocaleError

    for tag in beginnings(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
