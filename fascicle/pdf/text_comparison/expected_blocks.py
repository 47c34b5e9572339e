"""An expected block as characters to compare, and how far a difference in them can be believed."""

from __future__ import annotations

import unicodedata

from fascicle.document.expected_text import BlockText, Gap
from fascicle.pdf.reading.text import LEFTWARD, Key, key

_PLAIN = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "ARMENIAN",
    "GEORGIAN",
    "DIGIT",
)
"""Scripts whose characters readers give back one by one, as they were written."""
_PHONETIC = range(0x250, 0x300)
"""Letters that fonts often make of others."""
TRUSTED = 0.6
"""The share of plain letters from which a text is one that readers give back as it was written."""


class ExpectedBlock:
    """A block with its texts as keys."""

    def __init__(self, block: BlockText) -> None:
        self.block = block
        self.literals: list[Key] = []
        """The texts between gaps."""
        self.raw: list[str] = []
        """The same as written."""
        self.gaps: list[int] = []
        """Longest gap before each literal."""
        waiting = 0
        for piece in block.pieces:
            if isinstance(piece, Gap):
                waiting += piece.longest
            elif (held := key(piece)).text:
                self.literals.append(held)
                self.raw.append(piece)
                self.gaps.append(waiting)
                waiting = 0

    @property
    def length(self) -> int:
        """Characters that are known beforehand."""
        return sum(len(literal.text) for literal in self.literals)

    @property
    def longest(self) -> int:
        """Number of the longest literal."""
        return max(range(len(self.literals)), key=lambda number: len(self.literals[number].text))

    @property
    def leftward(self) -> bool:
        """Whether it has writing from right to left."""
        return any(LEFTWARD.search(raw) for raw in self.raw)

    @property
    def trusted(self) -> bool:
        """Whether readers can be expected to give it back."""
        return trusted("".join(literal.text for literal in self.literals))


def trusted(text: str) -> bool:
    """Whether a text is mostly of letters and digits that every reader gives back as they were written."""
    plain = sum(_is_plain(character) for character in text)
    return plain >= 3 and plain >= TRUSTED * len(text)


def _is_plain(character: str) -> bool:
    if character.isascii():
        return character.isalnum()
    if not character.isalnum() or ord(character) in _PHONETIC:
        return False
    return unicodedata.name(character, "").startswith(_PLAIN)
