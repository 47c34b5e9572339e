"""Holds formulas to the allow-list before TeX sees them.

Whatever is not known to be harmless is a located error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.suggestions import get_close_matches
from fascicle.project.math import commands as known
from fascicle.project.math.environments import check_ending, read_argument, read_name
from fascicle.project.math.reader import MathReader, Stop, locator
from fascicle.project.math.tokens import MathToken, TokenKind
from fascicle.project.math.unicode_symbols import signs

_K = TokenKind
_CLOSERS = frozenset({_K.END, _K.ALIGN, _K.MATH, _K.PARAGRAPH})
_LENGTH = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*(em|ex|pt|mm|cm|in|bp|pc|mu)\s*", re.ASCII)
_DEEPEST = 120
"""How deep groups and arguments may be nested, each counted, far beyond any formula that can be read."""


def check_math(
    tex: str,
    span: Span,
    problems: Collector,
    *,
    display: bool = True,
    locate: Callable[[int], Span] | None = None,
) -> bool:
    """Hold a formula to the allow-list; False when something in it was refused.

    `span` is where the formula's first character stands; further lines are taken to begin in column 1 unless
    `locate` gives the place of a character by its index. Each error stands at the exact token.
    """
    checker = _Checker(tex, locate or locator(tex, span), problems)
    checker.check(display=display)
    return not checker.refused


class _Checker(MathReader):
    """Reads a formula as TeX would, token by token."""

    def __init__(self, tex: str, locate: Callable[[int], Span], problems: Collector) -> None:
        super().__init__(tex, locate, problems)
        self.depth = 0
        self.displayed = False
        self.inside_left = False

    # -- Whole formulas ----------------------------------------------------------------------------------

    def check(self, *, display: bool) -> None:
        if not self.tex.strip():
            self.refuse(None, "the formula is empty")
            return
        self.displayed = display
        try:
            self.sequence(top=True, display=display)
        except Stop:
            return

    def sequence(
        self, *, top: bool = False, display: bool = False, align: bool = False, right: bool = False
    ) -> None:
        r"""Everything up to a closing brace, `\end` or `\right`, which is left to the caller."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.too_deep(self.peek())
        outer, self.inside_left = self.inside_left, right
        scripts: set[str] = set()
        while (token := self.peek()) is not None:
            if token.kind is _K.END or (token.kind is _K.COMMAND and token.text in (r"\end", r"\right")):
                if not top:
                    break
                self.stray(token)
                continue
            self.scripted(token, scripts)
            self.one(token, align=align, display=display and top)
        self.depth -= 1
        self.inside_left = outer

    def stray(self, token: MathToken) -> None:
        self.take()
        opener = {"}": "{", r"\end": r"\begin", r"\right": r"\left"}[token.text]
        self.refuse(token, f"'{token.text}' has no '{opener}' before it")
        if token.text == r"\end":
            self.group_text()
        elif token.text == r"\right":
            self.delimiter(token)

    def scripted(self, token: MathToken, scripts: set[str]) -> None:
        """Notes two superscripts or two subscripts on one sign, which TeX refuses."""
        if token.kind in (_K.SUPERSCRIPT, _K.SUBSCRIPT):
            if token.kind.value in scripts:
                self.refuse(
                    token, f"a second {token.kind.value} on the same sign", "put braces around the first"
                )
            scripts.add(token.kind.value)
        elif token.kind is _K.TEXT and token.text.startswith("'"):
            if _K.SUPERSCRIPT.value in scripts:
                self.refuse(token, "a prime after a superscript", "write the prime first: x'^2")
            if token.text.strip("'"):
                scripts.clear()
        elif token.text not in (r"\limits", r"\nolimits"):
            scripts.clear()

    def one(self, token: MathToken, *, align: bool, display: bool = False) -> None:
        """One token with all that belongs to it."""
        match token.kind:
            case _K.COMMAND:
                self.command(token, align=align, display=display)
            case _K.BEGIN:
                self.group()
            case _K.SUPERSCRIPT | _K.SUBSCRIPT:
                self.take()
                self.argument(token)
            case _K.ALIGN:
                self.take()
                if not align:
                    self.refuse(
                        token, "'&' stands outside an environment that aligns", r"write \& for the sign"
                    )
            case _K.MATH:
                self.take()
                self.refuse(token, "'$' stands inside a formula", r"write \$ for the sign")
            case _:
                self.take()
                self.forbidden(token)

    def forbidden(self, token: MathToken) -> None:
        """Refuses what neither mathematics nor text may hold."""
        match token.kind:
            case _K.COMMENT:
                self.refuse(token, "'%' would hide the rest of the line", r"write \% for the sign")
            case _K.PARAMETER:
                self.refuse(token, "'#' has no meaning in a formula", r"write \# for the sign")
            case _K.CARETS:
                self.refuse(
                    token, f"'{token.text}' is TeX's way to hide characters", "write the character itself"
                )
            case _K.CONTROL:
                code_point = f"U+{ord(token.text[-1]):04X}"
                self.refuse(token, f"the formula holds a control character ({code_point})", "delete it")
            case _K.PARAGRAPH:
                self.refuse(token, "an empty line stands inside the formula", "delete the empty line")
            case _:
                pass

    # -- Groups and arguments ----------------------------------------------------------------------------

    def group(self) -> None:
        opening = self.take()
        self.sequence()
        self.close(opening)

    def close(self, opening: MathToken) -> None:
        token = self.peek()
        if token is not None and token.kind is _K.END:
            self.take()
            return
        self.refuse(opening, "this '{' is never closed", "add the missing '}'")
        raise Stop

    def argument(self, owner: MathToken) -> None:
        """One argument: a group or a single token."""
        with self.deeper(owner):
            self._argument(owner)

    @contextmanager
    def deeper(self, token: MathToken) -> Iterator[None]:
        """One level further down; a formula that goes too deep is read no further."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.too_deep(token)
        yield
        self.depth -= 1

    def too_deep(self, token: MathToken | None) -> NoReturn:
        """A formula that nobody could read is read no further."""
        self.refuse(token, f"the formula is nested more than {_DEEPEST} deep")
        raise Stop

    def _argument(self, owner: MathToken) -> None:
        token = self.peek()
        ended = token is None or token.kind in _CLOSERS or token.text in (r"\end", r"\right")
        if ended or (token and token.kind in (_K.SUPERSCRIPT, _K.SUBSCRIPT)):
            self.refuse(owner, f"something must follow '{owner.text}'", "put it in braces")
            return
        if token is None:
            return
        if token.kind is _K.TEXT:
            # TeX takes one character and leaves the rest of the run.
            self.take()
            self.give_back(token, len(token.text) - 1)
            return
        self.one(token, align=False)

    def optional(self) -> None:
        """An optional argument in brackets, of mathematics."""
        token = self.peek()
        if token is not None and token.kind is _K.TEXT and token.text.startswith("["):
            with self.deeper(token):
                self._optional()

    def _optional(self) -> None:
        while (token := self.peek()) is not None and not (token.kind is _K.TEXT and "]" in token.text):
            if token.kind in _CLOSERS:
                return
            self.one(token, align=False)
        if token is not None:
            self.take()
            self.give_back(token, len(token.text.partition("]")[2]))

    # -- Commands ----------------------------------------------------------------------------------------

    def command(self, token: MathToken, *, align: bool, display: bool) -> None:
        self.take()
        name = token.text[1:]
        if name == "begin":
            self.environment(token, display=display)
        elif name == "\\":
            self.optional()
        elif name == "hline" and not align:
            self.refuse(token, r"'\hline' stands outside an array")
        elif name in known.DELIMITED:
            self.delimited(token, name)
        elif name in ("hspace", "mspace"):
            self.length(token)
        elif name in known.TEXT_ARGUMENTS:
            self.text_argument(token)
        elif (count := known.WITH_ARGUMENTS.get(name)) is not None:
            self.starred(name)
            if name in ("sqrt", "smash", "xleftarrow", "xrightarrow", "cfrac"):
                self.optional()
            for _ in range(count):
                self.argument(token)
        elif name not in known.WITHOUT_ARGUMENT and name not in known.SYMBOLS:
            self.rare(token, name)

    def rare(self, token: MathToken, name: str) -> None:
        """A sign of unicode-math, or what is not allowed."""
        sign = signs().get(name)
        if sign is None:
            self.unknown(token, name)
        elif sign.kind == "accent":
            self.argument(token)

    def starred(self, name: str) -> None:
        token = self.peek()
        if name == "operatorname" and token is not None and token.text == "*":
            self.take()

    def unknown(self, token: MathToken, name: str) -> None:
        hints = [known.HINTS[name]] if name in known.HINTS else []
        if not hints and (near := get_close_matches(name, known.EVERY, n=1, cutoff=0.7)):
            hints = [f"did you mean '\\{near[0]}'?"]
        shown = token.text if name.strip() else "a backslash at the end"
        self.refuse(token, f"'{shown}' is not allowed in a formula", *hints, code=Code.MATH_COMMAND)

    def delimited(self, token: MathToken, name: str) -> None:
        if name == "middle" and not self.inside_left:
            self.refuse(token, r"'\middle' stands outside '\left … \right'")
        self.delimiter(token)
        if name != "left":
            return
        self.sequence(right=True)
        closing = self.peek()
        if closing is not None and closing.text == r"\right":
            self.take()
            self.delimiter(closing)
        else:
            self.refuse(
                token, r"this '\left' has no '\right'", r"write \right. where nothing shall be printed"
            )

    def delimiter(self, owner: MathToken) -> None:
        token = self.peek()
        if token is None or token.kind not in (_K.TEXT, _K.COMMAND) or token.text in (r"\end", r"\right"):
            self.refuse(
                owner, f"a bracket must follow '{owner.text}'", "write '.' where nothing shall be printed"
            )
            return
        if token.kind is _K.TEXT and token.text[0] not in "()[]|/.<>":
            self.refuse(
                owner, f"a bracket must follow '{owner.text}'", "write '.' where nothing shall be printed"
            )
        self.argument(owner)

    def length(self, token: MathToken) -> None:
        first, text = self.group_text()
        if not _LENGTH.fullmatch(text):
            self.refuse(first or token, f"'{token.text}' takes a length, such as {{1em}}")

    def environment(self, token: MathToken, *, display: bool) -> None:
        name = read_name(self, token, display=display)
        self.optional()
        read_argument(self, token, name)
        self.sequence(align=True)
        check_ending(self, token, name)

    # -- Text --------------------------------------------------------------------------------------------

    def text_argument(self, token: MathToken) -> None:
        following = self.peek()
        if token.text == r"\tag":
            if not self.displayed:
                self.refuse(token, r"'\tag' stands in a formula that is not displayed")
            if following is not None and following.text == "*":
                self.take()
                following = self.peek()
        if following is None or following.kind is not _K.BEGIN:
            self.refuse(token, f"the text after '{token.text}' must stand in braces")
            return
        self.take()
        self.text(following)

    def text(self, opening: MathToken) -> None:
        r"""Text up to the closing brace: words, accents, spaces, `$…$`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.too_deep(opening)
        while self.at < len(self.tokens):
            token = self.take()
            if token.kind is _K.END:
                self.depth -= 1
                return
            self.text_token(token)
        self.refuse(opening, "this '{' is never closed", "add the missing '}'")
        raise Stop

    def text_token(self, token: MathToken) -> None:
        match token.kind:
            case _K.BEGIN:
                self.text(token)
            case _K.MATH:
                self.inner_math(token)
            case _K.ALIGN | _K.SUPERSCRIPT | _K.SUBSCRIPT:
                self.refuse(
                    token,
                    f"'{token.text}' stands in the text of a formula",
                    f"write ${token.text}$ or \\{token.text}",
                )
            case _K.COMMAND:
                self.text_command(token)
            case _:
                self.forbidden(token)

    def text_command(self, token: MathToken) -> None:
        name = token.text[1:]
        if name in known.TEXT_ARGUMENTS and name != "tag":
            self.text_argument(token)
        elif name in known.TEXT_ACCENTS:
            self.accent(token)
        elif name not in known.TEXT_COMMANDS and name not in known.TEXT_SYMBOLS:
            near = get_close_matches(name, known.TEXT_COMMANDS, n=1, cutoff=0.7)
            hints = [f"did you mean '\\{near[0]}'?"] if near else ["put mathematics between $ signs"]
            self.refuse(
                token,
                f"'{token.text}' is not allowed in the text of a formula",
                *hints,
                code=Code.MATH_COMMAND,
            )

    def accent(self, token: MathToken) -> None:
        following = self.peek()
        if following is None or following.kind not in (_K.BEGIN, _K.TEXT, _K.COMMAND):
            self.refuse(token, f"a letter must follow the accent '{token.text}'")

    def inner_math(self, opening: MathToken) -> None:
        """A formula inside the text of a formula."""
        start = self.at
        while self.at < len(self.tokens) and self.tokens[self.at].kind is not _K.MATH:
            self.at += 1
        if self.at >= len(self.tokens):
            self.refuse(opening, "this '$' is never closed", r"write \$ for the sign")
            raise Stop
        inner = self.tex[self.tokens[start].offset : self.tokens[self.at].offset] if start < self.at else ""
        offset = opening.offset + 1
        self.at += 1
        if not check_math(
            inner, Span(""), self.problems, display=False, locate=lambda at: self.locate(offset + at)
        ):
            self.refused = True
