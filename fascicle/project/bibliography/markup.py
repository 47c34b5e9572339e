"""The TeX markup of bibliography fields read into pieces of Unicode text; any command outside the lists is a fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from fascicle.core.diagnostics import Collector, Span
from fascicle.project.bibliography.tex_symbols import ACCENTS, LETTERS, LIGATURES, STYLES, SWITCHES, SYMBOLS
from fascicle.project.math.tokens import Token, TokenKind, tokens


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
    """A value of `tex_symbols.STYLES`, or `group` for braces that keep capitals as they are."""
    content: tuple[Piece, ...]
    """What is inside."""


Piece = Chars | Formula | Styled
_SPACES = re.compile(" {2,}")
_DEFINING = (
    "def",
    "edef",
    "gdef",
    "xdef",
    "let",
    "newcommand",
    "renewcommand",
    "providecommand",
    "DeclareRobustCommand",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a field that is not allowed or not understood."""

    offset: int
    """Index of its first character in the field's value."""
    what: str
    """What it is, to follow `may not hold`."""


@lru_cache(maxsize=1 << 14)  # checks, names, sorting and both renderers ask for the same values
def parse(value: str) -> tuple[tuple[Piece, ...], tuple[Fault, ...]]:
    """Read a field's value. What is at fault is left out of the pieces."""
    reader = _Reader(value)
    pieces = reader.group(closing=False)
    return _tidy(pieces), tuple(reader.faults)


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


def plain(value: str) -> str:
    """A field's value as plain text."""
    return _SPACES.sub(" ", text(parse(value)[0])).strip()


class _Reader:
    def __init__(self, value: str) -> None:
        self.tokens = list(tokens(value))
        self.position = 0
        self.faults: list[Fault] = []

    def peek(self) -> Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def next(self) -> Token | None:
        token = self.peek()
        self.position += 1
        return token

    def group(self, *, closing: bool) -> list[Piece]:
        """Pieces up to the end of the group, or of the value."""
        pieces: list[Piece] = []
        while (token := self.next()) is not None:
            if token.kind is TokenKind.END:
                if closing:
                    break
                continue
            if token.kind is TokenKind.COMMAND and token.text[1:] in SWITCHES:
                pieces.append(Styled(STYLES[token.text[1:]], _tidy(self.rest(closing=closing))))
                break
            pieces.extend(self.piece(token))
        return pieces

    def rest(self, *, closing: bool) -> list[Piece]:
        self.skip_space()
        return self.group(closing=closing)

    def piece(self, token: Token) -> list[Piece]:
        """The piece that begins with `token`."""
        match token.kind:
            case TokenKind.BEGIN:
                special = self.special()
                content = _tidy(self.group(closing=True))
                return list(content) if special else [Styled("group", content)] if content else []
            case TokenKind.MATH:
                return self.formula(token)
            case TokenKind.COMMAND:
                return self.command(token)
            case TokenKind.SPACE | TokenKind.PARAGRAPH:
                return [Chars(" ")]
            case TokenKind.TIE:
                return [Chars("\u00a0")]
            case TokenKind.COMMENT:
                return self.percent(token)
            case TokenKind.CARETS:
                self.faults.append(
                    Fault(token.offset, f"'{token.text}', with which TeX can write any command")
                )
            case TokenKind.CONTROL:
                self.faults.append(Fault(token.offset, f"the control character U+{ord(token.text[-1]):04X}"))
            case _:
                return [Chars(_ligatures(token.text))]
        return []

    def special(self) -> bool:
        r"""True when the group that begins is BibTeX's way to write one letter, `{\'e}`, and keeps no capitals."""
        token = self.peek()
        if token is None or token.kind is not TokenKind.COMMAND:
            return False
        return token.text[1:] in ACCENTS or token.text[1:] in LETTERS or token.text[1:] in SYMBOLS

    def percent(self, token: Token) -> list[Piece]:
        """A percent sign is no comment to BibTeX: read what follows it like everything else."""
        inner = [Token(t.kind, t.text, t.offset + token.offset + 1) for t in tokens(token.text[1:])]
        self.tokens[self.position : self.position] = inner
        return [Chars("%")]

    def command(self, token: Token) -> list[Piece]:
        name = token.text[1:]
        if name == "(":
            return self.formula(token, ending=r"\)")
        if name in SYMBOLS or name in LETTERS:
            if name.isalpha():
                self.skip_space()
            return [Chars(SYMBOLS[name] if name in SYMBOLS else LETTERS[name])]
        if name in ACCENTS:
            return self.accent(name)
        if name == "href":
            self.argument()
            return self.argument()
        if name == "ensuremath":
            return self.ensured()
        if name in STYLES:
            return self.styled(STYLES[name])
        self.faults.append(Fault(token.offset, f"the TeX command {token.text}"))
        if name in _DEFINING:
            self.defined()
        return []

    def defined(self) -> None:
        """Pass over the name that a refused command would define: it is no second fault."""
        for kind in (TokenKind.SPACE, TokenKind.BEGIN, TokenKind.COMMAND):
            token = self.peek()
            if token is not None and token.kind is kind:
                self.next()

    def styled(self, style: str) -> list[Piece]:
        content = _tidy(self.argument())
        if style == "nothing" or not content:
            return []
        return list(content) if style in {"plain", "url"} else [Styled(style, content)]

    def accent(self, name: str) -> list[Piece]:
        letter = text(self.argument())
        letter = {"ı": "i", "ȷ": "j"}.get(letter[:1], letter[:1]) + letter[1:]
        if not letter:
            return []
        return [Chars(unicodedata.normalize("NFC", letter[0] + ACCENTS[name]) + letter[1:])]

    def argument(self) -> list[Piece]:
        """What a command applies to: a group, or the next character or command."""
        self.skip_space()
        token = self.next()
        if token is None or token.kind is TokenKind.END:
            self.position -= 1
            return []
        if token.kind is TokenKind.BEGIN:
            return self.group(closing=True)
        if token.kind is TokenKind.TEXT and len(token.text) > 1:
            rest = Token(token.kind, token.text[1:], token.offset + 1)
            self.tokens.insert(self.position, rest)
            return [Chars(token.text[0])]
        return self.piece(token)

    def ensured(self) -> list[Piece]:
        token = self.peek()
        if token is None or token.kind is not TokenKind.BEGIN:
            return []
        self.next()
        depth, inside = 1, []
        while (token := self.next()) is not None:
            depth += {TokenKind.BEGIN: 1, TokenKind.END: -1}.get(token.kind, 0)
            if depth == 0:
                break
            inside.append(token)
        return self.checked(inside)

    def formula(self, opening: Token, ending: str = "$") -> list[Piece]:
        """A formula; a single `$` without a partner is a dollar sign."""
        end = next((n for n in range(self.position, len(self.tokens)) if self.tokens[n].text == ending), None)
        if end is None:
            return [Chars("$")] if opening.text == "$" else []
        inside = self.tokens[self.position : end]
        self.position = end + 1
        return self.checked(inside)

    def checked(self, inside: list[Token]) -> list[Piece]:
        """The formula made of some tokens, if nothing in it is refused."""
        if not inside:
            return []
        body, start = "".join(token.text for token in inside), inside[0].offset
        found = Collector()
        from fascicle.project.math.allowlist import check_math  # most texts hold no formula

        if not check_math(
            body, Span(""), found, display=False, locate=lambda at: Span("", 1, start + at + 1)
        ):
            faults = (Fault(told.span.column - 1, f"this: {told.message}") for told in found if told.span)
            self.faults.extend(faults)
            return []
        return [Formula(body.strip())]

    def skip_space(self) -> None:
        token = self.peek()
        if token is not None and token.kind is TokenKind.SPACE:
            self.position += 1


def _tidy(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join neighbouring characters, and make runs of spaces one."""
    tidy: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Chars) and tidy and isinstance(tidy[-1], Chars):
            tidy[-1] = Chars(tidy[-1].text + piece.text)
        else:
            tidy.append(piece)
    return tuple(Chars(_SPACES.sub(" ", piece.text)) if isinstance(piece, Chars) else piece for piece in tidy)


def _ligatures(characters: str) -> str:
    for typed, printed in LIGATURES:
        characters = characters.replace(typed, printed)
    return characters
