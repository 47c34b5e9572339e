"""The redline as Markdown: each section's source with CriticMarkup, proved by reading it both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from fascicle.redline.comparison.align import aligned
from fascicle.redline.comparison.words import has_word, words

_INSERTED = re.compile(r"\{\+\+(.*?)\+\+\}", re.DOTALL)
_DELETED = re.compile(r"\{--(.*?)--\}", re.DOTALL)

Piece = tuple[str, str]
"""`=`, `-` or `+`, and a text."""


def marked_source(old: str, new: str) -> str | None:
    """The source of both versions in one; None when it cannot be read back, as where the text has such marks itself."""
    text = "".join(
        _marked(kind, "".join(part for _, part in run)) for kind, run in groupby(_pieces(old, new), _kind)
    )
    return text if accepted(text) == new and rejected(text) == old else None


def accepted(text: str) -> str:
    """The new version."""
    return _INSERTED.sub(r"\1", _DELETED.sub("", text))


def rejected(text: str) -> str:
    """The old version."""
    return _DELETED.sub(r"\1", _INSERTED.sub("", text))


def _kind(piece: Piece) -> str:
    return piece[0]


def _marked(kind: str, text: str) -> str:
    return {"=": text, "-": f"{{--{text}--}}", "+": f"{{++{text}++}}"}[kind]


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """The text line by line, and word by word where lines differ."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    i = j = 0
    for to_i, to_j in [*aligned(before, after), (len(before), len(after))]:
        yield from _in_words("".join(before[i:to_i]), "".join(after[j:to_j]))
        if to_i < len(before):
            yield "=", before[to_i]
        i, j = to_i + 1, to_j + 1


def _in_words(old: str, new: str) -> Iterator[Piece]:
    before, after = words(old), words(new)
    pairs = aligned(before, after)
    common = sum(len(before[i]) for i, _ in pairs if has_word(before[i]))
    if 3 * common < max(len(old), len(new)):
        pairs = []
    yield from _gathered(before, after, pairs)


def _gathered(before: list[str], after: list[str], pairs: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """What went before what came, equal signs between changes with them."""
    gone: list[str] = []
    come: list[str] = []
    i = j = 0
    for to_i, to_j in [*pairs, (len(before), len(after))]:
        gone += before[i:to_i]
        come += after[j:to_j]
        if to_i < len(before):
            same = before[to_i]
            if gone and come and not has_word(same) and "\n" not in same:
                gone.append(same)
                come.append(same)
            else:
                yield from _both(gone, come)
                gone, come = [], []
                yield "=", same
        i, j = to_i + 1, to_j + 1
    yield from _both(gone, come)


def _both(gone: list[str], come: list[str]) -> Iterator[Piece]:
    """A change, without what both sides end with."""
    ending: list[str] = []
    while gone and come and gone[-1] == come[-1]:
        ending.insert(0, gone.pop())
        come.pop()
    if gone:
        yield "-", "".join(gone)
    if come:
        yield "+", "".join(come)
    if ending:
        yield "=", "".join(ending)
