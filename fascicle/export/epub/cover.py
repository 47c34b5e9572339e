"""A cover of type alone: title, subtitle and authors as SVG, which every reader sets in a typeface of its own."""

from __future__ import annotations

import unicodedata

WIDTH = 26
"""Characters of the title in a line."""
_SMALLER = 1.45
"""Characters of smaller lines, as a multiple."""


def lines(text: str, *, smaller: bool = False) -> list[str]:
    """A text in lines that fit the cover; Han and the like count twice, and break anywhere."""
    most = WIDTH * (_SMALLER if smaller else 1)
    made = [""]
    for word in _words(text):
        if made[-1] and _units(made[-1]) + _units(word.rstrip()) > most:
            made.append("")
        made[-1] += word if made[-1] else word.lstrip()
    return [line.strip() for line in made if line.strip()]


def _words(text: str) -> list[str]:
    """Words with the spaces behind them; wide characters each by itself."""
    made = [""]
    for character in " ".join(text.split()):
        if _wide(character) and made[-1]:
            made.append("")
        made[-1] += character
        if character == " " or _wide(character):
            made.append("")
    return [word for word in made if word]


def _units(text: str) -> int:
    return sum(2 if _wide(character) else 1 for character in text)


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
