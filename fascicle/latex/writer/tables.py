"""Pipe tables: columns as wide as their words or, when that is too wide, sharing the line.

Long ones break over pages.
"""

from __future__ import annotations

from fascicle.document.locale.words import words
from fascicle.document.tables.columns import LINE_UNITS, SharedLine, column_widths, shared_line, units
from fascicle.document.tree import Alignment, Cell, Row, Table
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.figures import after, caption, stays, without_apparatus
from fascicle.latex.writer.footnotes import note_texts
from fascicle.latex.writer.nodes import Float, Here, Lines, LongRows, Rows, command
from fascicle.latex.writer.state import Writer

PAGE_LINES = 26
"""Tables of more lines break over pages instead of floating as a whole."""

_LETTERS = {Alignment.DEFAULT: "l", Alignment.LEFT: "l", Alignment.CENTER: "c", Alignment.RIGHT: "r"}
_RAGGED = {
    Alignment.DEFAULT: r"\raggedright",
    Alignment.LEFT: r"\raggedright",
    Alignment.CENTER: r"\centering",
    Alignment.RIGHT: r"\raggedleft",
}


def render_table(writer: Writer, node: Table) -> Latex:
    """A table with its caption above it."""
    widths = column_widths(node)
    line = shared_line(node)
    columns, kept = _columns(node.alignments, line), _kept(line)
    if _lines(node, widths) > PAGE_LINES and not writer.in_note and "here" not in node.attributes.classes:
        return concat((kept, _long(writer, node, columns)))
    with writer.put_off_notes() as queue:
        above = _caption(writer, node)
        rows = concat((kept, _head_rows(writer, node), writer.dump(Rows(columns, _body(writer, node)))))
    texts = note_texts(writer, queue)
    if not above:
        return after(writer.dump(Lines("fascicleplain", rows)), texts)
    content = Latex("\n").join([*above, writer.mark(node.span) + rows])
    if stays(writer, node.attributes):
        return after(writer.dump(Here("table", content)), texts)
    return after(writer.dump(Float("table", Latex(f"\\centering\n{content}"))), texts)


def _head_rows(writer: Writer, node: Table, *, above: bool = False) -> Latex:
    """Which row LaTeX is to tag as the head: the first, or the second below a caption that is set as a row."""
    if not writer.context.tagged:
        return Latex("")
    number = (2 if above else 1) if node.header else ""
    return concat((command("fascicletablehead", str(number)), Latex("%\n")))


def _caption(writer: Writer, node: Table) -> list[Latex]:
    if not node.caption and not node.attributes.id:
        return []
    span = node.caption_span or node.span
    with writer.within(block=span):
        first, *rest = caption(writer, node.caption, node.attributes.id)
        return [concat((writer.mark(span), first)), *rest]


def _body(writer: Writer, node: Table) -> Latex:
    lines = [Latex(r"\toprule")]
    if node.header:
        lines += [_row(writer, node.header), Latex(r"\midrule")]
    lines += [_row(writer, row) for row in node.rows]
    return Latex("\n").join([*lines, Latex(r"\bottomrule")])


def _long(writer: Writer, node: Table, columns: Latex) -> Latex:
    """A table over several pages: its head is repeated, its notes stay with their rows' pages."""
    with writer.put_off_notes() as queue:
        queue.command = "fascicleheadmark"
        above = _caption(writer, node)
        head = _head(writer, node.header)
        again = _head(writer, _plain_row(node.header))
    queue.command = "fasciclenotemark"
    lines = [concat((Latex("\n").join(above), Latex(r"\\")))] if above else []
    lines += [
        *head,
        Latex(r"\endfirsthead"),
        *(_continued(writer, node) if above else ()),
        *again,
        Latex(r"\endhead"),
        Latex(r"\bottomrule"),
        Latex(r"\endlastfoot"),
    ]
    lines += [_row(writer, row) for row in node.rows]
    table = writer.dump(LongRows(columns, Latex("\n").join(lines)))
    table = concat((_head_rows(writer, node, above=bool(above)), table))
    if not queue.notes:
        return table
    # The body's own notes are counted as it is set, so those of caption and head are counted before it.
    return Latex("\n").join([Latex(r"\fascicleheadnotes{}"), note_texts(writer, queue), table])


def _head(writer: Writer, header: Row | None) -> list[Latex]:
    row = [_row(writer, header), Latex(r"\midrule")] if header else []
    return [Latex(r"\toprule"), *row]


def _continued(writer: Writer, node: Table) -> list[Latex]:
    """What stands above the head on later pages."""
    word = escape(words(writer.language).labels.continued)
    return [
        Latex(rf"\multicolumn{{{len(node.alignments)}}}{{@{{}}l@{{}}}}{{\fasciclecontinued{{{word}}}}}\\")
    ]


def _plain_row(row: Row | None) -> Row | None:
    """The head as later pages repeat it: without notes and citations, which stand on the first page."""
    if row is None:
        return None
    return Row(row.span, tuple(Cell(cell.span, without_apparatus(cell.content)) for cell in row.cells))


def _row(writer: Writer, row: Row) -> Latex:
    with writer.within(block=row.span):
        cells = Latex(" & ").join(writer.inlines(cell.content) for cell in row.cells)
        return Latex(f"{writer.mark(row.span)}{cells} \\\\")


def _lines(node: Table, widths: tuple[float, ...] | None) -> int:
    """How many lines of print the body takes, about."""
    if widths is None:
        return len(node.rows)
    return sum(
        max(
            -(-units(cell) // max(int(share * LINE_UNITS), 1)) or 1
            for cell, share in zip(row.cells, widths, strict=False)
        )
        for row in node.rows
    )


def _columns(alignments: tuple[Alignment, ...], line: SharedLine | None) -> Latex:
    """The column specification, flush with the text on both sides."""
    if line is None:
        return Latex.proved("@{}" + "".join(_LETTERS[alignment] for alignment in alignments) + "@{}")
    gaps = 2 * (len(alignments) - 1)
    kept = r"-\fasciclekept" if line.kept else ""
    rest = rf"\dimexpr\linewidth-{gaps}\tabcolsep{kept}\relax"
    columns = [
        _LETTERS[alignment]
        if share is None
        else rf">{{{_RAGGED[alignment]}\arraybackslash}}p{{{_part(share)}{rest}}}"
        for alignment, share in zip(alignments, line.shares, strict=True)
    ]
    return Latex.proved("@{}" + "".join(columns) + "@{}")


def _kept(line: SharedLine | None) -> Latex:
    """What measures the columns that are as wide as their words."""
    if line is None or not line.kept:
        return Latex("")
    columns = (concat(Latex(f"{{{escape(text)}}}") for text in texts) for texts in line.kept)
    return concat(
        (Latex(r"\fasciclekept0pt"), *(command("fasciclekeep", one) for one in columns), Latex("%\n"))
    )


def _part(share: float) -> str:
    """A part rounded down, so that the columns together never exceed the line."""
    return f"{int(share * 10000) / 10000:.4f}"
