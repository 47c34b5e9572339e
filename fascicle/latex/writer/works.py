"""A list of works as LaTeX of our own: each entry a paragraph that links lead to, its lines marked as its record's."""

from __future__ import annotations

from fascicle.document.tree import ReferenceList, Work
from fascicle.latex.escape import Latex, concat
from fascicle.latex.line_map import mark
from fascicle.latex.writer.nodes import Lines, command
from fascicle.latex.writer.state import Writer


def render_works(writer: Writer, node: ReferenceList) -> Latex:
    """The entries in an environment that each template may set otherwise."""
    entries = [_entry(writer, work) for work in node.works]
    if not entries:
        return Latex("")
    widest = max((work.label for work in node.works), key=_length)
    kind = "fascicleworks" if node.hanging or widest else "fascicleflushworks"
    return Latex(Lines(kind, Latex("\n".join(entries)), writer.inlines(widest)).dumps())


def _entry(writer: Writer, work: Work) -> Latex:
    with writer.within(block=work.span, quote_depth=0):
        content = writer.inlines(work.content)
        label = writer.inlines(work.label)
    place = command("fasciclework", work.place, label)
    return concat((mark(work.span), place, Latex("%\n"), mark(work.span), content))


def _length(label: tuple[object, ...]) -> int:
    return sum(len(getattr(node, "text", "")) for node in label)
