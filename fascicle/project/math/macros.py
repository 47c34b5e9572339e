"""Authors' own commands in formulas, written out by us before TeX sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fascicle.project.math.quantities import QUANTITIES
from fascicle.project.math.tokens import MathToken, TokenKind, tokens

_K = TokenKind
_LONGEST = 20_000
"""Tokens that a formula may have when it is written out."""
_DEEPEST = 50
"""How deep macros may stand in macros."""
_DEFINING = frozenset(
    (
        "newcommand",
        "renewcommand",
        "providecommand",
        "def",
        "gdef",
        "let",
        "DeclareMathOperator",
        "newcommandx",
    )
)
_FIRST = re.compile(r"\\(?:(?:new|renew|provide)command\b|def\b|gdef\b|let\b|DeclareMathOperator\b)")
_FIXED = frozenset(("begin", "end", "left", "right", "middle"))
"""Commands that no macro may take the name of."""


@dataclass(frozen=True, slots=True)
class Macro:
    """An author's command."""

    arguments: int
    """How many arguments it takes."""
    body: str
    """What it stands for, with `#1` where its first argument goes."""
    default: str | None = None
    """What its first argument is when it is left out; None when it must be given."""


Macros = Mapping[str, Macro]


@dataclass(frozen=True, slots=True)
class Expanded:
    """A formula written out."""

    tex: str
    """The formula in commands that everybody knows."""
    origins: tuple[int, ...]
    """For each of its characters the place in the formula as typed."""

    def origin(self, at: int) -> int:
        """The place, in the formula as typed, of the character at `at`."""
        return self.origins[min(at, len(self.origins) - 1)] if self.origins else 0


class MacroError(Exception):
    """A macro that cannot be written out; the text says why."""


def macro_of(body: str) -> Macro:
    """The macro that a value of `macros:` is: it takes as many arguments as it names."""
    return Macro(max((int(number) for number in re.findall(r"#([1-9])", body)), default=0), body)


def definitions(text: str) -> dict[str, Macro]:
    r"""The macros that a text defines by `\newcommand` and its kin, wherever they stand."""
    found: dict[str, Macro] = {}
    for match in _FIRST.finditer(text):
        # A definition is short; reading on to the text's end for each would take the square of its length.
        stream = _Stream(tokens(text[match.start() : match.start() + 2000]))
        _define(stream, stream.take(), found)
    return found


def only_definitions(text: str) -> bool:
    """Whether a paragraph holds definitions and nothing else."""
    if not _FIRST.match(text.lstrip()):
        return False
    stream = _Stream(tokens(text))
    found: dict[str, Macro] = {}
    while (token := stream.take_next()) is not None:
        if token.kind is _K.COMMENT:
            continue
        if (
            token.kind is not _K.COMMAND
            or token.text[1:] not in _DEFINING
            or not _define(stream, token, found)
        ):
            return False
    return True


def expanded(tex: str, macros: Macros) -> Expanded | None:
    """The formula with macros written out; None when there are none in it. Raises MacroError."""
    known = {token.text[1:] for token in tokens(tex) if token.kind is _K.COMMAND}
    if not known & (macros.keys() | _BUILT_IN.keys() | _DEFINING):
        return None
    expander = _Expander(dict(macros))
    expander.run(_Stream(tokens(tex)), 0)
    return _joined(expander.made)


def _joined(made: list[MathToken]) -> Expanded:
    """Tokens as text, a space after a word of TeX's that a letter would otherwise go on."""
    pieces: list[str] = []
    origins: list[int] = []
    word = False
    for token in made:
        own = token.text
        if word and own[:1].isalpha():
            own = f" {own}"
        pieces.append(own)
        typed = (
            range(token.offset, token.offset + len(own)) if own == token.text else [token.offset] * len(own)
        )
        origins += typed if token.offset >= 0 else [-token.offset - 1] * len(own)
        word = token.kind is _K.COMMAND and own[-1:].isalpha()
    return Expanded("".join(pieces), tuple(origins))


@dataclass(slots=True)
class _Stream:
    """Tokens that wait to be read; what is given back is read first."""

    source: Iterable[MathToken]
    """The tokens."""
    waiting: list[MathToken] = field(init=False)
    """The same in reverse order."""

    def __post_init__(self) -> None:
        self.waiting = list(self.source)[::-1]

    def take(self) -> MathToken:
        return self.waiting.pop()

    def take_next(self) -> MathToken | None:
        """The next token that is no white space; None at the end."""
        while self.waiting:
            token = self.waiting.pop()
            if token.kind not in (_K.SPACE, _K.PARAGRAPH):
                return token
        return None

    def peek(self) -> MathToken | None:
        """The next token that is no white space, left where it is."""
        token = self.take_next()
        if token is not None:
            self.waiting.append(token)
        return token

    def group(self) -> list[MathToken] | None:
        """An argument: what stands between braces, or one token; None at the end."""
        token = self.take_next()
        if token is None or token.kind is _K.END:
            return None
        if token.kind is _K.TEXT and len(token.text) > 1:
            self.waiting.append(MathToken(token.kind, token.text[1:], token.offset + 1))
            return [MathToken(token.kind, token.text[0], token.offset)]
        return self._balanced() if token.kind is _K.BEGIN else [token]

    def _balanced(self) -> list[MathToken] | None:
        inside: list[MathToken] = []
        depth = 1
        while self.waiting:
            token = self.waiting.pop()
            depth += {_K.BEGIN: 1, _K.END: -1}.get(token.kind, 0)
            if depth == 0:
                return inside
            inside.append(token)
        return None

    def bracket(self) -> str | None:
        """What stands between square brackets, if a bracket is next."""
        token = self.peek()
        if token is None or token.kind is not _K.TEXT or not token.text.startswith("["):
            return None
        text = ""
        while self.waiting:
            token = self.waiting.pop()
            text += token.text
            close = text.find("]", 1)
            if close > 0 and text.count("{", 0, close) == text.count("}", 0, close):
                rest = text[close + 1 :]
                if rest:
                    self.waiting.append(MathToken(_K.TEXT, rest, token.offset + len(token.text) - len(rest)))
                return text[1:close]
        return None


def _text(found: Iterable[MathToken] | None) -> str | None:
    return None if found is None else "".join(token.text for token in found)


def _define(stream: _Stream, token: MathToken, found: dict[str, Macro]) -> bool:
    """Read a definition after its command; False when it cannot be read."""
    kind = token.text[1:]
    if kind in ("def", "gdef"):
        return _define_plainly(stream, found)
    operator = kind == "DeclareMathOperator"
    star = stream.peek()
    starred = star is not None and star.text.startswith("*")
    if star is not None and starred:
        stream.take()
        if star.text[1:]:
            stream.waiting.append(MathToken(star.kind, star.text[1:], star.offset + 1))
    name = (_text(stream.group()) or "").strip()
    if kind == "let":
        stream_equals = stream.peek()
        if stream_equals is not None and stream_equals.text == "=":
            stream.take()
    count = stream.bracket() if not operator and kind != "let" else None
    default = stream.bracket() if count is not None else None
    body = _text(stream.group())
    if not re.fullmatch(r"\\[A-Za-z]+", name) or body is None or not re.fullmatch(r"\s*\d?\s*", count or ""):
        return False
    if operator:
        body = f"\\operatorname{'*' if starred else ''}{{{body}}}"
    _keep(found, name[1:], Macro(int(count or 0), body, default))
    return True


def _define_plainly(stream: _Stream, found: dict[str, Macro]) -> bool:
    r"""`\def\name#1#2{…}`."""
    name = stream.take_next()
    pattern = ""
    while (token := stream.peek()) is not None and token.kind is not _K.BEGIN:
        pattern += stream.take().text
    body = _text(stream.group())
    if name is None or name.kind is not _K.COMMAND or body is None or not re.fullmatch(r"(?:#\d)*", pattern):
        return False
    _keep(found, name.text[1:], Macro(len(pattern) // 2, body))
    return True


def _keep(found: dict[str, Macro], name: str, macro: Macro) -> None:
    r"""Keep a definition; `\def\square{\square}`, which would never end, leaves the name as it was."""
    if not re.search(rf"\\{name}(?![A-Za-z])", macro.body):
        found[name] = macro


class _Expander:
    """Writes out what a formula holds."""

    def __init__(self, macros: dict[str, Macro]) -> None:
        self.macros = macros
        self.made: list[MathToken] = []

    def run(self, stream: _Stream, depth: int) -> None:
        if depth > _DEEPEST:
            raise MacroError("a macro calls itself, or macros stand too deep in one another")
        while stream.waiting:
            token = stream.take()
            name = token.text[1:] if token.kind is _K.COMMAND else ""
            if name in _DEFINING and name not in self.macros:
                if not _define(stream, token, self.macros):
                    raise MacroError(f"the definition after '{token.text}' cannot be read")
            elif name in self.macros and name not in _FIXED:
                self.run(_Stream(self.written_out(token, self.macros[name], stream)), depth + 1)
            elif name in _BUILT_IN:
                self.run(_Stream(self.built_in(token, stream)), depth + 1)
            else:
                self.made.append(token)
            if len(self.made) > _LONGEST:
                raise MacroError("the formula, with its macros written out, is too long")

    def written_out(self, call: MathToken, macro: Macro, stream: _Stream) -> list[MathToken]:
        """A macro's body with its arguments in it."""
        arguments: list[list[MathToken]] = []
        for number in range(macro.arguments):
            if number == 0 and macro.default is not None:
                given = stream.bracket()
                arguments.append(_at(given if given is not None else macro.default, call))
                continue
            argument = stream.group()
            if argument is None:
                count = f"{macro.arguments} argument{'s'[: macro.arguments != 1]}"
                raise MacroError(f"the macro '{call.text}' takes {count}")
            arguments.append(argument)
        return list(_filled(_at(macro.body, call), arguments))

    def built_in(self, call: MathToken, stream: _Stream) -> list[MathToken]:
        """What a command of a well-known package stands for."""
        count, write = _BUILT_IN[call.text[1:]]
        if count:
            stream.bracket()
        arguments = [_text(stream.group()) for _ in range(count)]
        given = [argument for argument in arguments if argument is not None]
        if len(given) < count:
            raise MacroError(f"something must follow '{call.text}'")
        try:
            return _at(write(*given), call)
        except ValueError as error:
            raise MacroError(f"'{call.text}': {error}") from error


def _at(text: str, call: MathToken) -> list[MathToken]:
    """Tokens of a text that all stand where a macro was called."""
    place = call.offset if call.offset < 0 else -call.offset - 1
    return [MathToken(token.kind, token.text, place) for token in tokens(text)]


def _filled(body: list[MathToken], arguments: list[list[MathToken]]) -> Iterator[MathToken]:
    parameter = False
    for token in body:
        if parameter and token.kind is _K.TEXT and token.text[0].isdecimal():
            number = int(token.text[0])
            if not 1 <= number <= len(arguments):
                raise MacroError(f"a macro names the argument #{number}, which it does not take")
            yield from arguments[number - 1]
            if token.text[1:]:
                yield MathToken(token.kind, token.text[1:], token.offset)
            parameter = False
        elif token.kind is _K.PARAMETER:
            parameter = True
        else:
            yield token


_GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "phi",
    "varphi",
    "chi",
    "psi",
    "omega",
    "Gamma",
    "Delta",
    "Theta",
    "Lambda",
    "Xi",
    "Pi",
    "Sigma",
    "Upsilon",
    "Phi",
    "Psi",
    "Omega",
]


def _chemistry(source: str) -> str:
    """Only few texts have any, so what reads it is loaded when it is met."""
    from fascicle.project.math.chemistry import chemistry

    return chemistry(source)


_BUILT_IN: dict[str, tuple[int, Callable[..., str]]] = {
    "bm": (1, r"\boldsymbol{{{}}}".format),
    "coloneqq": (0, lambda: r"\mathrel{:=}"),
    "eqqcolon": (0, lambda: r"\mathrel{=:}"),
    "ce": (1, _chemistry),
    **{f"up{name}": (0, f"\\mup{name} ".format) for name in _GREEK},
    **QUANTITIES,
}
"""Commands of well-known packages: how many arguments they take, and what they stand for."""
