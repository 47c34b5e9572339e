"""What the structure tree of a tagged file must hold: each part of the text that is more than its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fascicle.core.diagnostics import Span
from fascicle.document.document import Document
from fascicle.document.expected_text import RAW, Gap
from fascicle.document.figures.alternative_texts import alternative_text
from fascicle.document.tables.cell_places import placed_rows
from fascicle.document.tree import (
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cite,
    CodeBlock,
    CrossRef,
    DefinitionList,
    Emph,
    Figure,
    Heading,
    Inline,
    InlineCode,
    LineBlock,
    Link,
    Math,
    Node,
    Note,
    OrderedList,
    Paragraph,
    Quoted,
    RawInline,
    ReferenceList,
    SpanInline,
    Strong,
    Table,
    Text,
    walk,
)

Pieces = tuple[str | Gap, ...]
_DEEPEST_HEADING = 5
_DEEPEST_LIST = 4
"""Levels of lists beyond which LaTeX has no environments."""
_REFERENCE, _FORMULA = 200, 12


@dataclass(frozen=True, slots=True)
class ExpectedTag:
    """One element that the tree must hold."""

    name: str
    """What it is, for a message."""
    tag: str
    """Its standard type."""
    span: Span
    """Where its author wrote it."""
    pieces: Pieces = ()
    """Words that stand in it."""
    language: str = ""
    """Its language; empty when it is that of the text around it."""
    alt: str = ""
    """What is said in its place; empty when that is not known beforehand."""
    kids: tuple[str, int] | None = None
    """A type of element, and how many of it stand directly below."""
    head: int = 0
    """Cells of a table's head."""
    holds: str = ""
    """A type of element that must stand below."""


def expected_tags(
    document: Document, printed: Collection[tuple[str | int, ...]], alts: Mapping[str, str]
) -> tuple[ExpectedTag, ...]:
    """Every part of the texts that are printed; `alts` are the descriptions of pictures by their paths."""
    found: list[ExpectedTag] = []
    title = document.inlines.get(("title",), ())
    if title and ("title",) in printed:
        found.append(ExpectedTag("title", "Title", title[0].span, tuple(_pieces(title))))
    found += _below([blocks for path, blocks in document.blocks.items() if path in printed], alts)
    for section in document.sections:
        if section.section.data.heading:
            found.append(_heading(1, section.heading_span, section.title))
        trees = (section.title, section.epigraph, section.epigraph_source, section.blocks)
        found += _below(trees, alts)
    return tuple(found)


def _below(trees: Iterable[object], alts: Mapping[str, str]) -> Iterator[ExpectedTag]:
    trees = tuple(trees)
    deep = _deep_lists(trees)
    for node in _printed_nodes(trees):
        if id(node) not in deep:
            yield from _expected(node, alts)


def _printed_nodes(root: object) -> Iterator[Node]:
    """Every node below that is printed: of a citation what the style makes of it."""
    waiting = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting += reversed(item)
        elif isinstance(item, Cite):
            waiting.append(item.content)
        elif isinstance(item, Node) and not isinstance(item, ReferenceList):
            yield item
            inner = [getattr(item, name) for name in item.__dataclass_fields__]
            waiting += [value for value in reversed(inner) if isinstance(value, tuple | Node)]


def _deep_lists(trees: object) -> set[int]:
    """Lists that stand in too many others to be lists of LaTeX."""
    depths: dict[int, int] = {}
    for node in walk(trees):
        if isinstance(node, BulletList | OrderedList | DefinitionList | BlockQuote):
            depths.setdefault(id(node), 1)
            for inner in walk(tuple(getattr(node, "items", ())) or getattr(node, "content", ())):
                if isinstance(inner, BulletList | OrderedList | DefinitionList | BlockQuote):
                    depths[id(inner)] = depths.get(id(inner), 1) + 1
    return {number for number, depth in depths.items() if depth > _DEEPEST_LIST}


def _heading(level: int, span: Span, content: tuple[Inline, ...]) -> ExpectedTag:
    level = min(level, _DEEPEST_HEADING)
    return ExpectedTag(f"heading of level {level}", f"H{level}", span, tuple(_pieces(content)))


def _expected(node: Node, alts: Mapping[str, str]) -> Iterator[ExpectedTag]:
    span = node.span
    match node:
        case Heading():
            yield _heading(node.level, span, node.content)
        case BulletList() | OrderedList() | DefinitionList():
            yield ExpectedTag("list", "L", span, kids=("LI", len(node.items)))
        case BlockQuote():
            yield ExpectedTag("quotation", "BlockQuote", span, _first(node.content))
        case LineBlock():
            yield ExpectedTag("verse", "BlockQuote", span, tuple(_pieces(node.lines[0])))
        case CodeBlock():
            yield ExpectedTag("code", "Code", span, (node.text.expandtabs(4).split("\n")[0],))
        case Figure():
            if alt := _alt(node, alts):
                yield ExpectedTag("figure", "Figure", span, alt=alt)
        case Table():
            rows = len(node.rows) + len(node.header)
            head = sum(len(placed) for _, placed in placed_rows(node.header))
            yield ExpectedTag("table", "Table", span, kids=("TR", rows), head=head)
        case Note():
            yield ExpectedTag("note", "FENote", span, _first(node.content))
        case Math():
            yield ExpectedTag("formula", "Formula", span, holds="math")
        case _:
            yield from _expected_inline(node)


def _expected_inline(node: Node) -> Iterator[ExpectedTag]:
    match node:
        case Emph():
            yield ExpectedTag("emphasis", "Em", node.span, tuple(_pieces(node.content)))
        case Strong():
            yield ExpectedTag("strong words", "Strong", node.span, tuple(_pieces(node.content)))
        case Link():
            yield ExpectedTag("link", "Link", node.span, tuple(_pieces(node.content)))
        case SpanInline() if node.attributes.get("lang"):
            words = tuple(_pieces(node.content))
            yield ExpectedTag(
                "words of another language", "Span", node.span, words, _language(node.attributes)
            )


def _first(content: tuple[Block, ...]) -> Pieces:
    """The words of the first block, where that is a paragraph."""
    first = content[0] if content else None
    return tuple(_pieces(first.content)) if isinstance(first, Paragraph) else ()


def _language(attributes: Attributes) -> str:
    return attributes.get("lang") or ""


def _alt(node: Figure, alts: Mapping[str, str]) -> str:
    return alternative_text(node, alts.get(node.path, ""))


def _pieces(content: Iterable[Inline]) -> Iterator[str | Gap]:
    """The words, and gaps where something stands that nobody knows beforehand, such as quotation marks."""
    for node in content:
        match node:
            case Text() | InlineCode():
                yield node.text
            case Quoted():
                yield Gap(3)
                yield from _pieces(node.content)
                yield Gap(3)
            case Note():
                yield Gap(6)
            case CrossRef():
                yield Gap(_REFERENCE)
            case Math():
                yield Gap(60 + _FORMULA * len(node.tex))
            case RawInline():
                yield Gap(RAW)
            case _ if hasattr(node, "content"):
                yield from _pieces(node.content)
