"""Words that stand in typed quotation marks, found so that a style may set marks of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from fascicle.project.bibliography.fields.markup import Chars, Piece, Styled, text
from fascicle.project.bibliography.fields.pieces import tidy

_CLOSING: Mapping[str, str] = {
    "“": "”",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    '"': '"',
    "‘": "’",
    "’": "’",
}
"""The marks that can close what each opening mark begins."""
_CUT = re.compile(r"\d|(?:tis|twas|em|cause|bout|round|til|n)\b", re.IGNORECASE)
"""What follows an apostrophe at the head of a word: ’90s, ’tis."""
_MARK = re.compile('([“”„«»"‘’])')


def quoted(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """`pieces` with words in quotation marks as quoted pieces; marks of inches, apostrophes and lone marks stay as typed."""
    inner = tuple(map(_inside, pieces))
    if not any(isinstance(one, Chars) and _MARK.search(one.text) for one in inner):
        return inner
    parts = list(_parts(inner))
    made: list[list[Piece]] = [[]]
    opened: list[str] = []
    for at, part in enumerate(parts):
        sign = _sign(part)
        if opened and sign and sign in _CLOSING[opened[-1]] and _closes(parts, at):
            content = tidy(made.pop())
            made[-1].append(Styled("quoted", _bare(content) if opened.pop() in "«»" else content))
        elif sign in _CLOSING and _opens(parts, at):
            opened.append(sign)
            made.append([])
        else:
            made[-1].append(part)
    while len(made) > 1:
        lone = made.pop()
        made[-1] += [Chars(opened.pop()), *lone]
    return tidy(made[0])


def _inside(piece: Piece) -> Piece:
    return replace(piece, content=quoted(piece.content)) if isinstance(piece, Styled) else piece


def _parts(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces, with each mark as one of its own."""
    for piece in pieces:
        if isinstance(piece, Chars):
            yield from (Chars(part) for part in _MARK.split(piece.text) if part)
        else:
            yield piece


def _sign(part: Piece) -> str:
    return part.text if isinstance(part, Chars) and _MARK.fullmatch(part.text) else ""


def _opens(parts: list[Piece], at: int) -> bool:
    """Whether a mark stands before words, as an opening one does; a single one only when one mark alone can close it."""
    sign = _sign(parts[at])
    before, after = text(parts[:at])[-1:], text(parts[at + 1 :])[:1]
    if before.isalnum() or not after or (after.isspace() and sign != "«"):
        return False
    if sign in "‘’":
        following = next((n for n in range(at + 1, len(parts)) if _sign(parts[n]) == "‘"), len(parts))
        ends = [n for n in range(at + 1, following) if _sign(parts[n]) == "’" and _closes(parts, n)]
        return len(ends) == 1 and (sign == "‘" or not _CUT.match(text(parts[at + 1 :])))
    return True


def _closes(parts: list[Piece], at: int) -> bool:
    """Whether a mark stands behind words, as a closing one does."""
    before, after = text(parts[:at])[-1:], text(parts[at + 1 :])[:1]
    return not after.isalnum() and bool(before) and (not before.isspace() or _sign(parts[at]) == "»")


def _bare(content: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """What stands between French marks without the spaces at its ends."""
    found = list(content)
    if found and isinstance(first := found[0], Chars):
        found[0] = Chars(first.text.lstrip(" \u00a0\u202f"))
    if found and isinstance(last := found[-1], Chars):
        found[-1] = Chars(last.text.rstrip(" \u00a0\u202f"))
    return tuple(found)
