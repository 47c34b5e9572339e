"""Glosses in lines of a table, where words cannot flow: each line as long as a page holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from fascicle.document.tree import Gloss, Inline, plain

LINE_UNITS = 54
"""What a line of words holds, in average Latin characters, with its distance from the margin."""

Words = tuple[tuple[Inline, ...], ...]


def gloss_lines(node: Gloss) -> Iterator[list[Words]]:
    """The gloss cut into lines: for each of them the words, and below them what stands under them."""
    line: list[Words] = []
    length = 0
    for word in node.words:
        width = word_units(word)
        if line and length + width > LINE_UNITS:
            yield list(zip(*line, strict=True))
            line, length = [], 0
        line.append(word)
        length += width
    if line:
        yield list(zip(*line, strict=True))


def word_units(word: Words) -> int:
    """How wide a word and what stands under it are, with a space after them."""
    return max(map(_units, word)) + 2


def _units(word: tuple[Inline, ...]) -> int:
    text = plain(word)
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)
