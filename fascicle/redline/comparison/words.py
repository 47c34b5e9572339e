"""Texts as words, spaces and signs, and the words of a node."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from fascicle.document import tree as t
from fascicle.document.tree import Node, Text, walk

_ALONE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Scripts without spaces between words: each character is taken for one."""
_IN_WORDS = "_\u00ad\u200c\u200d"
_APOSTROPHES = "'’"


def words(text: str) -> list[str]:
    """A text in pieces: words, runs of spaces, single signs. Joined again they are the text."""
    found: list[str] = []
    last = ""
    for at, sign in enumerate(text):
        kind = _kind(sign)
        if kind == "sign" and sign in _APOSTROPHES and last == "word" and text[at + 1 : at + 2].isalpha():
            kind = "word"
        if found and kind == last and kind in ("word", "space"):
            found[-1] += sign
        else:
            found.append(sign)
        last = kind
    return found


def _kind(sign: str) -> str:
    if sign.isspace():
        return "space"
    if _ALONE.match(sign):
        return "alone"
    if sign.isalnum() or sign in _IN_WORDS or unicodedata.category(sign)[0] == "M":
        return "word"
    return "sign"


def in_words(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """A sequence with its texts in pieces."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Text):
            found += [replace(node, text=piece) for piece in words(node.text)]
        else:
            found.append(node)
    return tuple(found)


def has_word(text: str) -> bool:
    """Whether a text holds more than spaces and signs."""
    return any(sign.isalnum() for sign in text)


def spoken(root: object) -> str:
    """The characters of nodes, whatever their form: formulas as typed, citations by their keys."""
    return "".join(_spoken(root))


def _spoken(root: object) -> Iterator[str]:
    for node in walk(root):
        match node:
            case Text() | t.InlineCode() | t.CodeBlock():
                yield node.text
            case t.Math() | t.RawInline() | t.RawBlock():
                yield node.tex
            case t.Citation():
                yield f"@{node.key}{node.locator_label}{node.locator}"
            case t.CrossRef():
                yield f"@{node.label}"
            case t.Figure():
                yield node.path
            case t.Note():
                yield "\u2020"
            case t.Quoted():
                yield "“" if node.double else "‘"
            case t.HardBreak() | t.SoftBreak():
                yield " "


def bag(root: object) -> Counter[str]:
    """How often a node has each word."""
    return Counter(piece.casefold() for part in _spoken(root) for piece in words(part) if has_word(piece))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How alike two bags of words are, from 0 to 1."""
    total = one.total() + other.total()
    if not total:
        return 1.0
    small, large = sorted((one, other), key=len)
    return 2 * sum(min(count, large[word]) for word, count in small.items()) / total
