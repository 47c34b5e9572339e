"""How wide a table's columns are.

As wide as their words or, when that is too wide, sharing the line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from fascicle.document.tables.cell_places import placed_rows
from fascicle.document.tree import (
    Cell,
    Cite,
    CodeBlock,
    Definition,
    HardBreak,
    LineBlock,
    ListItem,
    Math,
    Node,
    Note,
    Paragraph,
    Table,
    plain,
    walk,
)

LINE_UNITS = 62
"""What a line of text holds, in average Latin characters, at the narrowest measure of our templates."""
_INDENT = 4
"""What a list's labels take of a line."""


def column_widths(node: Table) -> tuple[float, ...] | None:
    """Each column's part of the line, from 0 to 1; None when all fit side by side without breaking their lines."""
    columns = _cells_by_column(node)
    natural = _natural(columns)
    cells = [cell for row in (*node.header, *node.rows) for cell in row.cells]
    breaks = any(cell.blocks or any(isinstance(found, HardBreak) for found in walk(cell)) for cell in cells)
    if sum(natural) + 2 * (len(columns) - 1) <= LINE_UNITS and not breaks:
        return None
    least = [max((_longest_word(cell) // taken for cell, taken in cells), default=1) for cells in columns]
    return _shares(natural, least)


def natural_width(node: Table) -> int:
    """How wide a table is when no line of a cell is broken, in average Latin characters, the gaps included."""
    return sum(_natural(_cells_by_column(node))) + 2 * (len(node.alignments) - 1)


def _cells_by_column(node: Table) -> list[list[tuple[Cell, int]]]:
    """The cells of each column, each with the number of columns that it takes."""
    columns: list[list[tuple[Cell, int]]] = [[] for _ in node.alignments]
    for rows in (node.header, node.rows):
        for _, placed in placed_rows(rows):
            for each in placed:
                taken = columns[each.column : each.column + each.cell.columns] if each.begins else []
                for column in taken:
                    column.append((each.cell, len(taken)))
    return columns


def _natural(columns: list[list[tuple[Cell, int]]]) -> list[int]:
    return [max((-(-units(cell) // taken) for cell, taken in cells), default=1) or 1 for cells in columns]


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
    """Width of a cell's text, or of its longest block, in average Latin characters; Han and the like count twice."""
    if not cell.blocks:
        return _units(plain(cell.content), cell)
    indent = _INDENT * any(isinstance(found, ListItem) for found in walk(cell.blocks))
    return indent + max((_units(text, node) for text, node in _texts(cell)), default=1)


def lines(cell: Cell, width: int) -> int:
    """How many lines of print a cell takes, about, in a column of so many characters."""
    if not cell.blocks:
        return -(-units(cell) // max(width, 1)) or 1
    return sum(-(-_units(text, node) // max(width, 1)) or 1 for text, node in _texts(cell)) or 1


def fewest_lines(cell: Cell, width: int) -> int:
    """How many lines of print a cell takes at the least."""
    texts = [text for text, _ in _texts(cell)] or [plain(cell.content)]
    return sum(len(text) * 4 // (5 * max(width, 1)) + 1 for text in texts)


def _texts(cell: Cell) -> Iterator[tuple[str, Node]]:
    """The texts of a cell's blocks, each with its node."""
    noted = {
        id(inner) for found in walk(cell.blocks) if isinstance(found, Note) for inner in walk(found.content)
    }
    for found in walk(cell.blocks):
        if id(found) in noted:
            continue
        match found:
            case Paragraph():
                yield plain(found.content), found
            case LineBlock():
                yield from ((plain(line), found) for line in found.lines)
            case CodeBlock():
                yield from ((line, found) for line in found.text.split("\n"))
            case Definition():
                yield plain(found.term), found


def _units(text: str, node: Node) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    if isinstance(node, Paragraph | Cell):
        wide += sum({Cite: 18, Note: 2}.get(type(found), 0) for found in walk(node))
        wide -= sum(len(found.tex) // 2 for found in walk(node) if isinstance(found, Math))
    return len(text) + wide


def _longest_word(cell: Cell) -> int:
    texts = [plain(cell.content), *(text for text, _ in _texts(cell))]
    return max((len(word) for text in texts for word in text.split()), default=1)
