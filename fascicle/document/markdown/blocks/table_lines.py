"""What the rules for tables share: where rows and cells stand, columns of the page, captions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

from fascicle.document.markdown.blocks.lines import CAPTION, block_work, first_character, is_div_end
from fascicle.document.tree import Alignment

ALIGNMENTS = {
    (False, False): Alignment.DEFAULT,
    (True, False): Alignment.LEFT,
    (True, True): Alignment.CENTER,
    (False, True): Alignment.RIGHT,
}
"""By whether a column's rule begins and ends with a colon."""
_TAB = 4

Pieces = list[tuple[int, int]]
"""Places of the lines of one text."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell."""

    pieces: Pieces
    """Places of its lines."""
    columns: int = 1
    """How many columns it takes."""
    rows: int = 1
    """How many rows it takes."""


Row = tuple[tuple[int, int], list[DrawnCell]]
"""A row's place and the cells that begin in it."""


@dataclass(slots=True)
class DrawnTable:
    """A table without its caption, as one of the rules has read it."""

    alignments: tuple[Alignment, ...]
    """One a column."""
    rows: list[Row]
    """The head first."""
    after: int
    """The line after the table."""
    heads: int = 1
    """How many of the rows are its head."""
    of_blocks: bool = False
    """Whether its cells hold blocks."""


@dataclass(slots=True)
class TableLines:
    """Where the parts of a table stand in the source."""

    drawn: DrawnTable
    """Its rows."""
    caption: Pieces
    """Lines of the caption."""


def caption_at(state: StateBlock, line: int, end: int) -> tuple[Pieces, int]:
    """The lines of a caption that begins at `line` and the line after it; none when there is no caption."""
    if line >= end or state.isEmpty(line) or not 0 <= state.sCount[line] - state.blkIndent < 4:
        return [], line
    match = CAPTION.match(state.src, first_character(state, line), state.eMarks[line])
    if not match:
        return [], line
    pieces = [(match.end(), state.eMarks[line])]
    line += 1
    while line < end and not state.isEmpty(line):
        if block_work(state).divs and is_div_end(state, line):
            break
        pieces.append((first_character(state, line), state.eMarks[line]))
        line += 1
    start, stop = pieces[-1]
    pieces[-1] = (start, state.skipSpacesBack(stop, start))
    return pieces, line


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without the spaces at its ends."""
    while start < end and text[start] in " \t":
        start += 1
    while start < end and text[end - 1] in " \t":
        end -= 1
    return start, end


def offsets_at(text: str, start: int, end: int, columns: Sequence[int]) -> list[int]:
    """Offsets of a line's characters that stand at these columns of the page, where Han and the like fill two."""
    found: list[int] = []
    at, column = start, 0
    for wanted in columns:
        while at < end and column < wanted:
            column += character_width(text[at], column)
            at += 1
        found.append(at)
    return found


def column_of(text: str, start: int, at: int) -> int:
    """The column of the page at which the character at `at` stands."""
    column = 0
    for character in text[start:at]:
        column += character_width(character, column)
    return column


def character_width(character: str, column: int) -> int:
    """How many columns of the page a character takes that stands at `column`."""
    if character == "\t":
        return _TAB - column % _TAB
    if character.isascii():
        return 1
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
