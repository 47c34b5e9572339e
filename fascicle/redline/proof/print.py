"""A finished PDF read again: the letters in the colours of insertion and deletion are those that were marked, no more and no less."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

import pypdfium2
from pypdfium2 import raw

from fascicle.document.document import Document
from fascicle.document.expected_text import Gap, pieces_of
from fascicle.document.tree import CodeBlock, Mark, Marked, MarkedBlock, Node, walk
from fascicle.pdf.pdfium import LOCK

COLOURS: Mapping[Mark, tuple[int, int, int]] = {Mark.INSERTED: (0, 87, 46), Mark.DELETED: (158, 26, 18)}
"""The colours of `shared/changes.tex`, of 255 each."""
_NEAR = 3


def coloured(pdf: bytes) -> dict[Mark, Counter[str]]:
    """How often each letter stands in each of the colours."""
    found: dict[Mark, Counter[str]] = {mark: Counter() for mark in COLOURS}
    with LOCK, pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for letter, colour in _letters(page):
                for mark, wanted in COLOURS.items():
                    if all(abs(one - other) <= _NEAR for one, other in zip(colour, wanted, strict=True)):
                        found[mark].update(_plain(letter))
    return found


def _letters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, tuple[int, int, int]]]:
    text = page.get_textpage()
    parts = [ctypes.c_uint() for _ in range(4)]
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if raw.FPDFText_GetFillColor(text, at, *parts):
            yield chr(code) if code < 0x110000 else "", (parts[0].value, parts[1].value, parts[2].value)


def _plain(text: str) -> str:
    """Letters and digits alone: spaces, hyphens and signs are read in many ways."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def marked(document: Document) -> tuple[dict[Mark, Counter[str]], dict[Mark, int]]:
    """How often each letter stands under each mark, and how many more there may be: numbers, formulas."""
    letters: dict[Mark, Counter[str]] = {mark: Counter() for mark in COLOURS}
    more = dict.fromkeys(COLOURS, 0)
    for node in document.nodes():
        for mark, piece in _under(node, document):
            if isinstance(piece, Gap):
                more[mark] += piece.longest
            else:
                letters[mark].update(_plain(piece))
    return letters, more


def _under(node: Node, document: Document) -> Iterator[tuple[Mark, str | Gap]]:
    match node:
        case Marked(mark=Mark.INSERTED | Mark.DELETED):
            for piece in pieces_of(node.content, document):
                yield node.mark, piece
        case MarkedBlock(mark=Mark.INSERTED | Mark.DELETED):
            for block in node.content:
                for inner in walk(block):
                    if isinstance(inner, CodeBlock):
                        yield node.mark, inner.text
