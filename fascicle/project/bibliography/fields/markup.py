"""The markup of bibliography fields read into pieces of Unicode text.

TeX as reference managers write it, and HTML.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fascicle.project.bibliography.fields.field_reader import read_markup
from fascicle.project.bibliography.fields.pieces import Chars, Fault, Formula, Piece, Read, Styled, text

__all__ = ["Chars", "Fault", "Formula", "Piece", "Read", "Styled", "parse", "plain", "text"]


_SPACES = re.compile(" {2,}")
_MARKUP = re.compile(r"[\\{}$~^<&`'\n\r\t\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|--|  ")
"""What a value without any markup does not hold."""
_KEPT = 1 << 12
"""Longer values than this are not remembered."""


def parse(value: str) -> Read:
    """Read a field's value. What is refused is left out of the pieces; what is not understood stands in them as typed."""
    if not _MARKUP.search(value):
        return ((Chars(value),) if value else ()), ()
    return _remembered(value) if len(value) < _KEPT else _parsed(value)


def _parsed(value: str) -> Read:

    return read_markup(value)


_remembered = lru_cache(maxsize=1 << 14)(
    _parsed
)  # checks, names, sorting and both renderers ask for the same values


def plain(value: str) -> str:
    """A field's value as plain text."""
    return _SPACES.sub(" ", text(parse(value)[0])).strip()
