"""Rendered text: strings and elements one after another, and inlines without their notes."""

from __future__ import annotations

from dataclasses import replace

from fascicle.document.tree import (
    CrossRef,
    HardBreak,
    Inline,
    InlineCode,
    Mark,
    Marked,
    Math,
    Note,
    RawInline,
    SoftBreak,
    Text,
)
from fascicle.export.elements import Element, add

Nodes = list[str | Element]
"""Text and elements, one after another."""


def fill(parent: Element, nodes: Nodes) -> Element:
    """Put nodes at the end of an element, and give the element back."""
    for node in nodes:
        add(parent, node)
    return parent


def without_notes(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Inlines without notes, wherever they stand: for contents, and for references by title."""
    kept: list[Inline] = []
    for node in content:
        match node:
            case Note() | Marked(mark=Mark.DELETED):
                continue
            case Text() | InlineCode() | Math() | SoftBreak() | HardBreak() | CrossRef() | RawInline():
                kept.append(node)
            case _:
                kept.append(replace(node, content=without_notes(node.content)))
    return tuple(kept)
