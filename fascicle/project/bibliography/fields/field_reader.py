"""One bibliography field's TeX read token by token, in time that grows with its length alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from fascicle.core.diagnostics import Collector, Span
from fascicle.project.bibliography.fields.html_markup import translated
from fascicle.project.bibliography.fields.journal_macros import JOURNALS
from fascicle.project.bibliography.fields.pieces import Chars, Fault, Formula, Piece, Read, Styled, text, tidy
from fascicle.project.bibliography.fields.tex_symbols import (
    ACCENTS,
    DEFINING,
    ENVIRONMENTS,
    LENGTHS,
    LETTERS,
    LIGATURES,
    MATH_FORMS,
    REFUSED,
    SHAPES,
    STYLES,
    SWITCHES,
    SYMBOLS,
)
from fascicle.project.math.tokens import MathToken, TokenKind, tokens

MAX_DEPTH = 60
"""Braces and commands nested deeper than this are read without what they do."""
MAX_FAULTS = 6
"""So many faults of one field are told; a field with more is not TeX that an author wrote."""
_LENGTH = re.compile(r"\s*=?\s*[-+]?[\d.,]*\s*(?:pt|em|ex|mm|cm|in|sp|mu|pc|bp)?", re.ASCII)
_WINDOWS = {
    chr(code): sign for code in range(0x80, 0xA0) if (sign := bytes([code]).decode("cp1252", "ignore"))
}
"""Quotation marks, dashes and the like that came from Windows and were taken for control characters."""
_ALONE = {"~": "~", "^": "^", "'": "´", "`": "`", '"': "¨"}
"""Accents over nothing."""


def read_markup(value: str) -> Read:
    """The pieces of a field's value and what is at fault in it."""
    source = translated(value)
    reader = _FieldReader(source.value)
    pieces = tidy(reader.group(closing=False))
    return pieces, tuple(
        Fault(source.typed(fault.offset), fault.what, fault.refused) for fault in reader.faults
    )


class _FieldReader:
    def __init__(self, value: str) -> None:
        self.waiting = list(tokens(value, comments=False))[::-1]
        self.ahead = Counter(token.text for token in self.waiting if token.text in {"$", r"\)"})
        self.faults: list[Fault] = []
        self.depth = 0

    def peek(self) -> MathToken | None:
        return self.waiting[-1] if self.waiting else None

    def next(self) -> MathToken | None:
        if not self.waiting:
            return None
        token = self.waiting.pop()
        if token.text in self.ahead:
            self.ahead[token.text] -= 1
        return token

    def fault(self, token: MathToken, what: str, *, refused: bool = False) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(token.offset, what, refused))

    def group(self, *, closing: bool) -> list[Piece]:
        """Pieces up to the end of the group, or of the value."""
        pieces: list[Piece] = []
        self.depth += 1
        flat = 0
        while (token := self.next()) is not None:
            if token.kind is TokenKind.END:
                if closing and not flat:
                    break
                flat -= bool(flat)
            elif token.kind is TokenKind.BEGIN and self.depth > MAX_DEPTH:
                flat += 1
                if flat == 1:
                    self.fault(token, f"braces more than {MAX_DEPTH} deep")
            elif token.kind is TokenKind.COMMAND and token.text[1:] in SWITCHES and self.depth <= MAX_DEPTH:
                style = STYLES[token.text[1:]]
                self.skip_space()
                pieces.append(Styled(style, tidy(self.group(closing=closing))))
                break
            else:
                pieces.extend(self.piece(token))
        self.depth -= 1
        return pieces

    def piece(self, token: MathToken) -> list[Piece]:
        """The piece that begins with `token`."""
        match token.kind:
            case TokenKind.BEGIN:
                special = self.special()
                content = tidy(self.group(closing=True))
                return list(content) if special else [Styled("group", content)] if content else []
            case TokenKind.MATH:
                return self.formula(token, "$")
            case TokenKind.COMMAND:
                return self.command(token)
            case TokenKind.SPACE | TokenKind.PARAGRAPH:
                return [Chars(" ")]
            case TokenKind.TIE:
                return [Chars("\u00a0")]
            case TokenKind.CARETS:
                what = f"'{token.text}', with which TeX can write any command"
                self.fault(token, what, refused=True)
            case TokenKind.CONTROL if (sign := _WINDOWS.get(token.text[-1])) and len(token.text) == 1:
                return [Chars(sign)]
            case TokenKind.CONTROL:
                self.fault(token, f"the control character U+{ord(token.text[-1]):04X}")
            case _:
                return [Chars(_ligatures(token.text))]
        return []

    def special(self) -> bool:
        r"""True when the group that begins is BibTeX's way to write one letter, `{\'e}`, and keeps no capitals."""
        token = self.peek()
        if token is None or token.kind is not TokenKind.COMMAND:
            return False
        return token.text[1:] in ACCENTS or token.text[1:] in LETTERS or token.text[1:] in SYMBOLS

    def command(self, token: MathToken) -> list[Piece]:
        name = token.text[1:]
        if name == "(":
            return self.formula(token, r"\)")
        if name in ACCENTS:
            return self.accent(name)
        if name in SYMBOLS or name in LETTERS:
            if name.isalpha():
                self.skip_space()
            return [Chars(SYMBOLS[name] if name in SYMBOLS else LETTERS[name])]
        if name in STYLES:
            return self.styled(STYLES[name])
        if name == "ensuremath":
            return self.ensured(token)
        return self.other(token, name)

    def other(self, token: MathToken, name: str) -> list[Piece]:
        """Commands that are rarer in bibliographies, and those that we do not know."""
        if name == "ifmmode":
            self.conditional()
            return []
        if name in SHAPES:
            unseen, seen = SHAPES[name]
            for _ in range(unseen):
                self.argument()
            return [piece for _ in range(seen) for piece in self.argument()]
        if name in LENGTHS:
            self.length()
            return []
        if name in {"begin", "end"}:
            return self.environment(token)
        if name.lower() in JOURNALS and name.isascii():
            return [Chars(JOURNALS[name.lower()])]
        if name in REFUSED:
            self.fault(token, f"the TeX command {token.text}", refused=True)
            if name in DEFINING:
                self.defined()
            return []
        return self.unknown(token)

    def unknown(self, token: MathToken) -> list[Piece]:
        """A sign of mathematics outside a formula; else what the command applies to, or its name as typed."""
        following = self.peek()
        if following is not None and following.kind is TokenKind.BEGIN:
            self.fault(token, f"the TeX command {token.text}")
            return []
        if not _formula_faults(token.text):
            self.skip_space()
            return [Formula(token.text)]
        self.fault(token, f"the TeX command {token.text}")
        return [Chars(token.text)]

    def conditional(self) -> None:
        r"""`\ifmmode … \else … \fi`, as publishers write accents: we are outside mathematics, so go on after `\else`."""
        while (token := self.peek()) is not None and token.text not in {r"\else", r"\fi"}:
            self.next()
        if token is not None:
            self.next()
            self.skip_space()

    def environment(self, token: MathToken) -> list[Piece]:
        name = text(self.argument()).strip().rstrip("*")
        if name not in ENVIRONMENTS:
            self.fault(token, f"the TeX environment '{name}'")
        return [Chars(" ")]

    def length(self) -> None:
        self.skip_space()
        token = self.peek()
        if (
            token is not None
            and token.kind is TokenKind.TEXT
            and (rest := _LENGTH.sub("", token.text, count=1))
        ):
            self.waiting[-1] = MathToken(token.kind, rest, token.offset + len(token.text) - len(rest))
        elif token is not None and token.kind is TokenKind.TEXT:
            self.next()

    def defined(self) -> None:
        """Pass over the name that a refused command would define: it is no second fault."""
        for kind in (TokenKind.SPACE, TokenKind.BEGIN, TokenKind.COMMAND):
            token = self.peek()
            if token is not None and token.kind is kind:
                self.next()

    def styled(self, style: str) -> list[Piece]:
        content = tidy(self.argument())
        if style == "nothing" or not content:
            return []
        return list(content) if style in {"plain", "url"} else [Styled(style, content)]

    def accent(self, name: str) -> list[Piece]:
        letter = text(self.argument())
        if not letter and name == "c":  # publishers write `\c{}c`
            self.skip_empty()
            letter = text(self.argument())
        letter = {"ı": "i", "ȷ": "j"}.get(letter[:1], letter[:1]) + letter[1:]
        if not letter:
            return [Chars(_ALONE.get(name, ""))]
        return [Chars(unicodedata.normalize("NFC", letter[0] + ACCENTS[name]) + letter[1:])]

    def skip_empty(self) -> None:
        r"""Pass over `\fi` and `{}`."""
        while self.waiting and (
            self.waiting[-1].text == r"\fi" or [token.text for token in self.waiting[-2:]] == ["}", "{"]
        ):
            self.next()
            if self.waiting and self.waiting[-1].text == "}":
                self.next()

    def argument(self) -> list[Piece]:
        """What a command applies to: a group, or the next character or command."""
        self.skip_space()
        token = self.peek()
        if token is None or token.kind is TokenKind.END or self.depth > MAX_DEPTH:
            return []
        self.next()
        if token.kind is TokenKind.BEGIN:
            return self.group(closing=True)
        if token.kind is TokenKind.TEXT and len(token.text) > 1:
            self.waiting.append(MathToken(token.kind, token.text[1:], token.offset + 1))
            return [Chars(token.text[0])]
        self.depth += 1
        found = self.piece(token)
        self.depth -= 1
        return found

    def ensured(self, opening: MathToken) -> list[Piece]:
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
        return self.mathematics(opening, inside)

    def formula(self, opening: MathToken, ending: str) -> list[Piece]:
        """A formula; a single `$` without a partner is a dollar sign."""
        if not self.ahead[ending]:
            return [Chars("$")] if opening.text == "$" else []
        inside: list[MathToken] = []
        while (token := self.next()) is not None and token.text != ending:
            inside.append(token)
        return self.mathematics(opening, inside)

    def mathematics(self, opening: MathToken, inside: list[MathToken]) -> list[Piece]:
        """The formula made of some tokens; where it is not understood, its characters as typed."""
        body = text_of(_mathematical(inside))
        if not body.strip():
            return []
        reported = _formula_faults(body, inside[0].offset)
        if not reported:
            return [Formula(body.strip())]
        refused = any(token.text[1:] in REFUSED or token.kind is TokenKind.CARETS for token in inside)
        for offset, what in reported:
            self.fault(MathToken(TokenKind.TEXT, "", offset), what, refused=refused)
        return [] if refused else [Chars(text_of(inside))]

    def skip_space(self) -> None:
        token = self.peek()
        if token is not None and token.kind is TokenKind.SPACE:
            self.next()


def text_of(pieces: list[MathToken]) -> str:
    """The characters of some tokens."""
    return "".join(token.text for token in pieces)


@lru_cache(maxsize=1 << 10)
def _formula_faults(body: str, start: int = 0) -> list[tuple[int, str]]:
    """What is not allowed in a formula that begins at `start`, each with its index."""
    from fascicle.project.math.allowlist import check_math  # most texts hold no formula

    found = Collector()
    try:
        if check_math(body, Span(""), found, display=False, locate=lambda at: Span("", 1, start + at + 1)):
            return []
    except RecursionError:
        return [(start, "a formula that is nested too deeply")]
    return [
        (reported.span.column - 1 if reported.span else start, f"this: {reported.message}")
        for reported in found
    ]


def _mathematical(inside: list[MathToken]) -> list[MathToken]:
    r"""Tokens of a formula without `\ensuremath` and `\ifmmode`, and with the mathematical form of a text's signs."""
    found: list[MathToken] = []
    branch = ""
    for token in inside:
        if token.text in {r"\ifmmode", r"\else", r"\fi"}:
            branch = "" if token.text == r"\fi" else token.text
        elif branch != r"\else" and token.text != r"\ensuremath":
            form = MATH_FORMS.get(token.text[1:]) if token.kind is TokenKind.COMMAND else None
            found.append(MathToken(token.kind, form, token.offset) if form else token)
    return found


def _ligatures(characters: str) -> str:
    for typed, printed in LIGATURES:
        characters = characters.replace(typed, printed)
    return characters
