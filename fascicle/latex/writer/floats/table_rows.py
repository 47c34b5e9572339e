r"""Rows and columns of tables: cells over several columns by `\multicolumn`, over several rows by boxes that hang down.

A cell over several rows is set whole in its first one; its last row is made deep enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fascicle.document.tables.cell_places import PlacedCell, placed_rows
from fascicle.document.tables.columns import LINE_UNITS, column_widths, fewest_lines
from fascicle.document.tables.shared_line import SharedLine, shared_line
from fascicle.document.tree import Alignment, Row, Table
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.nodes import command
from fascicle.latex.writer.state import Writer

_LETTERS = {Alignment.DEFAULT: "l", Alignment.LEFT: "l", Alignment.CENTER: "c", Alignment.RIGHT: "r"}
_RAGGED = {
    Alignment.DEFAULT: r"\raggedright",
    Alignment.LEFT: r"\raggedright",
    Alignment.CENTER: r"\centering",
    Alignment.RIGHT: r"\raggedleft",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table."""

    alignments: tuple[Alignment, ...]
    """How each stands."""
    widths: tuple[float, ...] | None
    """Each one's part of the line; None when all are as wide as their words."""
    line: SharedLine | None = None
    """How they share the line; None when all are as wide as their words."""

    @classmethod
    def of(cls, node: Table) -> Columns:
        """The columns of a table."""
        return cls(node.alignments, column_widths(node), shared_line(node))

    @property
    def specification(self) -> Latex:
        """All columns, flush with the text on both sides."""
        columns = "".join(self._column(at, 1) for at in range(len(self.alignments)))
        return Latex.proved("@{}" + columns + "@{}")

    @property
    def measured(self) -> Latex:
        """What measures the columns that are as wide as their words, where others share the rest."""
        if self.line is None or not self.line.kept:
            return Latex("")
        columns = (concat(Latex(f"{{{escape(text)}}}") for text in texts) for texts in self.line.kept)
        return concat(
            (Latex(r"\fasciclekept0pt"), *(command("fasciclekeep", one) for one in columns), Latex("%\n"))
        )

    def over(self, first: int, count: int) -> Latex:
        """One column in place of several, flush with the text where these are."""
        left = "@{}" if first == 0 else ""
        right = "@{}" if first + count == len(self.alignments) else ""
        return Latex.proved(f"{left}{self._column(first, count)}{right}")

    def width(self, first: int, count: int) -> int:
        """How many characters a line holds in these columns, about."""
        return int(sum(self.widths[first : first + count]) * LINE_UNITS) if self.widths else LINE_UNITS

    def _column(self, first: int, count: int) -> str:
        alignment = self.alignments[first]
        if self.widths is None or self.line is None or self.line.shares[first] is None:
            return _LETTERS[alignment]
        gaps = 2 * (len(self.alignments) - 1)
        # Rounded down, so that the columns together never exceed the line.
        shares = sum(share or 0 for share in self.line.shares[first : first + count])
        kept = r"-\fasciclekept" if self.line.kept else ""
        width = rf"{int(shares * 10000) / 10000:.4f}\dimexpr\linewidth-{gaps}\tabcolsep{kept}\relax"
        if count > 1:
            width = rf"\dimexpr{width}+{2 * (count - 1)}\tabcolsep\relax"
        return rf">{{{_RAGGED[alignment]}\arraybackslash}}p{{{width}}}"


def rows_of(writer: Writer, rows: Sequence[Row], columns: Columns, *, head: bool = False) -> Iterator[Latex]:
    """Each row as a line; rules stand under the head's cells over several columns."""
    least = [0] * len(columns.alignments)
    placed = list(placed_rows(rows))
    for number, (row, cells) in enumerate(placed):
        with writer.within(block=row.span):
            shown = Latex(" & ").join(_cell(writer, each, columns, least) for each in cells)
            _count_lines(cells, columns, least)
            together = Latex("*") if any(not each.ends for each in cells) else Latex("")
            yield concat((writer.mark(row.span), shown, Latex(r" \\"), together))
        if head and number + 1 < len(placed) and (rules := _rules(cells)):
            yield rules


def _cell(writer: Writer, each: PlacedCell, columns: Columns, least: list[int]) -> Latex:
    cell, several = each.cell, columns.widths is not None
    if not each.begins:
        text = Latex("")
        if each.ends and several:
            text = command("fascicleroom", escape(str(each.column)), escape(str(least[each.column])))
    elif cell.blocks:
        name = "fasciclehanging" if cell.rows > 1 else "fascicleblocks"
        content = Latex(f"%\n{writer.blocks(cell.blocks)}")
        text = command(name, *([escape(str(each.column))] if cell.rows > 1 else []), content)
        writer.away += 1
    elif cell.rows > 1 and several:
        text = command("fasciclehanging", escape(str(each.column)), writer.inlines(cell.content))
    else:
        text = writer.inlines(cell.content)
    if cell.columns == 1:
        return text
    return command("multicolumn", escape(str(cell.columns)), columns.over(each.column, cell.columns), text)


def _count_lines(cells: Sequence[PlacedCell], columns: Columns, least: list[int]) -> None:
    """Add this row's lines, at the least, to those that a cell beside it may hang down."""
    here = max(
        (
            fewest_lines(each.cell, columns.width(each.column, each.cell.columns))
            for each in cells
            if each.begins and each.cell.rows == 1
        ),
        default=1,
    )
    for each in cells:
        if each.cell.rows > 1:
            least[each.column] = (0 if each.begins else least[each.column]) + max(here, 1)


def _rules(cells: Sequence[PlacedCell]) -> Latex:
    spanning = [each for each in cells if each.cell.columns > 1 and each.ends and each.cell.filled]
    return concat(
        tuple(
            Latex(rf"\cmidrule(lr){{{each.column + 1}-{each.column + each.cell.columns}}}")
            for each in spanning
        )
    )
