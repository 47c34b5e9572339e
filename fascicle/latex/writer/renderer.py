"""Step 3: the tree to LaTeX. The rules stand in the modules beside this one; this is the way in."""

from __future__ import annotations

from fascicle.document.tree import Block, Inline
from fascicle.latex.context import Fragment, RenderContext
from fascicle.latex.escape import Latex
from fascicle.latex.line_map import mark
from fascicle.latex.writer.blocks import render_blocks as _render_blocks
from fascicle.latex.writer.inlines import render_inlines as _render_inlines
from fascicle.latex.writer.state import Writer

__all__ = ["Fragment", "RenderContext", "render_blocks", "render_inlines"]


class _LatexWriter(Writer):
    """Ties the renderers of inlines and of blocks together, since notes inside text hold blocks."""

    def inlines(self, content: tuple[Inline, ...]) -> Latex:
        return _render_inlines(self, content)

    def blocks(self, content: tuple[Block, ...]) -> Latex:
        return _render_blocks(self, content)

    def fragment(self, latex: Latex) -> Fragment:
        return Fragment(latex, frozenset(self.packages), frozenset(self.languages))


def render_blocks(blocks: tuple[Block, ...], context: RenderContext) -> Fragment:
    """Blocks as LaTeX, each marked with the line it comes from."""
    writer = _LatexWriter(context)
    return writer.fragment(writer.blocks(blocks))


def render_inlines(inlines: tuple[Inline, ...], context: RenderContext) -> Fragment:
    """A text of one paragraph, such as a title, marked with the line it comes from."""
    writer = _LatexWriter(context)
    if not inlines:
        return Fragment(Latex(""))
    writer.block = inlines[0].span
    return writer.fragment(mark(inlines[0].span) + writer.inlines(inlines))
