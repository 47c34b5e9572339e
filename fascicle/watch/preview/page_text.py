"""The text of a page, its lines and words with their places.

For selecting, for screen readers and for comparing.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from fascicle.watch.preview.pages import Page

_KEPT = 600
"""Pages whose lines are kept."""
_GAP = 2.0
"""A gap wider than this many line heights parts columns."""
_HYPHENS = str.maketrans({"\u0002": "-", "\ufffe": "-", "\r": "", "\n": " "})


_WORD = re.compile("(?:\\S|(?<=[-\u00ad\u0002\ufffe])\r?\n)+")
"""A word, across the end of a line when it is broken there."""
_JOINTS = re.compile("[-\u00ad\u0002\ufffe\r\n]")


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its top left corner."""

    left: float
    """Left edge."""
    top: float
    """Upper edge."""
    right: float
    """Right edge."""
    bottom: float
    """Lower edge."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and the characters of the page that it is made of."""

    text: str
    """Without hyphens, so that it is the same word wherever lines end."""
    pieces: tuple[tuple[int, int], ...]
    """First character and the one after the last, for each line that it stands on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Its box is in points from the page's top left corner."""

    text: str
    """What it says."""
    left: float
    """Left edge."""
    top: float
    """Upper edge."""
    right: float
    """Right edge."""
    bottom: float
    """Lower edge."""

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


class Texts:
    """Lines of pages, the last used ones kept."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Line, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def lines(self, page: Page) -> tuple[Line, ...]:
        """The lines of a page in the order of its text."""
        with self._lock:
            if page.fingerprint in self._held:
                self._held.move_to_end(page.fingerprint)
                return self._held[page.fingerprint]
        lines = read_lines(page)
        with self._lock:
            self._held[page.fingerprint] = lines
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
        return lines


def read_lines(page: Page) -> tuple[Line, ...]:
    """The lines of a page as pdfium finds them."""
    height = page.sheet.height
    with page.source.page(page.index) as drawn:
        held = drawn.get_textpage()
        boxes = [held.get_rect(index) for index in range(held.count_rects())]
        texts = [held.get_text_bounded(*box).translate(_HYPHENS).strip() for box in boxes]
        held.close()
    pieces = [
        Line(text, left, height - top, right, height - bottom)
        for text, (left, bottom, right, top) in zip(texts, boxes, strict=True)
        if text
    ]
    return _joined(pieces)


def read_words(page: Page) -> tuple[Word, ...]:
    """The words of a page in the order of its text."""
    with page.source.page(page.index) as drawn:
        held = drawn.get_textpage()
        text = held.get_text_range()
        held.close()
    words = []
    for match in _WORD.finditer(text):
        parts = re.finditer(r"[^\r\n]+", match[0])
        pieces = tuple((match.start() + part.start(), match.start() + part.end()) for part in parts)
        words.append(Word(_JOINTS.sub("", match[0]), pieces))
    return tuple(words)


def boxes_of(page: Page, words: Iterable[Word]) -> list[Box]:
    """Where words stand, those that follow one another on a line together."""
    height, found = page.sheet.height, list[Box]()
    with page.source.page(page.index) as drawn:
        held = drawn.get_textpage()
        for first, last in (piece for word in words for piece in word.pieces):
            sides = zip(*(held.get_charbox(index) for index in range(first, last)), strict=True)
            left, bottom, right, top = (
                pick(side) for pick, side in zip((min, min, max, max), sides, strict=True)
            )
            _put(Box(left, height - top, right, height - bottom), found)
        held.close()
    return found


def _put(box: Box, found: list[Box]) -> None:
    """Add a box, to the last one when it goes on there."""
    last = found[-1] if found else None
    tall = max(box.bottom - box.top, last.bottom - last.top) if last else 0.0
    if last and min(last.bottom, box.bottom) > max(last.top, box.top) and 0 < box.left - last.right < tall:
        found[-1] = Box(last.left, min(last.top, box.top), box.right, max(last.bottom, box.bottom))
    else:
        found.append(box)


def _joined(pieces: list[Line]) -> tuple[Line, ...]:
    """Pieces of one line, such as words in italics between others, put together."""
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last and _continues(last, piece):
            space = "" if piece.left - last.right < 0.12 * (last.bottom - last.top) else " "
            lines[-1] = Line(
                " ".join((last.text + space + piece.text).split()),
                min(last.left, piece.left),
                min(last.top, piece.top),
                max(last.right, piece.right),
                max(last.bottom, piece.bottom),
            )
        else:
            lines.append(piece)
    return tuple(lines)


def _continues(last: Line, piece: Line) -> bool:
    height = max(last.bottom - last.top, piece.bottom - piece.top)
    overlap = min(last.bottom, piece.bottom) - max(last.top, piece.top)
    shorter = min(last.bottom - last.top, piece.bottom - piece.top)
    return overlap > 0.4 * shorter and -height < piece.left - last.right < _GAP * height
