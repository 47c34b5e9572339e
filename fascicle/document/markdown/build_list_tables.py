"""Builds tables that are written as lists: `::: {.list-table}`, an item for each row, in it one for each cell."""

from __future__ import annotations

from dataclasses import replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.labels import label_like
from fascicle.document.markdown.attributes import Known, check_attributes
from fascicle.document.markdown.column_alignments import stated_alignments
from fascicle.document.tree import (
    Alignment,
    Attributes,
    Block,
    BulletList,
    Cell,
    ListItem,
    Paragraph,
    Row,
    Table,
)

_CLASS = "list-table"
_KNOWN = Known(
    "a list table", ("header-rows", "aligns", "widths", "header-cols"), (_CLASS, "here"), kind="tbl"
)
_ROWS = (
    "write an item '- ' for each row, and in it a list with an item for each cell: '- - one' and '  - two'"
)
_CELLS = "write its parts in one paragraph, or in rows of their own"


def list_table(
    span: Span, attributes: Attributes, content: tuple[Block, ...], problems: Collector
) -> Table | None:
    """The table that a division of this class is; None for any other, and for one that was told."""
    if _CLASS not in attributes.classes:
        return None
    check_attributes(attributes, _KNOWN, problems)
    caption: Paragraph | None = None
    match content:
        case (Paragraph() as caption, BulletList() as listed) | (
            BulletList() as listed,
            Paragraph() as caption,
        ):
            pass
        case (BulletList() as listed,):
            pass
        case _:
            message = "a list table holds one list of its rows, and a paragraph that is its caption, and nothing else"
            problems.add(Code.TABLE_LAYOUT, message, attributes.span or span, _ROWS)
            return None
    rows = _rows(listed, problems)
    if rows is None:
        return None
    header = rows.pop(0) if _has_head(attributes, problems) else None
    count = len((header or rows[0]).cells)
    alignments = stated_alignments(attributes, count, problems) or (Alignment.DEFAULT,) * count
    classes = tuple(name for name in attributes.classes if name == "here")
    given = Attributes(label_like(attributes.id, "tbl"), classes, (), attributes.span)
    text, place = (caption.content, caption.span) if caption else ((), None)
    return Table(span, alignments, header, tuple(rows), text, place, given)


def _has_head(attributes: Attributes, problems: Collector) -> bool:
    stated = attributes.get("header-rows") or "1"
    if stated not in ("0", "1"):
        message = f"header-rows is '{stated}', and one row is the most that a head has"
        problems.add(
            Code.WRONG_VALUE, message, attributes.span, "write header-rows=1, or header-rows=0 for no head"
        )
    return stated != "0"


def _rows(listed: BulletList, problems: Collector) -> list[Row] | None:
    """The rows, each of as many cells as the first; None when one of them cannot be read."""
    rows = [_row(item, problems) for item in listed.items]
    sound = [row for row in rows if row is not None]
    if len(sound) < len(rows) or not sound:
        return None
    count = len(sound[0].cells)
    return [_of_length(row, count, problems) for row in sound]


def _row(item: ListItem, problems: Collector) -> Row | None:
    match item.content:
        case (BulletList(items=items),):
            cells = [_cell(each, problems) for each in items]
            sound = tuple(cell for cell in cells if cell is not None)
            return Row(item.span, sound) if len(sound) == len(cells) else None
    problems.add(Code.TABLE_LAYOUT, "this item of a list table is no row of cells", item.span, _ROWS)
    return None


def _cell(item: ListItem, problems: Collector) -> Cell | None:
    match item.content:
        case ():
            return Cell(item.span, ())
        case (Paragraph() as only,):
            return Cell(only.span, only.content)
    message = "a cell of this table holds more than one paragraph, or another block"
    other = item.content[isinstance(item.content[0], Paragraph)]
    problems.add(Code.TABLE_LAYOUT, message, other.span, _CELLS)
    return None


def _of_length(row: Row, count: int, problems: Collector) -> Row:
    if len(row.cells) > count:
        message = f"this row has {len(row.cells)} cells, the table has {count} columns"
        hint = "the first row says how many columns there are: give it a cell more, which may be empty"
        problems.add(Code.EXTRA_CELLS, message, row.cells[count].span, hint)
    filled = (Cell(row.span, ()),) * (count - len(row.cells))
    return replace(row, cells=(*row.cells[:count], *filled))
