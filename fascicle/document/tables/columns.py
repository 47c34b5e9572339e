"""How wide a table's columns are.

As wide as their words or, when that is too wide, sharing the line.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from fascicle.document.tree import Cell, Cite, CrossRef, HardBreak, Math, Note, Table, plain, walk

LINE_UNITS = 62
"""What a line of text holds, in average Latin characters, at the narrowest measure of our templates."""
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
    rows = [row for row in (node.header, *node.rows) if row]
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


def column_widths(node: Table) -> tuple[float, ...] | None:
    """Each column's part of the line, from 0 to 1; None when all fit side by side without breaking their lines."""
    count = len(node.alignments)
    rows = [row for row in (node.header, *node.rows) if row]
    columns = [[row.cells[at] for row in rows] for at in range(count)]
    natural = [max((units(cell) for cell in cells), default=1) or 1 for cells in columns]
    breaks = any(isinstance(found, HardBreak) for row in rows for found in walk(row))
    if sum(natural) + 2 * (count - 1) <= LINE_UNITS and not breaks:
        return None
    least = [max((_longest_word(cell) for cell in cells), default=1) for cells in columns]
    return _shares(natural, least)


def _shares(natural: list[int], least: list[int]) -> tuple[float, ...]:
    """The line shared out: narrow columns keep what they need, the others share the rest by their content."""
    room = float(LINE_UNITS)
    given: dict[int, float] = {}
    while True:
        open_columns = [at for at in range(len(natural)) if at not in given]
        fair = room / max(len(open_columns), 1)
        content = [at for at in open_columns if natural[at] <= fair]
        if not content:
            break
        for at in content:
            given[at] = float(natural[at])
            room -= natural[at]
    # The square root keeps one very long column from starving the others.
    weights = {at: max(natural[at] ** 0.5, least[at] ** 0.5) for at in open_columns}
    total = sum(weights.values())
    for at in open_columns:
        given[at] = max(room * weights[at] / total, min(least[at], room / len(open_columns)))
    whole = sum(given.values())
    return tuple(given[at] / whole for at in range(len(natural)))


def units(cell: Cell) -> int:
    """Width of a cell's text in average Latin characters; Han and the like count twice."""
    text = plain(cell.content)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    cited = sum({Cite: 18, Note: 2}.get(type(found), 0) for found in walk(cell))
    formulas = sum(len(found.tex) // 2 for found in walk(cell) if isinstance(found, Math))
    return len(text) + wide + cited - formulas


def _longest_word(cell: Cell) -> int:
    return max((len(word) for word in plain(cell.content).split()), default=1)
