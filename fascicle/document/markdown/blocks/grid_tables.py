"""Grid tables: cells between rules of `+---+` and upright lines, each of one paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.blocks.lines import block_work, first_character
from fascicle.document.markdown.blocks.table_lines import (
    ALIGNMENTS,
    DrawnTable,
    Pieces,
    Row,
    column_of,
    offsets_at,
    trimmed,
)
from fascicle.document.tree import Alignment

_RULE = re.compile(r"\+(?::?-+:?\+|:?=+:?\+)+[ \t]*$")
_PART = re.compile(r"(:?)[-=]+(:?)\+")
_BLOCK = re.compile(r"(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+\S|`{3}|~{3}|:::|\+[-=]{2}")
_SPANS = "a cell cannot span columns or rows here: put '|' under each '+', and widen the column if its text is longer"
_ONE_PARAGRAPH = (
    "a cell holds one paragraph: write the parts in one sentence, with semicolons, or in rows of their own"
)


def grid_table(state: StateBlock, start: int, end: int) -> DrawnTable | None:
    """The grid table that begins at `start`, if one does; what it cannot be is told at its line."""
    if start >= end or state.sCount[start] - state.blkIndent >= 4 or not _rule(state, start):
        return None
    after = start + 1
    while after < end and not state.isEmpty(after) and state.sCount[after] >= state.blkIndent:
        if state.src[first_character(state, after)] not in "+|":
            break
        after += 1
    return _Grid(state, start, after).read() if after > start + 1 else None


def _rule(state: StateBlock, line: int) -> re.Match[str] | None:
    return _RULE.match(state.src, first_character(state, line), state.eMarks[line])


@dataclass(slots=True)
class _Grid:
    """One grid table as it is read line by line."""

    state: StateBlock
    """The block parser's."""
    start: int
    """The table's first line."""
    after: int
    """The line after it."""
    edges: list[int] = field(default_factory=list)
    """Columns of the page at which the upright lines stand."""
    cells: list[Pieces] = field(default_factory=list)
    """Lines of the row being read."""
    ended: set[int] = field(default_factory=set)
    """Columns whose cell in this row has an empty line after its text."""
    first: int = 0
    """The first line of the row being read."""
    sound: bool = True
    """False once something was told."""

    def read(self) -> DrawnTable:
        """The table; with an error and without what follows where it cannot be read."""
        self.edges = self._plus_signs(self.start)
        alignments = self._alignments(self.start)
        rows: list[Row] = []
        heads = 0
        self._begin(self.start + 1)
        for line in range(self.start + 1, self.after):
            if not _rule(self.state, line):
                self._content(line)
            elif self._plus_signs(line) != self.edges:
                self._tell(
                    line, "the plus signs of this line do not stand under those of the table's first", _SPANS
                )
            else:
                if line > self.first:
                    rows.append(self._row(line))
                if "=" in self._text(line) and not heads and line < self.after - 1:
                    heads, alignments = len(rows), self._alignments(line)
                self._begin(line + 1)
            if not self.sound:
                break
        self._check_end(heads)
        return DrawnTable(alignments, rows, self.after, heads > 0)

    def _check_end(self, heads: int) -> None:
        if self.sound and self.first < self.after:
            hint = "end the table with a line of plus signs and dashes, such as its first"
            self._tell(self.after - 1, "this grid table has no line under its last row", hint)
        if self.sound and heads > 1:
            hint = "leave one row above the line of equals signs; a cell may have several lines"
            self._tell(self.start, f"this table has {heads} rows of heads, and one is the most", hint)

    def _begin(self, line: int) -> None:
        self.first = line
        self.cells = [[] for _ in self.edges[1:]]
        self.ended = set()

    def _row(self, line: int) -> Row:
        state = self.state
        place = (first_character(state, self.first), state.eMarks[line - 1])
        cells = [cell or [(place[0], place[0])] for cell in self.cells]
        return place, cells

    def _content(self, line: int) -> None:
        offsets = self._offsets(line)
        if offsets is None:
            message = "this line has no upright line under each plus sign of the table's first"
            self._tell(line, message, _SPANS)
            return
        for number, (left, right) in enumerate(pairwise(offsets)):
            piece = trimmed(self.state.src, left + 1, right)
            if piece[0] == piece[1]:
                if self.cells[number]:
                    self.ended.add(number)
            elif number in self.ended:
                self._tell(line, "a cell of this table holds more than one paragraph", _ONE_PARAGRAPH, piece)
                return
            elif self._is_block(number, piece):
                message = "a cell of this table holds a list or another block of its own"
                self._tell(line, message, _ONE_PARAGRAPH, piece)
                return
            else:
                self.cells[number].append(piece)

    def _is_block(self, number: int, piece: tuple[int, int]) -> bool:
        return not self.cells[number] and bool(_BLOCK.match(self.state.src, *piece))

    def _offsets(self, line: int) -> list[int] | None:
        """Where a line's upright lines stand: by the width of its characters or by their number."""
        state, begin, end = self.state, self.state.bMarks[line], self.state.eMarks[line]
        for offsets in (
            offsets_at(state.src, begin, end, self.edges),
            [min(begin + edge, end) for edge in self.edges],
        ):
            if all(at < end and state.src[at] == "|" for at in offsets):
                return offsets
        return None

    def _plus_signs(self, line: int) -> list[int]:
        state, begin = self.state, self.state.bMarks[line]
        first = first_character(state, line)
        text = state.src[first : state.eMarks[line]]
        indent = column_of(state.src, begin, first)
        return [indent + at for at, character in enumerate(text) if character == "+"]

    def _alignments(self, line: int) -> tuple[Alignment, ...]:
        return tuple(ALIGNMENTS[bool(part[1]), bool(part[2])] for part in _PART.finditer(self._text(line)))

    def _text(self, line: int) -> str:
        return self.state.src[first_character(self.state, line) : self.state.eMarks[line]]

    def _tell(self, line: int, message: str, hint: str, place: tuple[int, int] | None = None) -> None:
        self.sound = False
        start, end = place or (first_character(self.state, line), self.state.eMarks[line])
        block_work(self.state).problem(Code.TABLE_LAYOUT, message, start, end, hint)
