"""Finds the cells of a drawn grid, also those that span columns and rows: each has a plus sign in its four corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True)
class GridCell:
    """Where one cell's border runs: lines and columns of the drawing."""

    top: int
    """The line of its upper border."""
    left: int
    """The column of its left border."""
    bottom: int
    """The line of its lower border."""
    right: int
    """The column of its right border."""


class GridCells:
    """The cells of a grid whose lines are all as long as the first."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.bottom = len(lines) - 1
        self.right = len(lines[0]) - 1

    def read(self) -> list[GridCell]:
        """The cells, row by row; what no cell covers is told by `uncovered`."""
        self.done = [0] * self.right
        cells: list[GridCell] = []
        corners = [(0, 0)]
        while corners:
            top, left = heappop(corners)
            if top >= self.bottom or left >= self.right or top != self.done[left]:
                continue
            cell = self._cell(top, left)
            if cell is None or set(self.done[left : cell.right]) != {top}:
                continue
            self.done[left : cell.right] = [cell.bottom] * (cell.right - left)
            cells.append(cell)
            heappush(corners, (top, cell.right))
            heappush(corners, (cell.bottom, left))
        return cells

    @property
    def uncovered(self) -> int | None:
        """The first line that belongs to no cell; None when there is none."""
        first = min(self.done)
        return None if first == self.bottom else first + 1

    def _cell(self, top: int, left: int) -> GridCell | None:
        """The smallest cell whose upper left corner stands here."""
        if self.lines[top][left] != "+":
            return None
        for right in range(left + 1, self.right + 1):
            sign = self.lines[top][right]
            if sign == "+" and (bottom := self._closed(top, left, right)):
                return GridCell(top, left, bottom, right)
            if sign not in "+-=:":
                return None
        return None

    def _closed(self, top: int, left: int, right: int) -> int:
        """The line at which a cell between these columns ends; 0 when none does."""
        for bottom in range(top + 1, self.bottom + 1):
            sides = self.lines[bottom][left], self.lines[bottom][right]
            if sides == ("+", "+") and not self.lines[bottom][left + 1 : right].strip("+-=:"):
                return bottom
            if sides[0] not in "|+" or sides[1] not in "|+":
                return 0
        return 0


def spans(cells: Sequence[GridCell]) -> tuple[list[int], list[int]]:
    """The lines at which rows begin and the columns at which columns begin, each with the end of the last."""
    lines = {cell.top for cell in cells} | {cell.bottom for cell in cells}
    columns = {cell.left for cell in cells} | {cell.right for cell in cells}
    return sorted(lines), sorted(columns)
