"""Emphasis inside emphasis set upright, for writers that would set it italic twice."""

from __future__ import annotations

from typing import Any

from fascicle.core import pandoc_ast as p

UPRIGHT = frozenset({"upright", "title-addition"})
"""Classes of spans that are never italic as a whole."""
_SPENT = UPRIGHT | {"nocase"}
"""Classes that have done their work once italics are settled."""
_HOLDERS = {"Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"}
_PAIRED = {"Span", "Link", "Quoted"}


def upright(blocks: p.Blocks) -> p.Blocks:
    """Blocks in which every italic stands innermost, and italic inside italic is upright."""
    return [_block(block) for block in blocks]


def _block(node: Any) -> Any:
    """Anything that holds blocks or lists of inlines."""
    if isinstance(node, dict):
        if node.get("t") == "Citation" or "citationId" in node:
            return node
        return {**node, "c": _block(node["c"])} if "c" in node and isinstance(node["c"], list) else node
    if isinstance(node, list):
        if node and all(isinstance(item, dict) and item.get("t") in _INLINES for item in node):
            return inlines(node, italic=False)
        return [_block(item) for item in node]
    return node


def inlines(content: p.Inlines, *, italic: bool) -> p.Inlines:
    """Inlines as they are to be printed where the text around them is italic or not."""
    made: p.Inlines = []
    run: p.Inlines = []

    def flush() -> None:
        if run:
            made.append(p.wrapped("Emph", list(run)))
            run.clear()

    for node in content:
        inner = _inner(node, italic=italic)
        if inner is not None:
            flush()
            made.extend(inner)
        elif italic and node["t"] != "Note":
            run.append(node)
        else:
            made.append(_block(node) if node["t"] == "Note" else node)
    flush()
    return _merged(made)


def _merged(content: p.Inlines) -> p.Inlines:
    """Inlines in which no two neighbours are both italic."""
    made: p.Inlines = []
    for node in content:
        if made and node["t"] == "Emph" and made[-1]["t"] == "Emph":
            made[-1] = p.wrapped("Emph", [*made[-1]["c"], *node["c"]])
        else:
            made.append(node)
    return made


def _inner(node: p.Json, *, italic: bool) -> p.Inlines | None:
    """What becomes of an inline that holds others; None for one that holds none."""
    kind = node["t"]
    if kind == "Emph":
        return inlines(node["c"], italic=not italic)
    if kind in _HOLDERS:
        return [p.wrapped(kind, inlines(node["c"], italic=italic))]
    if kind in _PAIRED:
        first, held, *rest = node["c"]
        classes = set(first[1]) if kind == "Span" else set()
        content = inlines(held, italic=italic and not classes & UPRIGHT)
        spent = kind == "Span" and classes and classes <= _SPENT and not first[0] and not first[2]
        return content if spent else [{"t": kind, "c": [first, content, *rest]}]
    if kind == "Cite":
        return [{"t": kind, "c": [node["c"][0], inlines(node["c"][1], italic=italic)]}]
    return None


_INLINES = {
    "Str", "Space", "SoftBreak", "LineBreak", "Emph", "Cite", "Code", "Math", "RawInline", "Image", "Note",
    *_HOLDERS, *_PAIRED,
}  # fmt: skip
