"""Reading a formula token by token, with the place of each token in the author's file."""

from __future__ import annotations

from collections.abc import Callable

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.project.math.tokens import MathToken, TokenKind, tokens


class Stop(Exception):  # noqa: N818 - leaves the reading, is no error of the program
    """The formula is so broken that going on would only repeat the complaint."""


class MathReader:
    """A formula's tokens and how far they are read."""

    def __init__(self, tex: str, locate: Callable[[int], Span], problems: Collector) -> None:
        self.tex = tex
        self.tokens = list(tokens(tex))
        self.at = 0
        self.locate = locate
        self.problems = problems
        self.refused = False

    def peek(self) -> MathToken | None:
        """The next token, white space passed over."""
        while self.at < len(self.tokens) and self.tokens[self.at].kind is TokenKind.SPACE:
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> MathToken:
        """The token at hand, white space too; raises IndexError at the end."""
        token = self.tokens[self.at]
        self.at += 1
        return token

    def refuse(
        self, token: MathToken | None, message: str, *hints: str, code: Code = Code.MATH_SYNTAX
    ) -> None:
        """Report an error at a token, None for the formula's end, and go on."""
        self.refused = True
        start = token.offset if token else len(self.tex)
        place = self.locate(start)
        length = len(token.text) if token else 0
        span = Span(place.file, place.line, place.column, place.line, place.column + length)
        self.problems.add(code, message, span, *hints)

    def give_back(self, token: MathToken, length: int) -> None:
        """Leave the last `length` characters of the token taken last to be read again."""
        if length:
            self.at -= 1
            self.tokens[self.at] = MathToken(
                token.kind, token.text[-length:], token.offset + len(token.text) - length
            )

    def group_text(self) -> tuple[MathToken | None, str]:
        """The plain text of a group that must follow, such as an environment's name, with its first token."""
        token = self.peek()
        if token is None or token.kind is not TokenKind.BEGIN:
            return token, ""
        self.take()
        first = self.tokens[self.at] if self.at < len(self.tokens) else None
        depth = 1
        pieces: list[str] = []
        while self.at < len(self.tokens):
            inside = self.take()
            depth += {TokenKind.BEGIN: 1, TokenKind.END: -1}.get(inside.kind, 0)
            if depth == 0:
                return first, "".join(pieces)
            pieces.append(inside.text)
        self.refuse(token, "this '{' is never closed", "add the missing '}'")
        raise Stop


def locator(tex: str, span: Span) -> Callable[[int], Span]:
    """Places of characters by index, when the first stands at `span` and further lines begin in column 1."""

    def locate(offset: int) -> Span:
        before = tex[:offset]
        lines = before.count("\n")
        column = offset - (before.rfind("\n") + 1) + (1 if lines else span.column)
        return Span(span.file, span.line + lines, column)

    return locate
