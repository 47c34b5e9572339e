"""Pipe tables: columns as wide as their words or, when that is too wide, sharing the line; long ones break over pages."""

from __future__ import annotations

import unicodedata

from fascicle.text.escape import Latex, concat
from fascicle.text.latex_figures import after, caption, stays, without_apparatus
from fascicle.text.latex_notes import note_texts
from fascicle.text.nodes import Float, Here, Lines, LongRows, Rows
from fascicle.text.tree import Alignment, Cell, Cite, HardBreak, Math, Note, Row, Table, plain, walk
from fascicle.text.writer import Writer

LINE_UNITS = 62
"""What a line of text holds, in average Latin characters, at the narrowest measure of our templates."""
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
    columns = _columns(node.alignments, widths)
    if _lines(node, widths) > PAGE_LINES and not writer.in_note and "here" not in node.attributes.classes:
        return _long(writer, node, columns)
    with writer.put_off_notes() as queue:
        above = _caption(writer, node)
        rows = writer.dump(Rows(columns, _body(writer, node)))
    texts = note_texts(writer, queue)
    if not above:
        return after(writer.dump(Lines("fascicleplain", rows)), texts)
    content = Latex("\n").join([*above, writer.mark(node.span) + rows])
    if stays(writer, node.attributes):
        return after(writer.dump(Here("table", content)), texts)
    return after(writer.dump(Float("table", Latex(f"\\centering\n{content}"))), texts)


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


def _long(writer: Writer, node: Table, columns: str) -> Latex:
    """A table over several pages: its head is repeated, its notes stay with their rows' pages."""
    with writer.put_off_notes() as queue:
        queue.command = "fascicleheadmark"
        above = _caption(writer, node)
        head = _head(writer, node.header)
        again = _head(writer, _plain_row(node.header))
    queue.command = "fasciclenotemark"
    lines = [Latex(f"{Latex(chr(10)).join(above)}\\\\")] if above else []
    lines += [
        *head,
        Latex(r"\endfirsthead"),
        *again,
        Latex(r"\endhead"),
        Latex(r"\bottomrule"),
        Latex(r"\endlastfoot"),
    ]
    lines += [_row(writer, row) for row in node.rows]
    table = writer.dump(LongRows(columns, Latex("\n").join(lines)))
    if not queue.notes:
        return table
    # The body's own notes are counted as it is set, so those of caption and head are counted before it.
    return Latex("\n").join([Latex(r"\fascicleheadnotes{}"), note_texts(writer, queue), table])


def _head(writer: Writer, header: Row | None) -> list[Latex]:
    row = [_row(writer, header), Latex(r"\midrule")] if header else []
    return [Latex(r"\toprule"), *row]


def _plain_row(row: Row | None) -> Row | None:
    """The head as later pages repeat it: without notes and citations, which stand on the first page."""
    if row is None:
        return None
    return Row(row.span, tuple(Cell(cell.span, without_apparatus(cell.content)) for cell in row.cells))


def _row(writer: Writer, row: Row) -> Latex:
    with writer.within(block=row.span):
        cells = Latex(" & ").join(writer.inlines(cell.content) for cell in row.cells)
        return Latex(f"{writer.mark(row.span)}{cells} \\\\")


def column_widths(node: Table) -> tuple[float, ...] | None:
    """Each column's part of the line, from 0 to 1; None when all fit side by side without breaking their lines."""
    count = len(node.alignments)
    rows = [row for row in (node.header, *node.rows) if row]
    columns = [[row.cells[at] for row in rows] for at in range(count)]
    natural = [max((_units(cell) for cell in cells), default=1) or 1 for cells in columns]
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


def _units(cell: Cell) -> int:
    """Width of a cell's text in average Latin characters; Han and the like count twice."""
    text = plain(cell.content)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    cited = sum({Cite: 18, Note: 2}.get(type(found), 0) for found in walk(cell))
    formulas = sum(len(found.tex) // 2 for found in walk(cell) if isinstance(found, Math))
    return len(text) + wide + cited - formulas


def _longest_word(cell: Cell) -> int:
    return max((len(word) for word in plain(cell.content).split()), default=1)


def _lines(node: Table, widths: tuple[float, ...] | None) -> int:
    """How many lines of print the body takes, about."""
    if widths is None:
        return len(node.rows)
    return sum(
        max(
            -(-_units(cell) // max(int(share * LINE_UNITS), 1)) or 1
            for cell, share in zip(row.cells, widths, strict=False)
        )
        for row in node.rows
    )


def _columns(alignments: tuple[Alignment, ...], widths: tuple[float, ...] | None) -> str:
    """The column specification, flush with the text on both sides."""
    if widths is None:
        return "@{}" + "".join(_LETTERS[alignment] for alignment in alignments) + "@{}"
    gaps = 2 * (len(alignments) - 1)
    columns = [
        rf">{{{_RAGGED[alignment]}\arraybackslash}}p{{{_part(share)}\dimexpr\linewidth-{gaps}\tabcolsep\relax}}"
        for alignment, share in zip(alignments, widths, strict=True)
    ]
    return "@{}" + "".join(columns) + "@{}"


def _part(share: float) -> str:
    """A part rounded down, so that the columns together never exceed the line."""
    return f"{int(share * 10000) / 10000:.4f}"
