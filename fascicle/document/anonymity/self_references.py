"""Phrases by which authors point at themselves, such as `in my earlier book`.

Told to those who want to be anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fascicle.core.text.scripts import is_unspaced
from fascicle.document.locale.words import has_words, words


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a language; none where it has no file."""
    found = words(language).self_references if has_words(language) else ()
    return tuple(_compiled(pattern) for pattern in found)


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern whose spaces are any white space; Han and kana have no word boundaries."""
    spaced = pattern.replace(" ", r"[\s\u00a0]+")
    if any(map(is_unspaced, pattern)):
        return re.compile(spaced)
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


def self_references(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where `text` points at its own author: start and end of each place, none inside another."""
    found = sorted(
        {match.span() for pattern in _patterns(language) for match in pattern.finditer(text)},
        key=lambda span: (span[0], -span[1]),
    )
    end = 0
    for start, stop in found:
        if start >= end:
            yield start, stop
            end = stop
