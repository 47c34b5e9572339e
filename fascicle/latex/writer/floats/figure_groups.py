"""Pictures side by side: as high as one another, each caption under its picture."""

from __future__ import annotations

from fascicle.document.tree import Figure, FigureGroup
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.floats.figures import (
    UNKNOWN,
    after,
    caption,
    numbered,
    picture,
    stays,
    without_part,
)
from fascicle.latex.writer.footnotes import note_texts
from fascicle.latex.writer.links import label_name
from fascicle.latex.writer.nodes import Float, Here, Lines, command
from fascicle.latex.writer.state import Writer

GAP = 0.03
"""Part of the line between two pictures."""


def render_group(writer: Writer, node: FigureGroup) -> Latex:
    """The rows, and below them the caption of all; the labels of parts follow it, since it has the number."""
    letters = {part: letter for letter, part in node.lettered_figures} if node.lettered else {}
    with writer.put_off_notes() as queue:
        parts = [_row(writer, row, letters) for row in node.rows]
        if node.lettered:
            parts += caption(writer, node.caption, node.attributes.id)
            parts += [
                command("fasciclepartlabel", escape(letter), label_name(part.attributes.id))
                for part, letter in letters.items()
                if part.attributes.id
            ]
    body = Latex("\n").join(parts)
    if not node.lettered and not any(numbered(figure) for figure in node.figures):
        placed = writer.dump(Lines("fascicleplain", body))
    elif stays(writer, node.attributes) or any(stays(writer, one.attributes) for one in node.figures):
        placed = writer.dump(Here("figure", body))
    else:
        wide = writer.context.columns > 1 and any(len(row) > 1 for row in node.rows)
        placed = writer.dump(Float("figure", Latex(f"\\centering\n{body}"), wide=wide))
    return after(placed, note_texts(writer, queue))


def _row(writer: Writer, row: tuple[Figure, ...], letters: dict[Figure, str]) -> Latex:
    cells = [
        writer.dump(Lines("fasciclecell", _cell(writer, figure, letters.get(figure)), Latex(f"{share:.4f}")))
        for figure, share in zip(row, _shares(writer, row), strict=True)
    ]
    return writer.dump(Lines("fasciclerow", Latex("\\hfill\n").join(cells)))


def _cell(writer: Writer, node: Figure, letter: str | None) -> Latex:
    """A picture as wide as its cell, and what stands below it."""
    shown = writer.context.pictures.get(node.path, UNKNOWN)
    parts = [writer.mark(node.span) + picture(writer, without_part(node), shown)]
    credit = command("fasciclecredit", writer.inlines(shown.credit)) if shown.credit else Latex("")
    if letter is None and numbered(node):
        parts += caption(writer, node.caption, node.attributes.id, credit)
    elif letter is None and credit:
        parts.append(credit)
    elif letter is not None:
        text = concat((writer.inlines(node.caption), Latex(" " if credit and node.caption else ""), credit))
        parts.append(command("fasciclepart", escape(letter), text))
    return Latex("\n").join(parts)


def _shares(writer: Writer, row: tuple[Figure, ...]) -> list[float]:
    """Each picture's part of the line: what its author asks for, or so that all are equally high."""
    given = [figure.attributes.get("width") or "" for figure in row]
    if all(width.endswith("%") for width in given) and sum(float(width[:-1]) for width in given) <= 100.5:
        return [float(width[:-1]) / 100 for width in given]
    pictures = [writer.context.pictures.get(figure.path, UNKNOWN) for figure in row]
    shapes = [max(one.width_pt, 1) / max(one.height_pt, 1) for one in pictures]
    room = 1 - GAP * (len(row) - 1)
    return [room * shape / sum(shapes) for shape in shapes]
