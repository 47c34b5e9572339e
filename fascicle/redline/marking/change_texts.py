"""Nodes as people read them in a list of changes."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.document import tree as t
from fascicle.document.tree import walk


def readable(root: object) -> str:
    """The words of nodes in one line: citations as they are worded, notes in brackets, formulas as typed."""
    nodes = root if isinstance(root, tuple) else (root,)
    return "".join(
        piece
        for node in nodes
        for piece in (_read(node) if not isinstance(node, tuple) else (readable(node),))
    )


def _read(root: object) -> Iterator[str]:
    match root:
        case t.Text() | t.InlineCode() | t.CodeBlock():
            yield root.text
        case t.Math() | t.RawInline() | t.RawBlock():
            yield root.tex
        case t.Quoted():
            marks = "“”" if root.double else "‘’"
            yield f"{marks[0]}{readable(root.content)}{marks[1]}"
        case t.Note():
            yield f"[{readable(root.content)}]"
        case t.Cite():
            yield readable(root.content) or f"[{'; '.join('@' + one.key for one in root.citations)}]"
        case t.CrossRef():
            yield f"@{root.label}"
        case t.Figure():
            yield f"{readable(root.caption)} ({root.path})" if root.caption else root.path
        case t.HardBreak() | t.SoftBreak() | t.ThematicBreak():
            yield " " if isinstance(root, t.HardBreak | t.SoftBreak) else "* * *"
        case t.Paragraph() | t.Heading() | t.ListItem() | t.Row() | t.Cell() | t.Table():
            yield f"{_inner(root)} "
        case t.Node():
            yield _inner(root)


def _inner(node: t.Node) -> str:
    from fascicle.redline.comparison.elements import inner, inner_names

    return "".join(readable(inner(node, name)) for name in inner_names(type(node)))


def begun(text: str, most: int = 80) -> str:
    """The beginning of a text, cut at a word."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0]} …"


def has_words(root: object) -> int:
    """How many words a node has, about."""
    return sum(len(node.text.split()) for node in walk(root) if isinstance(node, t.Text))
