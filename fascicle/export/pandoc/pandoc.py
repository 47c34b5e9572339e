"""Step 3, the second renderer: trees to Pandoc's syntax tree, from which pandoc writes Word and JATS."""

from __future__ import annotations

from fascicle.document.tree import Block, Inline
from fascicle.export.pandoc import ast as p
from fascicle.export.pandoc.blocks import Renderer
from fascicle.export.pandoc.context import PandocContext


def render_blocks(blocks: tuple[Block, ...], context: PandocContext) -> p.Blocks:
    """Blocks as Pandoc's JSON."""
    return Renderer(context).blocks(blocks)


def render_inlines(inlines: tuple[Inline, ...], context: PandocContext) -> p.Inlines:
    """Inlines as Pandoc's JSON."""
    return Renderer(context).inlines(inlines)
