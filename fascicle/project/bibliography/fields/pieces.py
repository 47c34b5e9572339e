"""What a bibliography field is read into.

Unicode text, formulas and styled pieces, and what is at fault in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chars:
    """Unicode text that prints as itself."""

    text: str
    """The characters."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Mathematics, its commands held to the allow-list."""

    tex: str
    """LaTeX between the dollars."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Pieces set apart: in braces, emphasised, quoted …"""

    style: str
    """A value of `bibsymbols.STYLES`, or `group` for braces that keep capitals as they are."""
    content: tuple[Piece, ...]
    """What is inside."""


Piece = Chars | Formula | Styled
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a field that is refused or not understood."""

    offset: int
    """Index of its first character in the field's value."""
    what: str
    """What it is, to follow `holds`."""
    refused: bool
    """True when it could define, load or run something, so that what it stood for is lost."""


Read = tuple[tuple[Piece, ...], tuple[Fault, ...]]
"""A field's pieces, and what is at fault in it."""


def text(pieces: Iterable[Piece]) -> str:
    """The characters alone, without any markup."""
    parts = []
    for piece in pieces:
        match piece:
            case Chars(text=characters):
                parts.append(characters)
            case Formula(tex=tex):
                parts.append(tex)
            case Styled(style="quoted", content=content):
                parts.append(f"“{text(content)}”")
            case Styled(content=content):
                parts.append(text(content))
    return "".join(parts)


def tidy(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join neighbouring characters, and make runs of spaces one."""
    joined: list[Piece] = []
    letters: list[str] = []
    for piece in pieces:
        if isinstance(piece, Chars):
            letters.append(piece.text)
            continue
        if letters:
            joined.append(Chars(_SPACES.sub(" ", "".join(letters))))
            letters = []
        joined.append(piece)
    if letters:
        joined.append(Chars(_SPACES.sub(" ", "".join(letters))))
    return tuple(joined)
