"""Whether a block with writing from right to left stands in what a PDF reads as.

Readers give a line of such writing turned round, with its brackets, its numbers and the Latin words beside it in
places of their own; letters with points, and letters that stand above one another, may be read apart. So a text of
more than one line cannot be compared letter for letter, but word by word and pair by pair.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from fascicle.pdf.reading.text import LEFTWARD, POINTS, Reading, bare_words
from fascicle.pdf.text_comparison.block_places import NEAR, UNORDERED
from fascicle.pdf.text_comparison.expected_blocks import ExpectedBlock

_ALLOWED = 0.2
"""The share of a block's letters of such writing whose words may be read apart."""
_PAIRS = 0.5
"""The share of its neighbouring words that must be read as neighbours; at the ends of lines they are none."""
_FEW = 4
"""Pairs of words from which on they count."""
_LOOSE = 6
"""Characters that may stand between the letters of a word with points."""
_RUN = re.compile(
    "[\u0590-\u05ff\u0600-\u0669\u066e-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\\s+[\u0590-\u05ff\u0600-\u08ff]+)*"
)
"""Words of such writing with nothing but spaces between them."""


def turned_round(reading: Reading, block: ExpectedBlock, cursor: int) -> bool:
    """Whether the words of a block stand soon behind `cursor`, in whatever order, most of them beside their neighbours."""
    near = reading.text[cursor : cursor + NEAR]
    if block.block.flow in UNORDERED:
        near = reading.text[:NEAR] + near
    near = POINTS.sub("", near)
    pointed = {word for raw in block.raw if POINTS.search(raw) for word in bare_words(raw)}
    words = {word for raw in block.raw for word in bare_words(raw)}
    apart = {
        word for word in words if not _stands(word, near) and not (word in pointed and _loosely(word, near))
    }
    own = {word for word in words if LEFTWARD.search(word)}
    if apart - own or sum(map(len, apart)) > _ALLOWED * sum(map(len, own)):
        return False
    pairs = [pair for raw in block.raw for pair in _pairs(raw)]
    beside = sum(_stands(pair, near) for pair in pairs)
    return len(pairs) < _FEW or bool(pointed) or beside >= _PAIRS * len(pairs)


def _stands(word: str, near: str) -> bool:
    return word in near or word[::-1] in near


def _loosely(word: str, near: str) -> bool:
    """Whether the letters of a word stand close to one another in any order."""
    wanted = Counter(word)
    width = len(word) + _LOOSE
    return any(wanted <= Counter(near[at : at + width]) for at in range(0, max(len(near) - len(word), 1), 2))


def _pairs(raw: str) -> list[str]:
    plain = POINTS.sub("", unicodedata.normalize("NFKC", raw))
    return [first + second for run in _RUN.findall(plain) for first, second in pairwise(run.split())]
