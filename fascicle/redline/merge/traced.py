"""The Word document of the present sources, each character with its place in the author's files."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Span
from fascicle.document.tree import Block, Cite, CrossRef, Inline, Node, Note, Quoted, SoftBreak, Text
from fascicle.export.pandoc.blocks import Renderer
from fascicle.export.pandoc.context import PandocContext
from fascicle.export.pandoc.inlines import END, sign

_TYPOGRAPHIC = {
    "–": ("--", "–"),
    "—": ("---", "—"),
    "…": ("...", "…"),
    "’": ("'", "’"),
    "‘": ("'", "‘"),
    "“": ('"', "“"),
    "”": ('"', "”"),
    "\u00a0": ("\\ ", "\u00a0"),
}
"""What may have been typed for a character that is printed."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Traced:
    """One stretch of the rendered text and where it comes from."""

    span: Span
    """Its place."""
    text: str
    """What is printed; empty for what stands there as a whole: the mark of a note, a citation, a cross-reference."""
    blocks: tuple[Node, ...]
    """The blocks around it, the outermost first."""
    inlines: tuple[Node, ...]
    """The inlines around it, the outermost first."""
    cites: bool = False
    """Whether it is a citation."""


@dataclass(slots=True)
class Trace:
    """Everything that was traced in one rendering."""

    found: list[Traced] = field(default_factory=list)
    """The stretches by their number in the document's signs."""

    def of(self, name: str) -> Traced | None:
        """The stretch that a sign names."""
        return self.found[int(name)] if name.isdigit() and int(name) < len(self.found) else None


def tracing(trace: Trace) -> Callable[[PandocContext], Renderer]:
    """A maker of renderers that keep in `trace` what they render."""
    return lambda context: _TracingRenderer(context, trace)


class _TracingRenderer(Renderer):
    """Renders texts between signs that say where they come from."""

    def __init__(self, context: PandocContext, trace: Trace) -> None:
        super().__init__(context)
        self.trace = trace
        self.around_blocks: list[Node] = []
        self.around: list[Node] = []
        self.made = 0
        """How many generated inlines (citations, cross-references) are open: what they print stands in no file."""

    def block(self, node: Block) -> p.Blocks:
        """A block, known to what is in it."""
        inlines, self.around = self.around, []
        self.around_blocks.append(node)
        rendered = super().block(node)
        self.around_blocks.pop()
        self.around = inlines
        return rendered

    def inline(self, node: Inline, content: tuple[Inline, ...], at: int) -> p.Inlines:
        """An inline, its text between signs."""
        if isinstance(node, Cite | CrossRef):
            self.made += 1
            rendered = super().inline(node, content, at)
            self.made -= 1
            cites = isinstance(node, Cite)
            return self._signed(node.span, "", rendered, cites=cites) if rendered else rendered
        if isinstance(node, Text):
            return self._signed(node.span, node.text, super().inline(node, content, at))
        if isinstance(node, SoftBreak):
            rendered = super().inline(node, content, at)
            return self._signed(node.span, " ", rendered) if rendered else rendered
        self.around.append(node)
        rendered = super().inline(node, content, at)
        self.around.pop()
        if isinstance(node, Note):
            return self._signed(node.span, "", rendered)
        return rendered

    def quoted(self, node: Quoted) -> p.Inlines:
        """A quotation, its marks as what was typed for them."""
        opening, *content, closing = super().quoted(node)
        span = node.span
        if span.end_line is None or span.end_column is None:
            return [opening, *content, closing]
        first = Span(span.file, span.line, span.column, span.line, span.column + 1)
        last = Span(span.file, span.end_line, span.end_column - 1, span.end_line, span.end_column)
        return [*self._signed(first, "“", [opening]), *content, *self._signed(last, "”", [closing])]

    def _signed(self, span: Span, text: str, rendered: p.Inlines, *, cites: bool = False) -> p.Inlines:
        if self.made or not span.file:
            return rendered
        self.trace.found.append(Traced(span, text, tuple(self.around_blocks), tuple(self.around), cites))
        name = str(len(self.trace.found) - 1)
        return [p.raw_inline("openxml", sign(name)), *rendered, p.raw_inline("openxml", sign(END))]


def typed_places(text: str, typed: str) -> list[tuple[int, int]] | None:
    """Where each character of a printed `text` stands in what was `typed` for it; None when that is not clear."""
    places: list[tuple[int, int]] = []
    at = 0
    for character in text:
        length = _typed_length(character, typed, at)
        if length is None:
            return None
        places.append((at, at + length))
        at += length
    return places if at == len(typed) else None


def _typed_length(character: str, typed: str, at: int) -> int | None:
    """How many typed characters stand for one printed one."""
    for form in _TYPOGRAPHIC.get(character, ()):
        if typed.startswith(form, at):
            return len(form)
    if typed.startswith(character, at):
        return len(character)
    if typed.startswith("\\" + character, at):
        return 1 + len(character)
    entity = _ENTITY.match(typed, at)
    if entity and html.unescape(entity[0]) == character:
        return len(entity[0])
    return None
