"""Step 3, the second renderer: trees to Pandoc's syntax tree, from which pandoc writes Word and JATS."""

from __future__ import annotations

from fascicle.text import pandoc_nodes as p
from fascicle.text.pandoc_blocks import Renderer
from fascicle.text.pandoc_context import PandocContext
from fascicle.text.tree import Block, Inline


def render_blocks(blocks: tuple[Block, ...], context: PandocContext) -> p.Blocks:
    """Blocks as Pandoc's JSON."""
    return Renderer(context).blocks(blocks)


def render_inlines(inlines: tuple[Inline, ...], context: PandocContext) -> p.Inlines:
    """Inlines as Pandoc's JSON."""
    return Renderer(context).inlines(inlines)
