"""The block rule for pipe tables and their captions, which may stand before or after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.blocks.lines import CAPTION, block_work, first_character
from fascicle.document.tree import Alignment

_RULE = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:[|+][ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$")
_DASHES = re.compile(r"(:?)-+(:?)")
_SKIP = re.compile(r"\\.|(`+)|\||\$")
_ALIGNMENTS = {
    (False, False): Alignment.DEFAULT,
    (True, False): Alignment.LEFT,
    (True, True): Alignment.CENTER,
    (False, True): Alignment.RIGHT,
}

Pieces = list[tuple[int, int]]


@dataclass(slots=True)
class TableLines:
    """Where the parts of a table stand in the source."""

    alignments: tuple[Alignment, ...]
    """One a column."""
    rows: list[tuple[tuple[int, int], Pieces]]
    """Each row's place and its cells' places; the head first."""
    caption: Pieces
    """Lines of the caption."""


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A pipe table at `start`, or a caption with a pipe table after it."""
    caption, line = _caption(state, start, end)
    if caption:
        line = state.skipEmptyLines(line)
    alignments = _alignments(state, line, end)
    if not alignments:
        return False
    begin = first_character(state, start)
    rows, line = _rows(state, line, end, len(alignments))
    last = line
    if not caption:
        caption, after = _caption(state, state.skipEmptyLines(line), end)
        last = after if caption else line
    state.line = last
    token = state.push("table", "", 0)
    token.map = [start, last]
    token.meta = {"start": begin, "table": TableLines(alignments, rows, caption)}
    return True


def _caption(state: StateBlock, line: int, end: int) -> tuple[Pieces, int]:
    """The lines of a caption that begins at `line` and the line after it; none when there is no caption."""
    if line >= end or state.isEmpty(line) or not 0 <= state.sCount[line] - state.blkIndent < 4:
        return [], line
    match = CAPTION.match(state.src, first_character(state, line), state.eMarks[line])
    if not match:
        return [], line
    pieces = [(match.end(), state.eMarks[line])]
    line += 1
    while line < end and not state.isEmpty(line):
        pieces.append((first_character(state, line), state.eMarks[line]))
        line += 1
    start, stop = pieces[-1]
    pieces[-1] = (start, state.skipSpacesBack(stop, start))
    return pieces, line


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
    return tuple(_ALIGNMENTS[bool(dash[1]), bool(dash[2])] for dash in _DASHES.finditer(rule))


def _rows(
    state: StateBlock, line: int, end: int, columns: int
) -> tuple[list[tuple[tuple[int, int], Pieces]], int]:
    rows = [_row(state, line, columns)]
    line += 2
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if "|" not in state.src[first_character(state, line) : state.eMarks[line]]:
            break
        rows.append(_row(state, line, columns))
        line += 1
    return rows, line


def _row(state: StateBlock, line: int, columns: int) -> tuple[tuple[int, int], Pieces]:
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
    return (first, last), cells


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
    return [_trimmed(text, left + 1, right) for left, right in pairwise(bounds)]


def _after_code(text: str, ticks: str, at: int, last: int) -> int:
    close = re.compile(rf"(?<!`){ticks}(?!`)").search(text, at, last)
    return close.end() if close else at


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t":
        start += 1
    while start < end and text[end - 1] in " \t":
        end -= 1
    return start, end
