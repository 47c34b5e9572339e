"""How wide a table's columns are.

As wide as their words or, when that is too wide, sharing the line.
"""

from __future__ import annotations

import unicodedata

from fascicle.document.tree import Cell, Cite, HardBreak, Math, Note, Table, plain, walk

LINE_UNITS = 62
"""What a line of text holds, in average Latin characters, at the narrowest measure of our templates."""


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
