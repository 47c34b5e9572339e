"""The block rule for tables and their captions, which may stand before or after; pipe tables."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.blocks.grid_tables import grid_table
from fascicle.document.markdown.blocks.lines import block_work, first_character
from fascicle.document.markdown.blocks.ruled_tables import ruled_table
from fascicle.document.markdown.blocks.table_lines import (
    ALIGNMENTS,
    DrawnCell,
    DrawnTable,
    Pieces,
    Row,
    TableLines,
    caption_at,
    trimmed,
)
from fascicle.document.tree import Alignment

_RULE = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:[|+][ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$")
_DASHES = re.compile(r"(:?)-+(:?)")
_SKIP = re.compile(r"\\.|(`+)|\||\$")


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table at `start`, or a caption with a table after it."""
    caption, line = caption_at(state, start, end)
    if caption:
        line = state.skipEmptyLines(line)
    drawn = next((found for read in _KINDS if (found := read(state, line, end))), None)
    if drawn is None:
        return False
    begin = first_character(state, start)
    last = drawn.after
    if not caption:
        caption, after = caption_at(state, state.skipEmptyLines(last), end)
        last = after if caption else last
    state.line = last
    token = state.push("table", "", 0)
    token.map = [start, last]
    token.meta = {"start": begin, "table": TableLines(drawn, caption)}
    return True


def _pipe_table(state: StateBlock, line: int, end: int) -> DrawnTable | None:
    """A pipe table whose head stands at `line`."""
    alignments = _alignments(state, line, end)
    if not alignments:
        return None
    rows, after = _rows(state, line, end, len(alignments))
    return DrawnTable(alignments, rows, after)


def _alignments(state: StateBlock, line: int, end: int) -> tuple[Alignment, ...]:
    """The columns' alignments when a table's head stands at `line`; none otherwise."""
    if line + 1 >= end or state.isEmpty(line) or state.isEmpty(line + 1):
        return ()
    if state.sCount[line] - state.blkIndent >= 4 or state.sCount[line + 1] < state.blkIndent:
        return ()
    first, last = first_character(state, line + 1), state.eMarks[line + 1]
    if "|" not in state.src[first_character(state, line) : state.eMarks[line]]:
        return ()
    rule = state.src[first:last]
    if "|" not in rule or not _RULE.match(rule):
        return ()
    return tuple(ALIGNMENTS[bool(dash[1]), bool(dash[2])] for dash in _DASHES.finditer(rule))


def _rows(state: StateBlock, line: int, end: int, columns: int) -> tuple[list[Row], int]:
    rows = [_row(state, line, columns)]
    line += 2
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if "|" not in state.src[first_character(state, line) : state.eMarks[line]]:
            break
        rows.append(_row(state, line, columns))
        line += 1
    return rows, line


def _row(state: StateBlock, line: int, columns: int) -> Row:
    first = first_character(state, line)
    last = state.skipSpacesBack(state.eMarks[line], first)
    cells = _cells(state.src, first, last)
    if len(cells) > columns:
        extra = cells[columns]
        message = f"this row has {len(cells)} cells, the table has {columns} columns"
        hint = r"write \| for an upright line that is part of a cell"
        block_work(state).problem(Code.EXTRA_CELLS, message, extra[0], max(extra[1], extra[0] + 1), hint)
        del cells[columns:]
    cells.extend([(last, last)] * (columns - len(cells)))
    return (first, last), [DrawnCell([cell]) for cell in cells]


def _cells(text: str, first: int, last: int) -> Pieces:
    """Places of the cells, without the spaces around them; lines inside code and formulas do not part cells."""
    bounds = [first - 1]
    at = first
    while found := _SKIP.search(text, at, last):
        at = found.end()
        if found[0] == "|":
            bounds.append(found.start())
        elif found[1]:
            at = _after_code(text, found[1], at, last)
        elif found[0] == "$":
            close = text.find("$", at, last)
            inside = text[at:close] if close > at else " "
            if not (inside[0].isspace() or inside[-1].isspace() or text[close + 1 : close + 2].isdigit()):
                at = close + 1
    if text.startswith("|", first):
        del bounds[0]
    if not (len(bounds) > 1 and bounds[-1] == last - 1):
        bounds.append(last)
    return [trimmed(text, left + 1, right) for left, right in pairwise(bounds)]


def _after_code(text: str, ticks: str, at: int, last: int) -> int:
    close = re.compile(rf"(?<!`){ticks}(?!`)").search(text, at, last)
    return close.end() if close else at


_KINDS = (_pipe_table, grid_table, ruled_table)
"""The kinds of tables in the order tried."""
