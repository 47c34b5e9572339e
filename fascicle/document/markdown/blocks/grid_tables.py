"""Grid tables: cells of any blocks between rules of `+---+` and upright lines, over several columns and rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.blocks.grid_cells import GridCell, GridCells, spans
from fascicle.document.markdown.blocks.lines import block_work, first_character
from fascicle.document.markdown.blocks.table_lines import (
    ALIGNMENTS,
    DrawnCell,
    DrawnTable,
    Pieces,
    Row,
    character_width,
    column_of,
    trimmed,
)
from fascicle.document.tree import Alignment

_RULE = re.compile(r"\+(?::?-+:?\+|:?=+:?\+)+[ \t]*$")
_EDGES = "end each line of the table under the last plus sign of its first line, with '|' or '+'"
_CORNERS = (
    "each cell has a plus sign in its four corners: put '|' or '+' under each '+', and dashes between them"
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
class _Line:
    """One line of the drawing."""

    text: str
    """One character for each column of the page; Han and the like are followed by a space."""
    offsets: list[int]
    """Where in the source each of them stands, and where the line ends."""


@dataclass(slots=True)
class _Grid:
    """One grid table."""

    state: StateBlock
    """The block parser's."""
    start: int
    """The table's first line."""
    after: int
    """The line after it."""
    lines: list[_Line] = field(default_factory=list)
    """Its lines."""

    def read(self) -> DrawnTable:
        """The table; with an error and without its rows where it cannot be read."""
        first = self._drawn(self.start, by_width=True)
        self.lines = [first]
        for line in range(self.start + 1, self.after):
            drawn = self._fitting(line, len(first.text))
            if drawn is None:
                return self._refused(line, "this line does not end under the table's first", _EDGES)
            self.lines.append(drawn)
        if not _rule(self.state, self.after - 1):
            hint = "end the table with a line of plus signs and dashes, such as its first"
            return self._refused(self.after - 1, "this grid table has no line under its last row", hint)
        grid = GridCells([line.text for line in self.lines])
        cells = grid.read()
        if grid.uncovered is not None:
            line = self.start + grid.uncovered
            return self._refused(line, "the borders of this table's cells do not meet here", _CORNERS)
        return self._table(cells)

    def _table(self, cells: list[GridCell]) -> DrawnTable:
        tops, lefts = spans(cells)
        head = next((top for top in tops[1:-1] if "=" in self.lines[top].text.strip("|+")), 0)
        crossing = [cell for cell in cells if cell.top < head < cell.bottom]
        if crossing or (head and not self._is_whole(head)):
            return self._refused(self.start + head, "a cell of this table stands in head and body", _CORNERS)
        rule = self.lines[head].text
        alignments = tuple(ALIGNMENTS[rule[a + 1] == ":", rule[b - 1] == ":"] for a, b in pairwise(lefts))
        rows = [self._row(top, bottom, cells, tops, lefts) for top, bottom in pairwise(tops)]
        return DrawnTable(alignments, rows, self.after, tops.index(head), of_blocks=True)

    def _is_whole(self, line: int) -> bool:
        return not self.lines[line].text.strip("+=:")

    def _row(self, top: int, bottom: int, cells: list[GridCell], tops: list[int], lefts: list[int]) -> Row:
        state = self.state
        place = (first_character(state, self.start + top + 1), state.eMarks[self.start + bottom - 1])
        drawn = [
            DrawnCell(
                self._pieces(cell) or [(place[0], place[0])],
                lefts.index(cell.right) - lefts.index(cell.left),
                tops.index(cell.bottom) - tops.index(cell.top),
            )
            for cell in cells
            if cell.top == top
        ]
        return place, drawn

    def _pieces(self, cell: GridCell) -> Pieces:
        """The lines of a cell, without the indentation that all of them have."""
        lines = self.lines[cell.top + 1 : cell.bottom]
        texts = [line.text[cell.left + 1 : cell.right] for line in lines]
        filled = [len(text) - len(text.lstrip()) for text in texts if text.strip()]
        if not filled:
            return []
        begin = cell.left + 1 + min(filled)
        pieces = [
            trimmed(self.state.src, line.offsets[cell.right], line.offsets[cell.right])
            if not text.strip()
            else (
                line.offsets[begin],
                trimmed(self.state.src, line.offsets[begin], line.offsets[cell.right])[1],
            )
            for line, text in zip(lines, texts, strict=True)
        ]
        while pieces[0][0] == pieces[0][1]:
            del pieces[0]
        while pieces[-1][0] == pieces[-1][1]:
            del pieces[-1]
        return pieces

    def _fitting(self, line: int, width: int) -> _Line | None:
        """A line that ends at the table's right edge, by the width of its characters or by their number."""
        for by_width in (True, False):
            drawn = self._drawn(line, by_width=by_width)
            if len(drawn.text) == width and drawn.text[-1] in "|+":
                return drawn
        return None

    def _drawn(self, line: int, *, by_width: bool) -> _Line:
        state = self.state
        begin, first = state.bMarks[line], first_character(state, line)
        text, offsets = [], []
        column = column_of(state.src, begin, first)
        for at in range(first, state.skipSpacesBack(state.eMarks[line], first)):
            width = character_width(state.src[at], column) if by_width else 1
            text.append((state.src[at] + " " * (width - 1)) if width else "")
            offsets += [at] * width
            column += width
        return _Line("".join(text), [*offsets, state.eMarks[line]])

    def _refused(self, line: int, message: str, hint: str) -> DrawnTable:
        """The empty table that stands for one that cannot be read."""
        start, end = first_character(self.state, line), self.state.eMarks[line]
        block_work(self.state).problem(Code.TABLE_LAYOUT, message, start, end, hint)
        return DrawnTable((Alignment.DEFAULT,), [], self.after, 0)
