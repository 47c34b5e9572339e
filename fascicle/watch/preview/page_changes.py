"""What is new on a page: words that were not there before, wherever lines break now, and drawings that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from PIL import Image, ImageChops, ImageDraw

from fascicle.watch.preview.page_images import draw
from fascicle.watch.preview.page_text import Box, Line, Texts, Word, boxes_of, read_words
from fascicle.watch.preview.pages import Page, ShownEdition

_WIDTH = 700
"""Pixels from side to side of the pictures that are compared."""
_FAINT = 40
"""Differences of shade up to this are no change."""
_MARGIN = 1.5
_BAND = 6
"""Changed rows of pixels no further apart than this are one place."""
_SPECK = 12
"""Changed places of fewer pixels a side are none."""
_MOST = 40


def changed_places(place: int, now: ShownEdition, before: ShownEdition, texts: Texts) -> tuple[Box, ...]:
    """What is new on the page at `place`; nothing when there was no page like it to compare with."""
    page = now.pages[place]
    other = _counterpart(place, now, before)
    if other is None or before.pages[other].fingerprint == page.fingerprint:
        return ()
    around = before.pages[max(0, other - 1) : other + 2]
    boxes = boxes_of(page, _new_words(page, around)) or _new_lines(page, around, texts)
    lines = (*texts.lines(page), *texts.lines(before.pages[other]))
    boxes += _drawings(page, before.pages[other], lines)
    return tuple(boxes[:_MOST])


def _counterpart(place: int, now: ShownEdition, before: ShownEdition) -> int | None:
    """The page before that stands where this one stands now, pages that are alike counted as fixed."""
    old = [page.fingerprint for page in before.pages]
    new = [page.fingerprint for page in now.pages]
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if begin <= place < end and kind != "insert":
            return min(first + place - begin, last - 1)
    return None


def _new_words(page: Page, around: Iterable[Page]) -> list[Word]:
    """Words that the pages there before did not have in this order. A page's number is none of them."""
    new = [word for word in read_words(page) if word.text != page.label]
    old = [word.text for former in around for word in read_words(former)]
    same = SequenceMatcher(None, old, [word.text for word in new], autojunk=False).get_opcodes()
    return [word for kind, _, _, first, last in same if kind != "equal" for word in new[first:last]]


def _new_lines(page: Page, around: Iterable[Page], texts: Texts) -> list[Box]:
    """Lines that were broken elsewhere before: what shows when words have only been taken away."""
    known = {line.text for former in around for line in texts.lines(former)}
    new = (line for line in texts.lines(page) if line.text not in known and line.text != page.label)
    return [Box(line.left, line.top, line.right, line.bottom) for line in new]


def _drawings(page: Page, former: Page, lines: Sequence[Line]) -> list[Box]:
    """Changed places where no text stands or stood: figures and rules."""
    picture = draw(page, _WIDTH).convert("L")
    shown = draw(former, _WIDTH).convert("L").resize(picture.size)
    rest = ImageChops.difference(picture, shown).point(lambda shade: 255 if shade > _FAINT else 0)
    scale = picture.width / page.sheet.width
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
