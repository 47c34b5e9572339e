"""A text found again in the characters of a file, part by part, whatever stands between the parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fascicle.pdf.reading.text import Reading

PROBE = 16
"""Characters by which a place is found before the rest is compared."""
STEP = 8
"""Characters from one probe of a text to the next, where the first is not found."""
MISREAD = 32
"""Characters behind which a text goes on near by, where a few letters are misread."""
TAIL = 24
"""Characters behind a place at which the short end of a text may still stand, on the same line."""
PAGES = 5
"""Pages behind the one at hand on which a text may go on: some of figures alone may stand between."""


@dataclass(frozen=True, slots=True)
class MatchedStretch:
    """A stretch of a text at its place in the file."""

    place: int
    """Where it stands."""
    begin: int
    """Where it begins in the text."""
    end: int
    """Where it ends in the text."""

    @property
    def stop(self) -> int:
        """Where it ends in the file."""
        return self.place + self.end - self.begin


def aligned(text: str, reading: Reading, place: int) -> tuple[MatchedStretch, ...]:
    """The parts of `text` that stand in the file from `place` on, in their order; what no part covers is not there.

    The time grows with the length of the text alone: each probe is looked for on a few pages.
    """
    parts: list[MatchedStretch] = []
    begin = 0
    while begin < len(text):
        found = _next(text, reading, begin, place)
        if found is None:
            break
        part = MatchedStretch(found[1], found[0], found[0] + same(text, found[0], reading.text, found[1]))
        parts.append(part)
        begin, place = part.end, part.stop
    return tuple(parts)


def _next(text: str, reading: Reading, begin: int, place: int) -> tuple[int, int] | None:
    """Where `text` goes on from its character `begin`, at `place` or behind: the character and its place."""
    limit = page_end_after(reading, place)
    for first in range(begin, min(begin + MISREAD, len(text) - PROBE + 1)):  # a few letters that are misread
        found = reading.text.find(text[first : first + PROBE], place, place + first - begin + PROBE + TAIL)
        if found >= 0:
            return _widened(text, reading, begin, place, first, found)
    for first in _probes(begin, len(text)):
        probe = text[first : first + PROBE]
        if len(probe) < PROBE:
            found = _tail(reading, probe, place, limit)
        else:
            found = reading.text.find(probe, place, limit)
        if found >= 0:
            return _widened(text, reading, begin, place, first, found)
    return None


def _widened(text: str, reading: Reading, begin: int, place: int, first: int, found: int) -> tuple[int, int]:
    """A place that was found, with what agrees before it."""
    while first > begin and found > place and text[first - 1] == reading.text[found - 1]:
        first, found = first - 1, found - 1
    return first, found


def _probes(begin: int, end: int) -> Iterator[int]:
    """Where probes of a text begin: at `begin`, and behind what is not found there; the last is its very end."""
    yield begin
    yield from range(begin + 1, min(begin + STEP, end))
    yield from range(begin + STEP, end - PROBE, STEP)
    if end - PROBE > begin:
        yield end - PROBE


def _tail(reading: Reading, tail: str, place: int, limit: int) -> int:
    """Where the last few characters of a text stand: near by, or where a line of the next pages begins; else -1."""
    found = reading.text.find(tail, place, place + len(tail) + TAIL)
    if found >= 0:
        return found
    for start in occurrences(reading.text, tail, reading.page_end(place), limit):
        if start in reading.line_starts:
            return start
    return -1


def page_end_after(reading: Reading, place: int, pages: int = PAGES) -> int:
    """Where the last page ends on which a text at `place` may go on."""
    last = min(reading.page(place) + 1 + pages, len(reading.pages)) if place < len(reading.text) else -1
    return reading.starts[last]


def same(text: str, begin: int, other: str, place: int) -> int:
    """How many characters of `text` from `begin` on stand in `other` from `place` on."""
    low, high = 0, min(len(text) - begin, len(other) - place)
    while low < high:
        middle = (low + high + 1) // 2
        if text[begin + low : begin + middle] == other[place + low : place + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def occurrences(text: str, probe: str, start: int, end: int) -> Iterator[int]:
    """Every place of `probe` in a stretch of `text`."""
    place = text.find(probe, start, end)
    while place >= 0:
        yield place
        place = text.find(probe, place + 1, end)


class Index:
    """Where stretches of a row of texts stand: one in every twelve characters is kept, each of a question is asked."""

    WIDTH = 12

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._places: dict[str, list[tuple[int, int]]] = {}
        for number, text in enumerate(texts):
            for place in range(0, len(text) - self.WIDTH + 1, self.WIDTH):
                self._places.setdefault(text[place : place + self.WIDTH], []).append((number, place))

    def seeds(self, text: str) -> Iterator[tuple[int, Sequence[tuple[int, int]]]]:
        """Characters of `text` at which something known begins, with all its places: number of the text, and place."""
        for begin in range(len(text) - self.WIDTH + 1):
            if places := self._places.get(text[begin : begin + self.WIDTH]):
                yield begin, places
