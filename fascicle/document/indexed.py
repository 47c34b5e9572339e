"""What the text marks for an index of names and subjects: `[Jia Zhangke]{.index entry="Jia, Zhangke"}`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from fascicle.document.document import Document
from fascicle.document.tree import Node, SpanInline, plain, walk

CLASS = "index"
"""The class of what is marked."""
ENTRY = "entry"
"""The key that gives the word of the index, where it is not the text that is marked."""


@dataclass(frozen=True, slots=True)
class IndexMark:
    """A place that an index names."""

    word: str
    """The word under which it stands."""
    place: str
    """Name of the place in the PDF."""


def place_of(node: SpanInline) -> str:
    """Name of a marked place, made from where it was written: the same in every build."""
    span = node.span
    return f"ix.{zlib.crc32(span.file.encode()):08x}.{span.line}.{span.column}"


def is_marked(node: Node) -> bool:
    """Whether an index names it."""
    return isinstance(node, SpanInline) and CLASS in node.attributes.classes


def index_marks(document: Document) -> Iterator[IndexMark]:
    """Everything that the sections mark, in order."""
    for section in document.sections:
        for node in walk((section.title, section.blocks)):
            if isinstance(node, SpanInline) and is_marked(node):
                yield IndexMark(node.attributes.get(ENTRY) or plain(node.content), place_of(node))
