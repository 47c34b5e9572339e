"""Marks of what has changed, as macros of `shared/changes.tex`."""

from __future__ import annotations

from fascicle.document.tree import (
    Block,
    CodeBlock,
    Figure,
    FigureGroup,
    Mark,
    Marked,
    MarkedBlock,
    RawBlock,
    ThematicBreak,
)
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.footnotes import note_texts
from fascicle.latex.writer.nodes import command
from fascicle.latex.writer.state import Writer

_BOTH = (Mark.INSERTED, Mark.DELETED)
_WORDLESS = (CodeBlock, ThematicBreak, RawBlock)


def render_marked(writer: Writer, node: Marked) -> Latex:
    """Text that is not alike in two versions; the texts of notes in it are set behind it, with marks of their own."""
    writer.packages.add("lua-ul")
    preceding, writer.preceding = writer.preceding, ()
    anchor = _anchor(writer, node.name)
    with (
        writer.put_off_notes() as queue,
        writer.within(marked=node.mark if node.mark in _BOTH else writer.marked),
    ):
        writer.preceding = preceding
        content = writer.inlines(node.content)
    shown = command(f"fascicle{node.mark.value}", content)
    return concat((anchor, shown, note_texts(writer, queue)))


def _anchor(writer: Writer, name: str) -> Latex:
    """The place to which the list of changes leads: at the first words of a change."""
    waiting, writer.change = writer.change, ""
    return concat(command("fascicleanchor", escape(one)) for one in (waiting, name) if one)


def wordless(writer: Writer, node: Block, made: Latex) -> Latex:
    """A block without words that could be marked, under the mark that it stands in."""
    if writer.marked and isinstance(node, _WORDLESS):
        return command(f"fascicleblock{writer.marked.value}", made)
    return made


def render_marked_block(writer: Writer, node: MarkedBlock) -> Latex:
    """Blocks that one version alone has: their words are marked inside, the rest here."""
    writer.packages.add("lua-ul")
    pieces = [_anchor(writer, "")] if node.name and writer.change else []
    writer.change = node.name or writer.change
    for block in node.content:
        with writer.within(marked=node.mark if node.mark in _BOTH else writer.marked):
            made = writer.blocks((block,))
        if writer.change and isinstance(block, (*_WORDLESS, Figure, FigureGroup)):
            made = concat((_anchor(writer, ""), Latex("\n"), made))
        pieces.append(made)
    if writer.change:
        pieces.append(_anchor(writer, ""))
    return Latex(writer.paragraph_end).join(pieces)
