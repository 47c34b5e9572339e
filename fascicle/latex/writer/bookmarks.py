"""Quotations as plain text with the language's marks, for bookmarks, which hold no commands."""

from __future__ import annotations

from dataclasses import replace

from fascicle.document.locale.quotation_marks import quotes
from fascicle.document.tree import Emph, Inline, Link, Quoted, SpanInline, Strikeout, Strong, Text


def with_marks(content: tuple[Inline, ...], language: str, depth: int = 0) -> tuple[Inline, ...]:
    """The inlines with their quotations' marks written out as text."""
    result: list[Inline] = []
    for node in content:
        match node:
            case Quoted():
                opening, closing = quotes(language).pair(depth)
                inside = with_marks(node.content, language, depth + 1)
                result += [Text(node.span, opening), *inside, Text(node.span, closing)]
            case SpanInline():
                spoken = node.attributes.get("lang") or language
                result.append(replace(node, content=with_marks(node.content, spoken, depth)))
            case Emph() | Strong() | Strikeout() | Link():
                result.append(replace(node, content=with_marks(node.content, language, depth)))
            case _:
                result.append(node)
    return tuple(result)
