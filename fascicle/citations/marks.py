"""Marks that stand for a span where the engine reads text only, and the spans put back in their place."""

from __future__ import annotations

from fascicle.text import pandoc_nodes as p

ADDED = "title-addition"
"""Class of the span around what follows a title in another script."""
OPENING, CLOSING = "\ue000", "\ue001"
"""Characters of the private use area; no style and no language changes them."""


def unmarked(content: p.Inlines) -> p.Inlines:
    """Inlines with spans in place of the marks."""
    made: list[p.Inlines] = [[]]
    for node in content:
        if node["t"] != "Str":
            made[-1].append(_inside(node))
            continue
        for at, part in enumerate(node["c"].replace(CLOSING, OPENING).split(OPENING)):
            if at and _opens(node["c"], at):
                made.append([])
            elif at and len(made) > 1:
                inner = made.pop()
                made[-1].append(p.span(inner, p.attr("", ["nocase", ADDED])))
            if part:
                made[-1].append(p.string(part))
    while len(made) > 1:
        inner = made.pop()
        made[-1].extend(inner)
    return made[0]


def _opens(text: str, number: int) -> bool:
    """Whether the mark of this number, counted from 1, is an opening one."""
    return [character for character in text if character in (OPENING, CLOSING)][number - 1] == OPENING


def _inside(node: p.Json) -> p.Json:
    """A node with the marks inside it put back."""
    content = node.get("c")
    if not isinstance(content, list):
        return node
    if node["t"] in ("Span", "Link", "Quoted", "Cite"):
        return {**node, "c": [content[0], unmarked(content[1]), *content[2:]]}
    if node["t"] == "Note":
        return {**node, "c": [{**block, "c": unmarked(block["c"])} for block in content]}
    return (
        {**node, "c": unmarked(content)}
        if content and isinstance(content[0], dict) and "t" in content[0]
        else node
    )
