"""Where a place on a page of the moment before stands now, found by the lines around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from fascicle.watch.preview.page_text import Line, Texts
from fascicle.watch.preview.pages import ShownEdition

_REACH = 12
"""How many pages before and behind are searched for a line."""
_LINES = 8
"""How many lines around the place are tried, the nearest first."""
_LONG = 20
"""Letters of a line that is taken for unique."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A height on a page."""

    page: int
    """Index of the page."""
    y: float
    """Points from its upper edge."""


def follow(was: int, y: float, now: ShownEdition, before: ShownEdition, texts: Texts) -> PagePlace | None:
    """The place now of what stood `y` points down page number `was`, counted from 0; None when there is no such page."""
    if not 0 <= was < len(before.pages) or not now.pages:
        return None
    page, expected = before.pages[was], _expected(was, now, before)
    if now.pages[expected].fingerprint == page.fingerprint:
        return PagePlace(expected, y)
    for line in _around(texts.lines(page), y):
        for index in _outwards(expected, len(now.pages)):
            match = _same(line, texts.lines(now.pages[index]))
            if match is not None:
                return PagePlace(index, match.middle + y - line.middle)
    return PagePlace(expected, min(y, now.pages[expected].sheet.height))


def _expected(was: int, now: ShownEdition, before: ShownEdition) -> int:
    """Where the page would be if whole pages had come or gone."""
    old = [page.fingerprint for page in before.pages]
    new = [page.fingerprint for page in now.pages]
    for _, first, last, begin, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if first <= was < last:
            return min(begin + was - first, len(now.pages) - 1)
    return min(was, len(now.pages) - 1)


def _around(lines: Sequence[Line], y: float) -> list[Line]:
    """Lines that are likely to stand nowhere else, the nearest to `y` first."""
    telling = [line for line in lines if len(line.text) >= _LONG]
    return sorted(telling, key=lambda line: abs(line.middle - y))[:_LINES]


def _outwards(middle: int, count: int) -> list[int]:
    """Indices near `middle`, the nearest first."""
    near = range(max(0, middle - _REACH), min(count, middle + _REACH + 1))
    return sorted(near, key=lambda index: abs(index - middle))


def _same(line: Line, others: Sequence[Line]) -> Line | None:
    """The line of this text; of several the nearest in height."""
    same = [other for other in others if other.text == line.text]
    return min(same, key=lambda other: abs(other.middle - line.middle)) if same else None
