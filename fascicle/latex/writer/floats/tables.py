"""Tables: columns as wide as their words or, when that is too wide, sharing the line.

Long ones break over pages.
"""

from __future__ import annotations

from dataclasses import replace

from fascicle.document.locale.words import words
from fascicle.document.rewrite import rewritten
from fascicle.document.tables.cell_places import placed_rows
from fascicle.document.tables.columns import lines, natural_width
from fascicle.document.tree import Node, Paragraph, Row, Table
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.floats.figures import after, caption, spans, stays, without_apparatus
from fascicle.latex.writer.floats.table_rows import Columns, rows_of
from fascicle.latex.writer.footnotes import note_texts
from fascicle.latex.writer.nodes import Float, Here, Lines, LongRows, Rows, command
from fascicle.latex.writer.state import Writer

PAGE_LINES = 26
"""Tables of more lines break over pages instead of floating as a whole."""
COLUMN_UNITS = 38
"""What a line of one column of two holds, in average Latin characters."""


def render_table(writer: Writer, node: Table) -> Latex:
    """A table with its caption above it."""
    columns = Columns.of(node)
    if _lines(node, columns) > PAGE_LINES and not writer.in_note and "here" not in node.attributes.classes:
        return concat((columns.measured, _long(writer, node, columns)))
    with writer.put_off_notes() as queue:
        above = _caption(writer, node)
        set_rows = writer.dump(Rows(columns.specification, _body(writer, node, columns)))
        rows = concat((columns.measured, _head_rows(writer, node), set_rows))
    texts = note_texts(writer, queue)
    if not above:
        return after(writer.dump(Lines("fascicleplain", rows)), texts)
    content = Latex("\n").join([*above, writer.mark(node.span) + rows])
    if stays(writer, node.attributes):
        return after(writer.dump(Here("table", content)), texts)
    wide = spans(writer, node.attributes) or _too_wide(writer, node)
    return after(writer.dump(Float("table", Latex(f"\\centering\n{content}"), wide=wide)), texts)


def _too_wide(writer: Writer, node: Table) -> bool:
    """Whether a table is too wide for one column of several: its lines would break, or it would stick out."""
    return writer.context.columns > 1 and natural_width(node) > COLUMN_UNITS


def _head_rows(writer: Writer, node: Table, *, above: bool = False) -> Latex:
    """Which rows LaTeX is to tag as the head: the first, or those from the second on below a caption that is set as one."""
    if not writer.context.tagged:
        return Latex("")
    first = 2 if above else 1
    numbers = escape(",".join(str(first + at) for at in range(len(node.header))))
    return concat((command("fascicletablehead", numbers), Latex("%\n")))


def _caption(writer: Writer, node: Table) -> list[Latex]:
    if not node.caption and not node.attributes.id:
        return []
    span = node.caption_span or node.span
    with writer.within(block=span):
        first, *rest = caption(writer, node.caption, node.attributes.id)
        return [concat((writer.mark(span), first)), *rest]


def _body(writer: Writer, node: Table, columns: Columns) -> Latex:
    body = rows_of(writer, node.rows, columns)
    return Latex("\n").join([*_head(writer, node.header, columns), *body, Latex(r"\bottomrule")])


def _long(writer: Writer, node: Table, columns: Columns) -> Latex:
    """A table over several pages: its head is repeated, its notes stay with their rows' pages."""
    with writer.put_off_notes() as queue:
        queue.command, queue.text_command = "fascicleheadmark", "fascicleheadnotetext"
        above = _caption(writer, node)
        head = _head(writer, node.header, columns)
        again = _head(writer, tuple(map(_plain_row, node.header)), columns)
        # Above both columns a long table is set as a whole, and notes inside what is set as a whole are lost.
        body = list(rows_of(writer, node.rows, columns)) if writer.context.columns > 1 else None
    queue.command = "fasciclenotemark"
    made = [concat((Latex("\n").join(above), Latex(r"\\")))] if above else []
    made += [
        *head,
        Latex(r"\endfirsthead"),
        *(_continued(writer, node) if above else ()),
        *again,
        Latex(r"\endhead"),
        Latex(r"\bottomrule"),
        Latex(r"\endlastfoot"),
    ]
    made += body if body is not None else rows_of(writer, node.rows, columns)
    table = writer.dump(LongRows(columns.specification, Latex("\n").join(made)))
    narrow = writer.context.columns > 1 and not spans(writer, node.attributes) and not _too_wide(writer, node)
    before = Latex("\\fasciclenarrowtable%\n") if narrow else Latex("")
    table = concat((before, _head_rows(writer, node, above=bool(above)), table))
    if not queue.notes:
        return table
    # The body's own notes are counted as it is set, so those of caption and head are counted before it.
    return Latex("\n").join([Latex(r"\fascicleheadnotes{}"), note_texts(writer, queue), table])


def _head(writer: Writer, header: tuple[Row, ...], columns: Columns) -> list[Latex]:
    rows = [*rows_of(writer, header, columns, head=True), Latex(r"\midrule")] if header else []
    return [Latex(r"\toprule"), *rows]


def _continued(writer: Writer, node: Table) -> list[Latex]:
    """What stands above the head on later pages."""
    word = escape(words(writer.language).labels.continued)
    return [
        Latex(rf"\multicolumn{{{len(node.alignments)}}}{{@{{}}l@{{}}}}{{\fasciclecontinued{{{word}}}}}\\")
    ]


def _plain_row(row: Row) -> Row:
    """The head as later pages repeat it: without notes and citations, which stand on the first page."""
    cells = (
        replace(cell, content=without_apparatus(cell.content), blocks=rewritten(cell.blocks, _plain_node))
        for cell in row.cells
    )
    return Row(row.span, tuple(cells))


def _plain_node(node: Node) -> Node:
    return replace(node, content=without_apparatus(node.content)) if isinstance(node, Paragraph) else node


def _lines(node: Table, columns: Columns) -> int:
    """How many lines of print the body takes, about."""
    if columns.widths is None:
        return len(node.rows)
    return sum(
        max(
            (
                lines(each.cell, columns.width(each.column, each.cell.columns))
                for each in placed
                if each.begins and each.cell.rows == 1
            ),
            default=1,
        )
        for _, placed in placed_rows(node.rows)
    )
