"""Nodes of which every word is marked: what one version alone has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fascicle.document.tree import Gloss, Inline, Mark, Marked, Node, Note
from fascicle.redline.comparison.elements import INLINES, inner, inner_names, of_gloss, with_inner


class Whole:
    """Marks all words of nodes; the first of them gets the name of the change."""

    def __init__(self, mark: Mark, name: str = "") -> None:
        self.mark = mark
        self.name = name

    def node(self, node: Node) -> Any:
        """A node with all its words marked."""
        if isinstance(node, Gloss):
            return of_gloss(node, self.inlines)
        names = inner_names(type(node))
        if not names:
            return node
        return with_inner(node, {name: self.sequence(inner(node, name)) for name in names})

    def sequence(self, nodes: tuple[Node, ...]) -> tuple[Any, ...]:
        """A sequence of nodes with all their words marked."""
        if nodes and isinstance(nodes[0], INLINES):
            return self.inlines(nodes)  # type: ignore[arg-type]
        return tuple(map(self.node, nodes))

    def inlines(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Inlines under one mark."""
        name, self.name = self.name, ""
        inside = tuple(map(self.noted, content))
        return (Marked(content[0].span, self.mark, inside, name=name),) if content else ()

    def noted(self, node: Inline) -> Inline:
        """An inline whose notes are marked, wherever they stand: they are printed elsewhere."""
        if isinstance(node, Note):
            return replace(node, content=self.sequence(node.content))
        held: Any = node
        content = getattr(node, "content", None)
        if isinstance(content, tuple) and content:
            held = replace(held, content=tuple(map(self.noted, content)))
        return held  # type: ignore[no-any-return]
