"""Which columns of a wide table are as wide as their words; the others share the rest of the line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from fascicle.document.tables.columns import LINE_UNITS, column_widths, units
from fascicle.document.tree import Cell, Cite, CrossRef, HardBreak, Math, Note, Table, plain, walk

_NARROW, _WIDE = frozenset("iljtfrI.,:;'’!|()[]-/ "), frozenset("mwMW@%—")
_CANDIDATES = 3
"""So many of a column's longest cells are measured; one of them is the widest."""
_AVERAGE = 0.47
"""Width of an average character, in em."""
_ENOUGH = 0.85
"""How much of its part of a narrow line a column of running text may be left with."""


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A table whose cells do not fit side by side: some columns are as wide as their words, the others share the rest."""

    shares: tuple[float | None, ...]
    """Each column's part of the rest, from 0 to 1; None for one as wide as its words."""
    kept: tuple[tuple[str, ...], ...]
    """For each of those, the texts one of which is its widest."""


def shared_line(node: Table) -> SharedLine | None:
    """How the columns share a line of print; None when all fit side by side without breaking their lines."""
    widths = column_widths(node)
    if widths is None:
        return None
    rows = (*node.header, *node.rows)
    if any(cell.blocks or cell.columns > 1 or cell.rows > 1 for row in rows for cell in row.cells):
        return SharedLine(widths, ())
    columns = [[row.cells[at] for row in rows] for at in range(len(widths))]
    fair = LINE_UNITS / len(widths)
    whole = [max(map(units, cells), default=0) <= fair and all(map(_measurable, cells)) for cells in columns]
    kept = [
        sorted(map(_words, cells), key=_em)[-_CANDIDATES:]
        for cells, fits in zip(columns, whole, strict=True)
        if fits
    ]
    rest = sum(share for share, fits in zip(widths, whole, strict=True) if not fits)
    line = LINE_UNITS * _AVERAGE
    if not rest or line - sum(_em(texts[-1]) for texts in kept) < _ENOUGH * rest * line:
        return SharedLine(widths, ())
    shares = tuple(None if fits else share / rest for share, fits in zip(widths, whole, strict=True))
    return SharedLine(shares, tuple(map(tuple, kept)))


def _measurable(cell: Cell) -> bool:
    """Whether a cell is one line of plain words."""
    return not any(isinstance(found, (Cite, CrossRef, HardBreak, Math, Note)) for found in walk(cell))


def _words(cell: Cell) -> str:
    return plain(cell.content)


def _em(text: str) -> float:
    """Width of a text in em, about."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF" or character in _WIDE:
        return 1.0
    if character in _NARROW:
        return 0.34
    return 0.74 if character.isupper() else 0.53
