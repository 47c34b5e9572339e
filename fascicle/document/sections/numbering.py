"""Numbers of headings, figures, tables and equations, counted as LaTeX counts them, for formats that cannot count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fascicle.document.document import Document
from fascicle.document.figures.figures_at_end import COLLECTED
from fascicle.document.labels import heading_label
from fascicle.document.sections.section_openings import section_epigraph, section_headings
from fascicle.document.tree import (
    CodeBlock,
    Figure,
    FigureGroup,
    Heading,
    ListStyle,
    Math,
    Node,
    OrderedList,
    Statement,
    Table,
    walk,
)

DEPTH = 3
"""Headings of deeper levels have no number, as in our LaTeX templates."""
_OWN_ROWS = re.compile(r"\s*\\begin\{(align|alignat|gather|flalign|multline)\}(.*)\\end\{\1\}\s*", re.DOTALL)
_UNNUMBERED_ROW = re.compile(r"\\(?:nonumber|notag)\b")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What has which number."""

    nodes: Mapping[Node, str]
    """Numbers of headings, figures, tables and displayed formulas; those without one are not here."""
    labels: Mapping[str, str]
    """Numbers by label, such as `fig:x`."""
    letters: Mapping[Node, str] = field(default_factory=dict)
    """Letters of the parts of figures."""


NO_NUMBERS = Numbers({}, {})


def numbers_of(document: Document) -> Numbers:
    """All numbers of `document`, in the order of its sections."""
    count = _Count(headings=document.publication.data.number_sections)
    for node in _nodes(document):
        count.see(node)
    return Numbers(count.nodes, count.labels, count.letters)


def _nodes(document: Document) -> Iterator[Node]:
    for parsed in document.sections:
        yield from section_headings(parsed)
        yield from walk((parsed.title, tuple(section_epigraph(parsed)), parsed.blocks))
    yield from walk(document.blocks.get(COLLECTED, ()))


class _Count:
    def __init__(self, *, headings: bool) -> None:
        self.number_headings = headings
        self.levels = [0] * DEPTH
        self.counts: dict[type | str, int] = defaultdict(int)
        self.nodes: dict[Node, str] = {}
        self.labels: dict[str, str] = {}
        self.letters: dict[Node, str] = {}

    def see(self, node: Node) -> None:
        match node:
            case Heading():
                self.heading(node)
            case OrderedList(style=ListStyle.EXAMPLE) if node not in self.nodes:
                self.examples(node)
            case Statement() if node.attributes.id and node not in self.nodes:
                self.count(node, node.attributes.id, node.kind)
            case CodeBlock() if node.attributes.id.startswith("lst:") and node not in self.nodes:
                self.count(node, node.attributes.id)
            case FigureGroup() if node.lettered and node not in self.nodes:
                self.group(node)
            case Figure() | Table():
                if (node.caption or node.attributes.id) and node not in self.nodes:
                    self.count(node, node.attributes.id)
            case Math(display=True):
                self.formula(node)

    def examples(self, node: OrderedList) -> None:
        """Examples, which are counted through the whole text; the list's number is that of its first."""
        self.nodes[node] = str(self.counts["example"] + 1)
        for name in node.names:
            self.counts["example"] += 1
            if name:
                self.labels[name] = str(self.counts["example"])

    def group(self, node: FigureGroup) -> None:
        """A figure and its parts."""
        self.counts[Figure] += 1
        number = self.nodes[node] = str(self.counts[Figure])
        if node.attributes.id:
            self.labels[node.attributes.id] = number
        for letter, part in node.lettered_figures:
            self.letters[part] = letter
            self.nodes[part] = f"{number}{letter}"
            if part.attributes.id:
                self.labels[part.attributes.id] = self.nodes[part]

    def heading(self, node: Heading) -> None:
        counted = (
            self.number_headings
            and node.level <= DEPTH
            and "unnumbered" not in node.attributes.classes
            and node not in self.nodes
        )
        if counted:
            self.levels[node.level - 1] += 1
            self.levels[node.level :] = [0] * (DEPTH - node.level)
            self.nodes[node] = ".".join(map(str, self.levels[: node.level]))
        if name := node.attributes.id:
            self.labels[heading_label(name)] = self.nodes.get(node, "")

    def formula(self, node: Math) -> None:
        own = _OWN_ROWS.fullmatch(node.tex)
        if own is None:
            if node.attributes.id:
                self.count(node, node.attributes.id)
            return
        rows = 1 if own[1] == "multline" else own[2].count(r"\\") + 1
        rows -= len(_UNNUMBERED_ROW.findall(own[2]))
        first = self.counts[Math] + 1
        self.counts[Math] += max(rows, 0)
        if rows > 0:
            last = self.counts[Math]
            self.nodes[node] = str(first) if first == last else f"{first}–{last}"
            if node.attributes.id:
                self.labels[node.attributes.id] = str(first)

    def count(self, node: Figure | Table | Math | CodeBlock | Statement, label: str, of: str = "") -> None:
        kind = of or type(node)
        self.counts[kind] += 1
        self.nodes[node] = str(self.counts[kind])
        if label:
            self.labels[label] = self.nodes[node]
