"""Places of ours, counted in characters from 1, as places of the protocol, counted from 0 in the editor's units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lsprotocol import types

from fascicle.core.diagnostics import Span


@dataclass(frozen=True)
class Positions:
    """A text, and how the editor counts columns in it."""

    text: str
    """The text, line ends as line feeds."""
    encoding: str = "utf-16"
    """`utf-8`, `utf-16` or `utf-32`."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def line(self, number: int) -> str:
        """A line by its number from 0; empty behind the last."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def position(self, line: int, column: int) -> types.Position:
        """The editor's position of a line and a character, both from 0."""
        if line >= len(self.lines):
            return types.Position(max(len(self.lines) - 1, 0), self._units(self.lines[-1]))
        return types.Position(line, self._units(self.lines[line][:column]))

    def at(self, offset: int) -> types.Position:
        """The editor's position of a character of the text."""
        line = self.text.count("\n", 0, offset)
        return self.position(line, offset - self._starts[line])

    def between(self, start: int, end: int) -> types.Range:
        """The range of the characters from `start` to before `end`."""
        return types.Range(self.at(start), self.at(end))

    def offset(self, place: types.Position) -> int:
        """The character of the text at an editor's position."""
        line = min(place.line, len(self.lines) - 1)
        return self._starts[line] + self.column(place)

    def column(self, place: types.Position) -> int:
        """The character of its line at an editor's position."""
        line = self.line(place.line)
        if self.encoding == "utf-32" or line.isascii():
            return min(place.character, len(line))
        units = 0
        for column, character in enumerate(line):
            if units >= place.character:
                return column
            units += self._units(character)
        return len(line)

    def range_of(self, span: Span) -> types.Range:
        """The range of a place of ours; a point is made a word long, for editors show no points."""
        start = self.position(span.line - 1, span.column - 1)
        if span.end_line is not None and span.end_column is not None:
            return types.Range(start, self.position(span.end_line - 1, span.end_column - 1))
        line = self.line(span.line - 1)
        end = span.column
        while end < len(line) and not line[end].isspace():
            end += 1
        return types.Range(start, self.position(span.line - 1, end))

    def _units(self, text: str) -> int:
        if self.encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        if self.encoding == "utf-32" or text.isascii():
            return len(text)
        return len(text) + sum(character > "\uffff" for character in text)
