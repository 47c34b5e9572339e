"""Cells of tables that hold blocks: what they may hold, and their text where it is one paragraph."""

from __future__ import annotations

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.tree import (
    Block,
    Callout,
    Cell,
    Figure,
    FigureGroup,
    Heading,
    Paragraph,
    RawBlock,
    Statement,
    Table,
    walk,
)

_REFUSED: dict[type, str] = {
    Table: "a table of its own",
    Figure: "a picture",
    FigureGroup: "pictures",
    Heading: "a heading",
    Statement: "a statement with a number",
    Callout: "a box",
    RawBlock: "raw LaTeX",
}
_HINT = "a cell holds text, lists, quotations, verse and code: put the rest before or after the table"


def cell_of_blocks(
    span: Span, blocks: tuple[Block, ...], problems: Collector, columns: int = 1, rows: int = 1
) -> Cell:
    """The cell that holds these blocks; what no cell can hold is told, once a cell."""
    for found in walk(blocks):
        if what := _REFUSED.get(type(found)):
            message = f"a cell of this table holds {what}, which cannot stand in a cell"
            problems.add(Code.TABLE_LAYOUT, message, found.span, _HINT)
            return Cell(span, (), (), columns, rows)
    match blocks:
        case ():
            return Cell(span, (), (), columns, rows)
        case (Paragraph(content=content),):
            return Cell(span, content, (), columns, rows)
    return Cell(span, (), blocks, columns, rows)
