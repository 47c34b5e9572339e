"""What is new on a page: where its picture differs from the one before, lines that have only moved left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PIL import Image, ImageChops, ImageDraw

from fascicle.preview.book import Edition
from fascicle.preview.drawing import draw
from fascicle.preview.pagetext import Line, Texts

_WIDTH = 700
"""Pixels from side to side of the pictures that are compared."""
_FAINT = 40
"""Differences of shade up to this are no change."""
_NEAR = 1.5
"""Two lines no further apart than this many points are at the same height."""
_MARGIN = 1.5
_BAND = 6
"""Changed rows of pixels no further apart than this are one place."""
_SPECK = 12
"""Changed places of fewer pixels a side are none."""
_MOST = 40


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


def changed_places(place: int, now: Edition, before: Edition, texts: Texts) -> tuple[Box, ...]:
    """What is new on the page at `place`; nothing when there was no page like it to compare with."""
    page = now.pages[place]
    other = _counterpart(place, now, before)
    if other is None or before.pages[other].fingerprint == page.fingerprint:
        return ()
    old = before.pages[other]
    around = before.pages[max(0, other - 1) : other + 2]
    known = {line.text for near in around for line in texts.lines(near)}
    lines, old_lines = texts.lines(page), texts.lines(old)
    new = [line for line in lines if line.text not in known]
    picture = draw(page, _WIDTH).convert("L")
    former = draw(old, _WIDTH).convert("L").resize(picture.size)
    differing = ImageChops.difference(picture, former).point(lambda shade: 255 if shade > _FAINT else 0)
    scale = picture.width / page.sheet.width
    boxes = [_narrowed(line, old_lines, differing, scale) for line in new]
    boxes += _drawings(differing, (*lines, *old_lines), scale)
    return tuple(boxes[:_MOST])


def _counterpart(place: int, now: Edition, before: Edition) -> int | None:
    """The page before that stands where this one stands now, pages that are alike counted as fixed."""
    old = [page.fingerprint for page in before.pages]
    new = [page.fingerprint for page in now.pages]
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if begin <= place < end and kind != "insert":
            return min(first + place - begin, last - 1)
    return None


def _narrowed(line: Line, old: Iterable[Line], differing: Image.Image, scale: float) -> Box:
    """The part of a new line that differs from the one that stood at its height."""
    box = Box(line.left, line.top, line.right, line.bottom)
    if not any(abs(other.middle - line.middle) < _NEAR for other in old):
        return box
    strip = tuple(round(side * scale) for side in (line.left, line.top, line.right, line.bottom))
    found = differing.crop((strip[0] - 1, strip[1], strip[2] + 1, strip[3])).getbbox()
    if found is None:
        return box
    return Box(line.left + (found[0] - 1) / scale, line.top, line.left + (found[2] - 1) / scale, line.bottom)


def _drawings(differing: Image.Image, lines: Sequence[Line], scale: float) -> list[Box]:
    """Changed places where no text stands or stood: figures and rules."""
    rest = differing.copy()
    pen = ImageDraw.Draw(rest)
    for line in lines:
        edges = (line.left - _MARGIN, line.top - _MARGIN, line.right + _MARGIN, line.bottom + _MARGIN)
        pen.rectangle([round(edge * scale) for edge in edges], fill=0)
    boxes = []
    for top, bottom in _bands(rest):
        found = rest.crop((0, top, rest.width, bottom)).getbbox()
        if found and min(found[2] - found[0], bottom - top) >= _SPECK:
            boxes.append(Box(found[0] / scale, top / scale, found[2] / scale, bottom / scale))
    return boxes


def _bands(picture: Image.Image) -> list[tuple[int, int]]:
    """First and last row of each run of rows that have something, gaps of a few rows bridged."""
    bands: list[tuple[int, int]] = []
    for row, shade in enumerate(picture.getprojection()[1]):
        if shade and bands and row - bands[-1][1] <= _BAND:
            bands[-1] = (bands[-1][0], row + 1)
        elif shade:
            bands.append((row, row + 1))
    return bands
