"""The two versions' numbers, and the words by which each refers to its own figures and headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fascicle.document.document import Document
from fascicle.document.locale.words import NO_BREAK, worded
from fascicle.document.resolve import Label
from fascicle.document.sections.numbering import Numbers, numbers_of
from fascicle.document.tree import CodeBlock, CrossRef, Figure, FigureGroup, Inline, Node, Table, Text
from fascicle.export.html.nodes import without_notes


@dataclass(frozen=True, slots=True)
class Side:
    """One version."""

    document: Document
    """Its texts."""
    labels: Mapping[str, Label]
    """What cross-references may name."""
    numbers: Numbers
    """Its numbers."""

    @property
    def language(self) -> str:
        """Its language."""
        return self.document.publication.data.language

    def reference(self, node: CrossRef, *, begins: bool) -> tuple[Inline, ...]:
        """What a cross-reference prints in this version."""
        label = self.labels.get(node.label)
        number = self.numbers.labels.get(node.label, "")
        if (label is not None and not label.numbered) or not number:
            return without_notes(label.title) if label else ()
        kind = node.label.partition(":")[0]
        shown = number if node.bare else worded(kind, number, self.language, begins=begins or node.capital)
        return (Text(node.span, shown),)

    def name(self, node: Node) -> str:
        """Word and number before a caption, such as `Figure 3. `; empty for what has no number."""
        number = self.numbers.nodes.get(node)
        kinds = {Table: "tbl", CodeBlock: "lst", Figure: "fig", FigureGroup: "fig"}
        if not number or type(node) not in kinds:
            return ""
        shown = worded(kinds[type(node)], number, self.language, begins=True)
        return f"{shown.replace(NO_BREAK, ' ')}. "


def side_of(document: Document, labels: Mapping[str, Label]) -> Side:
    """A version as its document and labels tell."""
    return Side(document, labels, numbers_of(document))
