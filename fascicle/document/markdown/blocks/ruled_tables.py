"""Tables whose columns lie under rules of dashes: Pandoc's simple and multiline tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.blocks.lines import block_work, first_character
from fascicle.document.markdown.blocks.table_lines import (
    DrawnCell,
    DrawnTable,
    Pieces,
    Row,
    column_of,
    offsets_at,
    trimmed,
)
from fascicle.document.tree import Alignment

_COLUMNS = re.compile(r"(?=.*-{2})-+(?:[ \t]+-+)+[ \t]*$")
_DASHES = re.compile(r"-{3,}[ \t]*$")
_RUN = re.compile(r"-+")
_ALIGNMENTS = {
    (True, False): Alignment.RIGHT,
    (False, True): Alignment.LEFT,
    (True, True): Alignment.CENTER,
    (False, False): Alignment.DEFAULT,
}
"""By whether the shortest head leaves its column's dashes free on the left, and on the right."""
_CROSSING = "move the columns: what stands in one begins at its dashes or after, and ends before the next"


def ruled_table(state: StateBlock, start: int, end: int) -> DrawnTable | None:
    """The simple or multiline table that begins at `start`, if one does."""
    if start + 1 >= end or not _is_line(state, start):
        return None
    if _matches(_DASHES, state, start):
        return _multiline(state, start, end)
    if _matches(_COLUMNS, state, start):
        return _headless(state, start, end)
    if _is_line(state, start + 1) and _matches(_COLUMNS, state, start + 1):
        columns = _Columns.of(state, start + 1)
        last = _first(state, start + 2, end, blank=True)
        if last == start + 2:
            return None  # Pandoc wants a row under the head, too
        rows = [columns.row([line]) for line in range(start + 2, last)]
        after = last + 1 if last < end and not state.isEmpty(last) else last
        return DrawnTable(columns.alignments([start]), [columns.row([start]), *rows], after)
    return None


def _multiline(state: StateBlock, start: int, end: int) -> DrawnTable | None:
    """A table between two lines of dashes, its head over the dashes of its columns, its rows parted by empty lines."""
    line = start + 1
    while line < end and _is_line(state, line) and not _is_rule(state, line):
        line += 1
    if line == start + 1 or line >= end or not _is_line(state, line) or not _matches(_COLUMNS, state, line):
        return None
    last = _first(state, line + 1, end, blank=False)
    if last >= end:
        return None
    columns, head = _Columns.of(state, line), list(range(start + 1, line))
    rows = [columns.row(lines) for lines in _parted(state, line + 1, last)]
    return DrawnTable(columns.alignments(head), [columns.row(head), *rows], last + 1)


def _headless(state: StateBlock, start: int, end: int) -> DrawnTable | None:
    """A table without a head, between dashes; an empty line makes it one of rows of several lines."""
    last = _first(state, start + 1, end, blank=False)
    if last >= end or last == start + 1:
        return None
    columns = _Columns.of(state, start)
    several = any(state.isEmpty(line) for line in range(start + 1, last))
    parts = list(_parted(state, start + 1, last)) if several else [[line] for line in range(start + 1, last)]
    if not parts or parts[0][0] != start + 1:
        return None
    return DrawnTable(
        columns.alignments([start + 1]), [columns.row(lines) for lines in parts], last + 1, heads=0
    )


def _first(state: StateBlock, line: int, end: int, *, blank: bool) -> int:
    """The first line from `line` on that is a rule with nothing under it, or, with `blank`, empty; `end` if none is."""
    unruled = block_work(state).unruled
    place = (end, state.blkIndent)
    if not blank and line >= unruled.get(place, end):
        return end
    begin = line
    while line < end:
        if state.isEmpty(line):
            if blank:
                return line
        elif state.sCount[line] < state.blkIndent:
            return line if blank else end
        elif _is_rule(state, line) and (line + 1 >= end or state.isEmpty(line + 1)):
            return line
        line += 1
    unruled[place] = begin
    return end


def _parted(state: StateBlock, line: int, last: int) -> list[list[int]]:
    """The lines of each row."""
    parts: list[list[int]] = [[]]
    for at in range(line, last):
        if not state.isEmpty(at):
            parts[-1].append(at)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _is_line(state: StateBlock, line: int) -> bool:
    return not state.isEmpty(line) and 0 <= state.sCount[line] - state.blkIndent < 4


def _is_rule(state: StateBlock, line: int) -> bool:
    return _is_line(state, line) and (_matches(_DASHES, state, line) or _matches(_COLUMNS, state, line))


def _matches(pattern: re.Pattern[str], state: StateBlock, line: int) -> bool:
    first = first_character(state, line)
    return state.src[first] == "-" and bool(pattern.match(state.src, first, state.eMarks[line]))


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns under a line of dashes."""

    state: StateBlock
    """The block parser's."""
    starts: list[int]
    """Columns of the page at which each run of dashes begins."""
    widths: list[int]
    """How many dashes each has."""

    @classmethod
    def of(cls, state: StateBlock, line: int) -> _Columns:
        """The columns that the dashes of a line mark."""
        begin, end = state.bMarks[line], state.eMarks[line]
        runs = list(_RUN.finditer(state.src, first_character(state, line), end))
        starts = [column_of(state.src, begin, run.start()) for run in runs]
        return cls(state, starts, [len(run[0]) for run in runs])

    def row(self, lines: list[int]) -> Row:
        """The cells of a row that stands on these lines."""
        cells: list[Pieces] = [[] for _ in self.starts]
        for line in lines:
            bounds = self._bounds(line)
            self._check(line, bounds)
            for cell, left, right in zip(cells, bounds, bounds[1:], strict=False):
                piece = trimmed(self.state.src, left, right)
                if piece[0] < piece[1]:
                    cell.append(piece)
        place = first_character(self.state, lines[0]), self.state.eMarks[lines[-1]]
        return place, [DrawnCell(cell or [(place[0], place[0])]) for cell in cells]

    def alignments(self, lines: list[int]) -> tuple[Alignment, ...]:
        """How the shortest line of each head stands over its dashes."""
        shortest: list[str] = []
        for number in range(len(self.starts)):
            texts = []
            for line in lines:
                bounds = self._bounds(line)
                texts.append(self.state.src[bounds[number] : bounds[number + 1]].rstrip())
            shortest.append(min((text for text in texts if text), key=len, default=""))
        return tuple(
            _ALIGNMENTS[text.startswith((" ", "\t")), column_of(text, 0, len(text)) < width]
            if text
            else Alignment.DEFAULT
            for text, width in zip(shortest, self.widths, strict=True)
        )

    def _bounds(self, line: int) -> list[int]:
        """Where the cells of a line begin, and its end."""
        state, end = self.state, self.state.eMarks[line]
        first, *others = offsets_at(state.src, state.bMarks[line], end, self.starts)
        return [min(first, first_character(state, line)), *others, end]

    def _check(self, line: int, bounds: list[int]) -> None:
        """Tell of a word that stands in two columns."""
        text = self.state.src
        for at in bounds[1:-1]:
            if at < bounds[-1] and not text[at - 1].isspace() and not text[at].isspace():
                begin, end = at, at
                while begin > bounds[0] and not text[begin - 1].isspace():
                    begin -= 1
                while end < bounds[-1] and not text[end].isspace():
                    end += 1
                message = f"'{text[begin:end]}' stands in two columns of this table"
                block_work(self.state).problem(Code.TABLE_LAYOUT, message, begin, end, _CROSSING)
                return
