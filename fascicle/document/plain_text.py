"""The running text of a document, paragraph by paragraph, each character with its place in the author's file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from fascicle.core.diagnostics import Span
from fascicle.document.tree import (
    Citation,
    Cite,
    CodeBlock,
    HardBreak,
    Inline,
    InlineCode,
    Link,
    Math,
    Node,
    Note,
    Quoted,
    RawBlock,
    RawInline,
    SoftBreak,
    Text,
    plain,
)


@dataclass(frozen=True, slots=True)
class TextRun:
    """One stretch of text that is read in one go: a paragraph, a caption, a cell, a literal block."""

    text: str
    """What is read; a line end is a space, a citation or a note's mark nothing."""
    starts: tuple[int, ...]
    """Where in `text` each piece begins."""
    spans: tuple[Span, ...]
    """Where each piece stands in the author's file."""

    def at(self, start: int, end: int) -> Span:
        """The place of the characters from `start` to `end`."""
        first, last = self._place(start), self._place(max(end - 1, start))
        if first.file != last.file:
            return first
        return replace(first, end_line=last.line, end_column=last.column + 1)

    def _place(self, offset: int) -> Span:
        if not self.starts:
            return Span("")
        number = max(bisect_right(self.starts, offset) - 1, 0)
        span = self.spans[number]
        return Span(span.file, span.line, span.column + offset - self.starts[number])


def runs(root: object) -> Iterator[TextRun]:
    """Every run at and below `root` (a node, or tuples of nodes), in reading order; notes follow their paragraph."""
    if isinstance(root, tuple):
        if root and all(isinstance(item, Inline) for item in root):
            yield from _run(root)
            return
        for item in root:
            yield from runs(item)
    elif isinstance(root, CodeBlock):
        yield TextRun(root.text, (0,), (root.span,))
    elif isinstance(root, RawBlock):
        yield TextRun(root.tex, (0,), (root.span,))
    elif isinstance(root, Node):
        for spec in fields(root):
            value = getattr(root, spec.name)
            if isinstance(value, tuple):
                yield from runs(value)


def _run(content: tuple[object, ...]) -> Iterator[TextRun]:
    pieces: list[tuple[str, Span]] = []
    apart: list[object] = []
    _gather(content, pieces, apart)
    starts, length = [], 0
    for text, _ in pieces:
        starts.append(length)
        length += len(text)
    if pieces:
        yield TextRun("".join(text for text, _ in pieces), tuple(starts), tuple(span for _, span in pieces))
    for inner in apart:
        yield from runs(inner)


def _gather(content: tuple[object, ...], pieces: list[tuple[str, Span]], apart: list[object]) -> None:
    """Pieces of text in reading order; what is read by itself, such as a note, goes to `apart`."""
    for node in content:
        match node:
            case Text() | InlineCode():
                pieces.append((node.text, node.span))
            case SoftBreak() | HardBreak():
                pieces.append((" ", node.span))
            case Math() | RawInline():
                pieces.append((node.tex, node.span))
            case Note():
                apart.append(node.content)
            case Link():
                _gather(node.content, pieces, apart)
                if plain(node.content) not in (node.target, node.target.removeprefix("mailto:")):
                    apart.append((Text(node.span, node.target),))
            case Quoted():
                pieces.append(("“", node.span))
                _gather(node.content, pieces, apart)
                pieces.append(("”", node.span))
            case Node():
                for spec in fields(node):
                    value = getattr(node, spec.name)
                    if isinstance(value, tuple) and not (isinstance(node, Cite) and spec.name == "content"):
                        _gather_value(node, value, pieces, apart)
            case _:
                pass


def _gather_value(
    node: Node, value: tuple[object, ...], pieces: list[tuple[str, Span]], apart: list[object]
) -> None:
    """A field of an inline: text goes on in it, except that a citation's notes are read by themselves."""
    if isinstance(node, Citation):
        apart.append(value)
    else:
        _gather(value, pieces, apart)
