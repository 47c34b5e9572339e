"""Builds tables that are written as lists: `::: {.list-table}`, an item for each row, in it one for each cell.

A cell may begin with empty brackets that say how many columns and rows it takes: `[]{colspan=2 rowspan=2}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.labels import label_like
from fascicle.document.markdown.attributes import Known, check_attributes
from fascicle.document.markdown.build_cells import cell_of_blocks
from fascicle.document.markdown.column_alignments import stated_alignments
from fascicle.document.tree import (
    NO_ATTRIBUTES,
    Alignment,
    Attributes,
    Block,
    BulletList,
    Cell,
    ListItem,
    Paragraph,
    Row,
    SoftBreak,
    SpanInline,
    Table,
    Text,
)

_CLASS = "list-table"
_KNOWN = Known(
    "a list table", ("header-rows", "aligns", "widths", "header-cols"), (_CLASS, "here", "wide"), kind="tbl"
)
_CELL = Known("a cell of a list table", ("colspan", "rowspan", "align"), ())
_ROWS = (
    "write an item '- ' for each row, and in it a list with an item for each cell: '- - one' and '  - two'"
)


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
    rows = [_row(item, problems) for item in listed.items]
    sound = [row for row in rows if row is not None]
    if len(sound) < len(rows) or not sound:
        return None
    heads = _heads(attributes, len(rows), problems)
    count = sum(cell.columns for cell in sound[0].cells)
    header = tuple(_fitted(sound[:heads], count, problems))
    body = tuple(_fitted(sound[heads:], count, problems))
    alignments = stated_alignments(attributes, count, problems) or (Alignment.DEFAULT,) * count
    classes = tuple(name for name in attributes.classes if name in ("here", "wide"))
    given = Attributes(label_like(attributes.id, "tbl"), classes, (), attributes.span)
    text, place = (caption.content, caption.span) if caption else ((), None)
    return Table(span, alignments, header, body, text, place, given)


def _heads(attributes: Attributes, rows: int, problems: Collector) -> int:
    """How many rows are the head: as stated, or one."""
    stated = attributes.get("header-rows") or "1"
    if stated.isascii() and stated.isdigit() and int(stated) <= rows:
        return int(stated)
    message = f"header-rows is '{stated}', and the table has {rows} rows"
    hint = "write header-rows=1, or header-rows=0 for no head"
    problems.add(Code.WRONG_VALUE, message, attributes.span, hint)
    return 1


def _row(item: ListItem, problems: Collector) -> Row | None:
    match item.content:
        case (BulletList(items=items),):
            return Row(item.span, tuple(_cell(each, problems) for each in items))
        case (Paragraph(content=(SpanInline(content=()),)), BulletList(items=items)):
            return Row(item.span, tuple(_cell(each, problems) for each in items))
    problems.add(Code.TABLE_LAYOUT, "this item of a list table is no row of cells", item.span, _ROWS)
    return None


def _cell(item: ListItem, problems: Collector) -> Cell:
    given, content = _stated(item.content)
    check_attributes(given, _CELL, problems)
    span = content[0].span if content else item.span
    columns, rows = _number(given, "colspan", problems), _number(given, "rowspan", problems)
    return cell_of_blocks(span, content, problems, columns, rows)


def _stated(content: tuple[Block, ...]) -> tuple[Attributes, tuple[Block, ...]]:
    """What the empty brackets at a cell's beginning say, and the cell without them."""
    match content:
        case (Paragraph(content=(SpanInline(content=(), attributes=given), *rest)) as first, *others):
            if rest and isinstance(rest[0], SoftBreak):
                del rest[0]
            elif rest and isinstance(rest[0], Text):
                rest[0] = replace(rest[0], text=rest[0].text.lstrip(" "))
            kept = (replace(first, content=tuple(rest)),) if rest else ()
            return given, (*kept, *others)
    return NO_ATTRIBUTES, content


def _number(given: Attributes, key: str, problems: Collector) -> int:
    stated = given.get(key) or "1"
    if stated.isascii() and stated.isdigit() and 0 < int(stated) < 1000:
        return int(stated)
    hint = f"write how many it takes, such as {key}=2"
    problems.add(Code.WRONG_VALUE, f"{key} is '{stated}', and a cell cannot take so many", given.span, hint)
    return 1


def _fitted(rows: Sequence[Row], count: int, problems: Collector) -> Iterable[Row]:
    """The rows of a head or body, each of as many columns as the table; what has no room is told."""
    hanging = [0] * count
    for number, row in enumerate(rows):
        free = [at for at in range(count) if not hanging[at]]
        hanging = [max(left - 1, 0) for left in hanging]
        kept: list[Cell] = []
        for cell in row.cells:
            taken = free[: cell.columns]
            if len(taken) < cell.columns or taken[-1] - taken[0] >= cell.columns:
                _no_room(row, cell, count, problems)
                break
            del free[: cell.columns]
            cell = replace(cell, rows=min(cell.rows, len(rows) - number))
            for at in taken:
                hanging[at] = cell.rows - 1
            kept.append(cell)
        yield replace(row, cells=(*kept, *(Cell(row.span, ()) for _ in free)))


def _no_room(row: Row, cell: Cell, count: int, problems: Collector) -> None:
    cells = sum(each.columns for each in row.cells)
    message = f"this row has {cells} cells, the table has {count} columns"
    if cells <= count:
        message = "this cell has no room beside the cells that come down from the rows above"
    hint = "the first row says how many columns there are: give it a cell more, which may be empty"
    problems.add(Code.EXTRA_CELLS, message, cell.span, hint)
