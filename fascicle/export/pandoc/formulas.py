"""Formulas in the commands that pandoc knows: rare signs as characters."""

from __future__ import annotations

from fascicle.project.math.commands import EVERY, SYMBOLS
from fascicle.project.math.tokens import TokenKind, tokens
from fascicle.project.math.unicode_symbols import written_out


def known_to_pandoc(tex: str) -> str:
    """A formula whose rare signs stand as characters."""
    if "\\" not in tex:
        return tex.strip()
    return "".join(_known(token.text, token.kind) for token in tokens(tex)).strip()


def _known(text: str, kind: TokenKind) -> str:
    name = text[1:]
    if kind is not TokenKind.COMMAND or name in EVERY or name in SYMBOLS:
        return text
    return written_out(name) or text
