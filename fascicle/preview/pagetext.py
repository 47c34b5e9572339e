"""The text of a page line by line, each line with its box: for selecting, for screen readers and for comparing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from fascicle.preview.book import Page

_KEPT = 600
"""Pages whose lines are kept."""
_GAP = 2.0
"""A gap wider than this many line heights parts columns."""
_HYPHENS = str.maketrans({"\u0002": "-", "\ufffe": "-", "\r": "", "\n": " "})


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
