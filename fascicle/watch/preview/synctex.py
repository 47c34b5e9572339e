"""From a point on a page to the author's line, and back: a reader of rewritten SyncTeX data.

The format is documented in the manual page synctex(5): positions are in TeX's scaled points from the page's top left
corner; `(TAG,LINE:H,V:WIDTH,HEIGHT,DEPTH` opens a horizontal box whose baseline begins at H,V.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fascicle.pipeline.run import BUILD

_POINT = 65781.76
"""Scaled points in a PostScript point."""
_LOW = 2.5
"""A line of text is at most so many times as high as another one of its block."""
_LINE = re.compile(
    rb"^(?:(?P<kind>[\[(hvg$r])(?P<tag>\d+),(?P<line>\d+):(?P<h>-?\d+),(?P<v>-?\d+)"
    rb"(?::(?P<w>-?\d+),(?P<up>-?\d+),(?P<down>-?\d+))?"
    rb"|(?P<close>[\])])|\{(?P<page>\d+)|Input:(?P<input>\d+):(?P<path>.*)|Unit:(?P<unit>\d+))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file."""

    file: Path
    """The file, absolute."""
    line: int
    """The line, counted from 1."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page."""

    page: int
    """The page's number in the PDF, from 1."""
    y: float
    """Points from its upper edge."""


@dataclass(slots=True)
class _Box:
    """A horizontal box: a line of text, mostly."""

    tag: int
    line: int
    left: float
    top: float
    right: float
    bottom: float
    points: list[tuple[float, int, int]] = field(default_factory=list)
    """Position from the left, tag and line of what the box holds."""

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def away(self, x: float, y: float) -> float:
        """How far a point lies outside, a step across counted less than one up or down."""
        across = max(self.left - x, 0.0, x - self.right)
        along = max(self.top - y, 0.0, y - self.bottom)
        return along * 4 + across


class SyncTeX:
    """The places of one PDF."""

    def __init__(self, packed: bytes, root: Path) -> None:
        """Read SyncTeX data (gzip). Only files below `root` that were not made by a build are an author's."""
        self._pages: dict[int, list[_Box]] = {}
        self._paths: dict[int, Path] = {}
        root = root.resolve()
        for box, page in self._boxes(gzip.decompress(packed)):
            self._pages.setdefault(page, []).append(box)
        self._ours = {
            tag
            for tag, path in self._paths.items()
            if path.is_relative_to(root) and not path.is_relative_to(root / BUILD)
        }

    def source(self, page: int, x: float, y: float) -> SourceLine | None:
        """The line of what is set at a point of a page; None where nothing of the author's is near."""
        boxes = [box for box in self._pages.get(page, ()) if self._tags(box)]
        if not boxes:
            return None
        box = min(boxes, key=lambda box: (box.away(x, y), box.area))
        near = [point for point in box.points if point[1] in self._ours]
        if near:
            _, tag, line = min(near, key=lambda point: abs(point[0] - x))
        else:
            tag, line = box.tag, box.line
        return SourceLine(self._paths[tag], line)

    def spot(self, file: Path, line: int) -> Spot | None:
        """Where the line, or the block that it belongs to, begins."""
        tags = {tag for tag, path in self._paths.items() if path == file}
        found = [
            (own, page, box)
            for page, boxes in self._pages.items()
            for box in boxes
            for _, tag, own in (*box.points, (0.0, box.tag, box.line))
            if tag in tags and own <= line and box.bottom > box.top
        ]
        if not found:
            return None
        nearest = max(own for own, _, _ in found)
        places = [(page, box) for own, page, box in found if own == nearest]
        # A box that holds others, such as a table's, may bear the line of one of its parts.
        lowest = min(box.bottom - box.top for _, box in places)
        page, box = min(
            (place for place in places if place[1].bottom - place[1].top <= _LOW * lowest),
            key=lambda place: (place[0], place[1].top),
        )
        return Spot(page, box.top)

    def _tags(self, box: _Box) -> bool:
        return box.tag in self._ours or any(tag in self._ours for _, tag, _ in box.points)

    def _boxes(self, data: bytes) -> Iterator[tuple[_Box, int]]:
        """Horizontal boxes with what they hold, and their pages."""
        open_boxes: list[_Box | None] = []
        page, unit = 0, 1
        for match in _LINE.finditer(data):
            kind = match["kind"]
            if kind:
                scale = unit / _POINT
                if kind in (b"(", b"h") and match["w"]:
                    box = _box(match, scale)
                    yield box, page
                    # An item's mark hangs from a box of no width, which bears the item's line; the line of text may
                    # bear that of the next item, at which TeX found that the paragraph had ended.
                    if box.left == box.right and open_boxes and (holder := open_boxes[-1]):
                        holder.points.append((box.left, box.tag, box.line))
                    if kind == b"(":
                        open_boxes.append(box)
                elif kind == b"[":
                    open_boxes.append(None)
                elif kind in (b"g", b"$", b"r") and open_boxes and (holder := open_boxes[-1]):
                    point = (int(match["h"]) * scale, int(match["tag"]), int(match["line"]))
                    holder.points.append(point)
            elif match["close"]:
                if open_boxes:
                    open_boxes.pop()
            elif match["page"]:
                page, open_boxes = int(match["page"]), []
            elif match["input"]:
                self._paths[int(match["input"])] = Path(match["path"].decode("utf-8", "replace"))
            else:
                unit = int(match["unit"]) or 1


def _box(match: re.Match[bytes], scale: float) -> _Box:
    h, v, w, up, down = (int(match[name]) * scale for name in ("h", "v", "w", "up", "down"))
    return _Box(int(match["tag"]), int(match["line"]), min(h, h + w), v - up, max(h, h + w), v + down)
