"""Where the cells of a table stand when some take several columns or rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fascicle.document.tree import Cell, Row


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell, or what of it stands in a later row than its first."""

    cell: Cell
    """The cell."""
    column: int
    """Its first column, from 0."""
    above: int
    """In how many rows before this one it stands."""

    @property
    def begins(self) -> bool:
        """Whether it begins in this row."""
        return not self.above

    @property
    def ends(self) -> bool:
        """Whether this row is its last."""
        return self.above + 1 >= self.cell.rows


def placed_rows(rows: Iterable[Row]) -> Iterator[tuple[Row, list[PlacedCell]]]:
    """Each row with everything that stands in it, from the first column to the last."""
    open_cells: list[PlacedCell] = []
    for row in rows:
        waiting = list(open_cells)
        placed: list[PlacedCell] = []
        column = 0
        for cell in row.cells:
            column = _past(waiting, placed, column)
            placed.append(PlacedCell(cell, column, 0))
            column += cell.columns
        _past(waiting, placed, column)
        yield row, placed
        open_cells = [PlacedCell(each.cell, each.column, each.above + 1) for each in placed if not each.ends]


def _past(waiting: list[PlacedCell], placed: list[PlacedCell], column: int) -> int:
    """The first free column from `column` on; cells from above that stand before it are placed."""
    while waiting and waiting[0].column <= column:
        from_above = waiting.pop(0)
        placed.append(from_above)
        column = from_above.column + from_above.cell.columns
    return column
