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


@cache
def long_date(day: date, language: str) -> str:
    """A date as running text writes it: 23 November 2026, November 23, 2026, 23. November 2026, 2026年11月23日."""
    from babel.dates import format_date  # 30 ms, and only those need it who have a date

    locale = _locale(language)
    known = has_words(language) or locale is None
    form = words(language).dates if known else DateForm()
    text = format_date(day, form.long or "long", locale or _ENGLISH)
    return _FIRST.sub(form.first_day, text, count=1) if form.first_day and day.day == 1 else text


def _locale(language: str) -> Locale | None:
    """CLDR's locale of a tag or of its longest beginning that has one."""
    from babel import Locale, UnknownLocaleError

    for tag in beginnings(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
