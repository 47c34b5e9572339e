"""References to other chapters of a book, `[her chapter]{.chapter of="brandt"}`: the words, and the page where it begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fascicle.document.document import Document
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import Node, SpanInline, Text, walk

CLASS = "chapter"
"""The class of the words that name a chapter."""
_OF = "of"


def chapter_references(document: Document) -> Iterator[tuple[str, SpanInline]]:
    """Every reference to another chapter, with that chapter's name."""
    for section in document.sections:
        for node in walk((section.title, section.blocks)):
            if name := _named(node):
                assert isinstance(node, SpanInline)  # noqa: S101 - for the type checker
                yield name, node


def with_chapter_pages(document: Document, pages: Mapping[str, str]) -> Document:
    """The document with pages behind the words, by the chapters' names; those of unknown chapters stay alone."""

    def change(node: Node) -> Node:
        page = pages.get(_named(node))
        if page is None or not isinstance(node, SpanInline):
            return node
        return replace(node, content=(*node.content, Text(node.span, f" ({page})")))

    sections = tuple(
        replace(section, blocks=rewritten(section.blocks, change)) for section in document.sections
    )
    return replace(document, sections=sections)


def _named(node: Node) -> str:
    """The chapter that a reference names; empty for all else."""
    if isinstance(node, SpanInline) and CLASS in node.attributes.classes:
        return node.attributes.get(_OF) or ""
    return ""
