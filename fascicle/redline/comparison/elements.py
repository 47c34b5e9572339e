"""Nodes as a comparison sees them: what a node is itself, and the sequences of nodes in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from fascicle.document import tree as t
from fascicle.document.inline_spacing import joined_lines
from fascicle.document.rewrite import rewritten
from fascicle.document.sections.section_openings import epigraph_parts
from fascicle.document.tree import Attributes, Inline, Node, SoftBreak, Text

INLINES = tuple(kind for kind in t.Inline.__args__)
"""The kinds of text inside paragraphs."""
_CONTENT = ("content",)
_INNER: Mapping[type[Node], tuple[str, ...]] = {
    **dict.fromkeys(
        (t.Emph, t.Strong, t.Strikeout, t.Superscript, t.Subscript, t.Underline, t.Quoted, t.Link, t.SpanInline), _CONTENT
    ),
    **dict.fromkeys((t.Note, t.Heading, t.Paragraph, t.BlockQuote, t.ListItem, t.Div), _CONTENT),
    t.Citation: ("prefix", "suffix"),
    t.Cite: ("citations",),
    t.LineBlock: ("lines",),
    t.BulletList: ("items",),
    t.OrderedList: ("items",),
    t.DefinitionList: ("items",),
    t.Definition: ("term", "meanings"),
    t.Cell: ("content", "blocks"),
    t.Row: ("cells",),
    t.Table: ("caption", "header", "rows"),
    t.Figure: ("caption",),
    t.FigureGroup: ("rows", "caption"),
    t.Statement: ("title", "content"),
    t.Callout: ("title", "content"),
    t.CodeBlock: ("caption",),
    t.ListedWork: _CONTENT,
    t.ReferenceList: ("works",),
}  # fmt: skip
"""Fields that hold nodes, by the kind of node, in reading order."""
_DERIVED: Mapping[type[Node], frozenset[str]] = {
    t.Cite: frozenset({"content"}),
    t.Table: frozenset({"caption_span"}),
    t.ListedWork: frozenset({"label", "anchor", "place", "short"}),
    t.Quoted: frozenset({"nested"}),
}
"""Fields that follow from others, or from other places of the text."""
_OWN: dict[type[Node], tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Line(Node):
    """One sequence of several in a node: a line of verse, an explanation, a row of pictures."""

    content: tuple[Node, ...]
    """What is in it."""


_LINES: Mapping[type[Node], str] = {t.LineBlock: "lines", t.Definition: "meanings", t.FigureGroup: "rows"}


def inner_names(kind: type[Node]) -> tuple[str, ...]:
    """Names of the fields that hold nodes."""
    if kind is Line:
        return _CONTENT
    found = _INNER.get(kind)
    if found is None and hasattr(kind, "INNER"):
        return tuple(kind.INNER)
    return found or ()


def inner(node: Node, name: str) -> tuple[Node, ...]:
    """The nodes in one field."""
    value: Any = getattr(node, name)
    if value is None:
        return ()
    if isinstance(value, Node):
        return (value,)
    if _LINES.get(type(node)) == name:
        return tuple(Line(node.span, line) for line in value)
    return tuple(value)


def with_inner(node: Node, parts: Mapping[str, tuple[Node, ...]]) -> Node:
    """The node with other nodes in its fields."""
    values: dict[str, Any] = {}
    for name, nodes in parts.items():
        if _LINES.get(type(node)) == name:
            values[name] = tuple(line.content for line in nodes if isinstance(line, Line))
        else:
            values[name] = nodes
    return replace(node, **values)


def own(node: Node) -> tuple[object, ...]:
    """What a node is itself: its kind and all that is neither a place nor a node."""
    kind = type(node)
    if kind not in _OWN:
        left_out = {"span", *inner_names(kind), *_DERIVED.get(kind, ())}
        _OWN[kind] = tuple(spec.name for spec in fields(kind) if spec.name not in left_out)
    return (kind, *(_bare(getattr(node, name)) for name in _OWN[kind]))


def _bare(value: object) -> object:
    match value:
        case Attributes():
            return value.id, value.classes, value.pairs
        case tuple():
            return tuple(map(_bare, value))
        case Node():  # in a block that is compared as a whole, such as a gloss
            kept = (getattr(value, spec.name) for spec in fields(value) if spec.name != "span")
            return (type(value), *map(_bare, kept))
    return value


def of_gloss(node: t.Gloss, change: Callable[[tuple[Inline, ...]], tuple[Inline, ...]]) -> t.Gloss:
    """A gloss with its texts changed; it is compared as a whole."""
    words = tuple(tuple(map(change, word)) for word in node.words)
    return replace(node, preamble=change(node.preamble), words=words, translation=change(node.translation))


class Keys:
    """Numbers for nodes: alike for nodes that differ in their places alone."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[Node, int]] = {}

    def of(self, node: Node) -> int:
        """The number of a node."""
        known = self._known.get(id(node))
        if known is not None and known[0] is node:
            return known[1]
        parts = tuple(tuple(map(self.of, inner(node, name))) for name in inner_names(type(node)))
        number = self._numbers.setdefault((*own(node), parts), len(self._numbers))
        self._known[id(node)] = (node, number)
        return number

    def all(self, nodes: Iterable[Node]) -> tuple[int, ...]:
        """The numbers of several."""
        return tuple(map(self.of, nodes))


def settled(root: Any) -> Any:
    """A tree whose line ends are spaces and whose neighbouring texts are one: how a paragraph is wrapped is no content."""
    return _settled_sequence(rewritten(_settled_sequence(root), _settled))


def _settled(node: Node) -> Node:
    changes: dict[str, Any] = {}
    for spec in fields(node):
        value = getattr(node, spec.name)
        if isinstance(value, tuple) and (new := _settled_sequence(value)) is not value:
            changes[spec.name] = new
    node = replace(node, **changes) if changes else node
    return _with_source(node) if isinstance(node, t.Div) and "epigraph" in node.attributes.classes else node


def _with_source(node: t.Div) -> t.Div:
    """A motto whose source is a division of its own, whatever begins with a dash."""
    motto, source = epigraph_parts(node.content)
    if not source:
        return node
    line = t.Paragraph(node.content[-1].span, source)
    return replace(node, content=(*motto, t.Div(line.span, (line,), Attributes(classes=("source",)))))


def _settled_sequence(value: Any) -> Any:
    """A tuple of inlines, or of tuples of them, with spaces for line ends and joined texts."""
    if not isinstance(value, tuple) or not value:
        return value
    if isinstance(value[0], tuple):
        return tuple(map(_settled_sequence, value))
    if not any(isinstance(node, SoftBreak | Text) for node in value):
        return value
    spaced = (
        Text(node.span, "" if joined_lines(value, at) else " ") if isinstance(node, SoftBreak) else node
        for at, node in enumerate(value)
    )
    return joined(spaced)


def joined(nodes: Iterable[Node]) -> tuple[Any, ...]:
    """Neighbouring texts as one; empty ones left out."""
    found: list[Node] = []
    for node in nodes:
        last = found[-1] if found else None
        if isinstance(node, Text) and isinstance(last, Text):
            found[-1] = replace(last, text=last.text + node.text)
        elif not isinstance(node, Text) or node.text:
            found.append(node)
    return tuple(found)


def is_inline(nodes: tuple[Node, ...]) -> bool:
    """Whether a sequence is text inside a paragraph."""
    return bool(nodes) and isinstance(nodes[0], INLINES)


def without_places(root: Any) -> Any:
    """A tree whose places are all the same, to be held against another."""
    from fascicle.core.diagnostics import Span

    nowhere = Span("")

    def change(node: Node) -> Node:
        more: dict[str, Any] = {}
        if isinstance(attributes := getattr(node, "attributes", None), Attributes):
            more["attributes"] = replace(attributes, span=None)
        if isinstance(node, t.Table):
            more["caption_span"] = None
        return replace(node, span=nowhere, **more)

    return rewritten(root, change)


def inlines_of(nodes: tuple[Node, ...]) -> tuple[Inline, ...]:
    """A sequence of inlines, for the type checker."""
    return tuple(node for node in nodes if isinstance(node, INLINES))
