"""Numbered pictures collected at the end, as many journals want manuscripts, with a mark in each one's place."""

from __future__ import annotations

from dataclasses import replace

from fascicle.document.document import Document
from fascicle.document.locale.words import words
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import (
    Attributes,
    Block,
    Div,
    Figure,
    FigureGroup,
    Heading,
    Inline,
    Node,
    Paragraph,
    Text,
)

COLLECTED = ("figures",)
"""Path under which the collected pictures stand among a document's texts."""


def alternative(language: str) -> str:
    """`Alternative text` in the nearest language."""
    return words(language).collected_figures.alternative


def pictures_at_end(document: Document) -> Document:
    """`document` with its numbered pictures after everything else, under the path `COLLECTED`.

    Numbers are those that the pictures had, for they keep their order; a picture without caption and label has none
    and stays.
    """
    language = document.publication.data.language
    collected = words(language).collected_figures
    pictures: list[Block] = []
    groups = (node for node in document.nodes() if isinstance(node, FigureGroup))
    parts = {figure.span for group in groups for figure in group.figures}

    def moved(node: Node) -> Node:
        if not isinstance(node, Figure | FigureGroup) or node.span in parts:
            return node
        found = [one for one in _apart(node) if one.caption or one.attributes.id]
        marks: list[Block] = []
        for one in found:
            attributes = replace(one.attributes, classes=(*one.attributes.classes, "here"))
            pictures.append(replace(one, attributes=attributes))
            name = f"{words(language).cross_references.figure} {len(pictures)}"
            marks.append(_mark(one, collected.mark, name))
        return Div(node.span, tuple(marks), Attributes()) if len(marks) > 1 else (*marks, node)[0]

    sections = tuple(replace(parsed, blocks=rewritten(parsed.blocks, moved)) for parsed in document.sections)
    if not pictures:
        return document
    title: tuple[Inline, ...] = (Text(pictures[0].span, collected.heading),)
    head = Heading(pictures[0].span, 1, title, Attributes(classes=("unnumbered",)))
    return replace(document, sections=sections, blocks={**document.blocks, COLLECTED: (head, *pictures)})


def _apart(node: Figure | FigureGroup) -> tuple[Figure | FigureGroup, ...]:
    """The figures that have numbers of their own."""
    return node.figures if isinstance(node, FigureGroup) and not node.lettered else (node,)


def _mark(node: Figure | FigureGroup, mark: str, name: str) -> Block:
    """`[Figure 1 about here]`, by itself in the middle of a line."""
    text = Text(node.span, mark.format(name[:1].upper() + name[1:]))
    return Div(node.span, (Paragraph(node.span, (text,)),), Attributes(classes=("placemark",)))
