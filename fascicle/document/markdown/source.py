"""The author's text with its place in the file.

Cleaned characters, and offsets turned into lines and columns.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span

# Tab and line feed are white space; every other control, the line separators of Unicode, surrogates and
# noncharacters never belong in a text. The line map of step 3 relies on noncharacters being absent.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]+"
)
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text's first character stands in its file."""

    file: str
    """Path relative to the project folder."""
    line: int = 1
    """Line of the first character, from 1."""
    column: int = 1
    """Column of the first character, from 1; later lines of a block scalar in YAML begin in the same column."""


class MarkdownSource:
    """One text to parse, with line feeds as its only line ends."""

    def __init__(self, text: str, origin: Origin, problems: Collector) -> None:
        self.origin = origin
        self.problems = problems
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.starts = [0]
        self.starts.extend(match.end() for match in re.finditer("\n", self.text))
        if UNPRINTABLE.search(self.text):
            self.text = UNPRINTABLE.sub(self._unprintable, self.text)

    def _unprintable(self, match: re.Match[str]) -> str:
        found = match[0]
        name = unicodedata.name(found[0], "")
        point = f"U+{ord(found[0]):04X}" + (f" {name}" if name else "")
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        self.problems.add(
            Code.CONTROL_CHARACTER,
            f"a character that cannot be printed stands here: {point}{more}",
            self.span(match.start(), match.end()),
            "delete it; it often comes in with text copied from a PDF file or a word processor",
        )
        return REPLACEMENT * len(found)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, in the file, of the character at `offset`."""
        line = bisect_right(self.starts, offset) - 1
        return self.origin.line + line, self.origin.column + offset - self.starts[line]

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` to before `end`."""
        return Span(self.origin.file, *self.position(start), *self.position(end))

    def passage(self, pieces: Sequence[tuple[int, int]]) -> Passage:
        """The lines cut from the source at `pieces` (start, end), joined by line feeds."""
        return Passage(self, pieces)


class Excerpt(MarkdownSource):
    """Lines cut from another source, as a text of its own that knows its places there."""

    def __init__(self, outer: MarkdownSource, pieces: Sequence[tuple[int, int]]) -> None:
        text = "\n".join(outer.text[start:end] for start, end in pieces)
        super().__init__(text, outer.origin, outer.problems)
        self._outer = outer
        self._places = [start for start, _ in pieces]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, in the file, of the character at `offset`."""
        line = bisect_right(self.starts, offset) - 1
        return self._outer.position(self._places[line] + offset - self.starts[line])


class Passage:
    """Text of one paragraph, heading or cell, without the marks at its lines' beginnings; knows its places."""

    __slots__ = ("_columns", "_lines", "_starts", "source", "text")

    def __init__(self, source: MarkdownSource, pieces: Sequence[tuple[int, int]]) -> None:
        self.source = source
        self._starts: list[int] = []
        self._lines: list[int] = []
        self._columns: list[int] = []
        parts: list[str] = []
        length = 0
        for start, end in pieces or ((0, 0),):
            line, column = source.position(start)
            self._starts.append(length)
            self._lines.append(line)
            self._columns.append(column - length)
            parts.append(source.text[start:end])
            length += end - start + 1
        self.text = "\n".join(parts)

    def span(self, start: int, end: int) -> Span:
        """The place of the passage's characters from `start` to before `end`."""
        first = bisect_right(self._starts, start) - 1
        last = first if len(self._starts) == 1 else bisect_right(self._starts, end) - 1
        return Span(
            self.source.origin.file,
            self._lines[first],
            self._columns[first] + start,
            self._lines[last],
            self._columns[last] + end,
        )

    @property
    def whole(self) -> Span:
        """The place of the whole passage."""
        return self.span(0, len(self.text))
