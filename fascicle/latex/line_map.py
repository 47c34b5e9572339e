"""Which line of the composed TeX comes from which line of the author.

Marks in the TeX, taken out again at the end.

A mark is written in Unicode noncharacters, which no input may hold, and carries its whole place with it, so that
it survives whatever Jinja does with the text around it: includes, loops, macros, reordering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fascicle.core.diagnostics import Span
from fascicle.latex.escape import Latex

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_DIGITS = "".join(chr(0xFDD2 + value) for value in range(16))
_TO_HEX = str.maketrans(_DIGITS, "0123456789abcdef")
_FROM_HEX = str.maketrans("0123456789abcdef", _DIGITS)
_MARK = re.compile(f"{_OPEN}([{_DIGITS}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where a TeX line comes from."""

    span: Span
    """The author's line: for errors."""
    block: Span
    """First line of the block that the line belongs to: where a click in the PDF goes."""
    template: bool = False
    """True for a template's own line."""


@lru_cache(maxsize=65536)
def _encode(payload: str) -> str:
    return payload.encode().hex().translate(_FROM_HEX)


@lru_cache(maxsize=65536)
def _decode(digits: str) -> LinePlace:
    file, line, column, block_line, block_column, template = (
        bytes.fromhex(digits.translate(_TO_HEX)).decode().rsplit("\0", 5)
    )
    return LinePlace(
        Span(file, int(line), int(column)), Span(file, int(block_line), int(block_column)), template == "t"
    )


def mark(span: Span, block: Span | None = None) -> Latex:
    """A mark that says: from here on, TeX comes from `span`, which belongs to the block that begins at `block`."""
    first = block or span
    fields = (span.file, span.line, span.column, first.line, first.column, "a")
    return Latex.proved(_OPEN + _encode("\0".join(map(str, fields))) + _CLOSE)


def mark_template(file: str, line: int) -> Latex:
    """A mark that says: from here on, TeX comes from this line of a template."""
    return Latex.proved(_OPEN + _encode("\0".join((file, str(line), "1", str(line), "1", "t"))) + _CLOSE)


def unmark(tex: str) -> str:
    """The TeX without its marks."""
    return _MARK.sub("", tex)


@dataclass(frozen=True, slots=True)
class LineMap:
    """From lines of the composed TeX to lines of the author. Lines count from 1."""

    places: tuple[LinePlace | None, ...]
    """Where each TeX line comes from, in order; None before the first mark."""

    def at(self, line: int) -> Span | None:
        """The author's place for a TeX line: text where the line holds any, else the template line."""
        place = self._place(line)
        return place.span if place else None

    def block_at(self, line: int) -> Span | None:
        """First line of the block that a TeX line belongs to."""
        place = self._place(line)
        return place.block if place else None

    def _place(self, line: int) -> LinePlace | None:
        return self.places[line - 1] if 1 <= line <= len(self.places) else None


def extract_line_map(tex: str) -> tuple[str, LineMap]:
    """Take the marks out of composed TeX: the clean TeX, and what the marks said of each of its lines.

    A line with marks comes from the first text of the author on it, or else from the template line that printed
    something first; a line without comes from where the line above it ended.
    """
    clean: list[str] = []
    places: list[LinePlace | None] = []
    current: LinePlace | None = None
    for line in tex.split("\n"):
        if _OPEN not in line:
            clean.append(line)
            places.append(current)
            continue
        before, *rest = _MARK.split(line)
        marked = [(_decode(rest[at]), rest[at + 1]) for at in range(0, len(rest), 2)]
        clean.append(before + "".join(text for _, text in marked))
        places.append(_governing(before, marked, current))
        current = marked[-1][0]
    return "\n".join(clean), LineMap(tuple(places))


def _governing(before: str, marked: list[tuple[LinePlace, str]], current: LinePlace | None) -> LinePlace:
    """The place a line with marks comes from. An author's text before its first mark belongs to the line above."""
    if current and not current.template and before.strip():
        return current
    texts = [place for place, text in marked if not place.template and text.strip()]
    texts = texts or [place for place, _ in marked if not place.template]
    printing = [place for place, text in marked if text.strip()]
    return (texts or printing or [marked[-1][0]])[0]
