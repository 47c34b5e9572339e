"""A list of works as LaTeX of our own.

Each entry a paragraph that links lead to, its lines marked as its record's.
"""

from __future__ import annotations

from fascicle.document.tree import Inline, ListedWork, ReferenceList
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.line_map import mark
from fascicle.latex.writer.bibtex import list_commands
from fascicle.latex.writer.links import label_name
from fascicle.latex.writer.nodes import Lines, command, dumped
from fascicle.latex.writer.state import Writer


def render_works(writer: Writer, node: ReferenceList) -> Latex:
    """The entries in an environment that each template may set otherwise."""
    if not node.works:
        return Latex("")
    if writer.context.bibtex:
        return list_commands(writer.context.bibtex)
    widest = max((work.label for work in node.works), key=_length)
    if writer.context.thebibliography:
        return _thebibliography(writer, node, widest)
    entries = [_entry(writer, work) for work in node.works]
    kind = "fascicleworks" if node.hanging or widest else "fascicleflushworks"
    return dumped(Lines(kind, Latex("\n".join(entries)), writer.inlines(widest)))


def _entry(writer: Writer, work: ListedWork) -> Latex:
    with writer.within(block=work.span, quote_depth=0):
        content = writer.inlines(work.content)
        label = writer.inlines(work.label)
    place = command("fasciclework", label_name(work.place), label)
    return concat((mark(work.span), place, Latex("%\n"), mark(work.span), content))


def _thebibliography(writer: Writer, node: ReferenceList, widest: tuple[Inline, ...]) -> Latex:
    """The entries as items of `thebibliography`: with their numbers, or else with author and year, which natbib reads and nothing prints."""
    items = []
    for work in node.works:
        with writer.within(block=work.span, quote_depth=0):
            content = writer.inlines(work.content)
            option = writer.inlines(work.label) if widest else escape(work.short or work.key)
        item = command("bibitem", label_name(work.place), option=option)
        items.append(concat((mark(work.span), item, Latex("%\n"), mark(work.span), content)))
    kind = "labelled" if widest else "hanging" if node.hanging else "flush"
    body = concat((command(f"fasciclebib{kind}"), Latex("\n"), Latex("\n\n").join(items)))
    return concat(
        (
            Latex("{\\fasciclebibsetup\n"),
            dumped(Lines("thebibliography", body, writer.inlines(widest))),
            Latex("}"),
        )
    )


def _length(label: tuple[object, ...]) -> int:
    return sum(len(getattr(node, "text", "")) for node in label)
