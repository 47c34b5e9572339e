r"""Text to LaTeX that prints as itself.

Our own escape table, and `Latex`, the one type that is never escaped.

PyLaTeX's table leaves quotes and angle brackets alone, turns line ends into `\newline` and hyphens into `{-}`;
markupsafe's writes HTML. `Latex` joins both libraries' marker types, so that either takes it as ready.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self, SupportsIndex

from markupsafe import Markup
from pylatex import NoEscape

from fascicle.core.ready_text import Ready

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    # Active in some of babel's languages, or part of a TeX ligature should a class switch ligatures on.
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    # After `\\` or `\item` a bracket would open an optional argument, inside one it would close it.
    "[": "{[}",
    "]": "{]}",
    "\u00a0": "~",
    "\u00ad": r"\-",
}

_INVISIBLE = {
    "\u200b": r"\fasciclebreak{}",
    "\u2060": r"\fasciclejoin{}",
    "\ufeff": "",
    # Marks of writing direction print nothing and most fonts lack them.
    **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
}

_SPACES = {
    "\u2002": ".5em",
    "\u2003": "1em",
    "\u2004": ".333em",
    "\u2005": ".25em",
    "\u2006": ".167em",
    "\u2008": ".25em",
    "\u2009": ".167em",
    "\u200a": ".083em",
    "\u205f": ".222em",
}
"""Unicode's spaces of fixed width that a line may break at; widths from The Unicode Standard, table 6-2."""

_FIXED_SPACES = {"\u2007": ".5em", "\u202f": ".167em"}
"""Those that a line may not break at."""

TABLE: Mapping[str, str] = {
    **_COMMANDS,
    **_INVISIBLE,
    **{space: rf"\fasciclespace{{{width}}}" for space, width in _SPACES.items()},
    **{space: rf"\fasciclefixedspace{{{width}}}" for space, width in _FIXED_SPACES.items()},
}
"""Everything that is not printed by writing it down."""

_SHORT_CODE = 10
"""Characters of code that fit on a line's end or go to the next one as they are."""
_LONG_NAME = 20
"""Characters without punctuation that may not fit the line of a narrow column."""
_KEPT = 4
"""So many of them stay together at either end."""
_BETWEEN = re.compile(r"(?<=[A-Za-z0-9])(?=[A-Za-z0-9])")
_JOINT = re.compile(r"(?<=\w)(?:[^\w\s]|_)+(?=[^\W_])(?<!\d.(?=\d))")
"""Punctuation between letters or digits, but for a number's point or comma."""

_WHITE = re.compile(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, lone surrogates and noncharacters print nothing; the parser has reported them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_TRANSLATION = str.maketrans(dict(TABLE))


class Latex(NoEscape, Markup, Ready):  # type: ignore[misc]
    """LaTeX that is ready to print. Only the renderer and this module make it; whatever joins it is escaped."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __new__(cls, ready: Self = ...) -> Self:  # noqa: D102
            ...

    def __html__(self) -> Latex:
        """Itself: what markupsafe and Jinja ask for before they escape."""
        return self

    def __repr__(self) -> str:
        return f"Latex({str(self)!r})"

    def __add__(self, value: Any) -> Latex:
        return Latex.proved(str.__add__(self, latex(value))) if _is_text(value) else NotImplemented

    def __radd__(self, value: Any) -> Latex:
        return Latex.proved(str.__add__(latex(value), self)) if _is_text(value) else NotImplemented

    def __mul__(self, value: SupportsIndex) -> Latex:
        return Latex.proved(str.__mul__(self, value))

    __rmul__ = __mul__

    @classmethod
    def escape(cls, s: Any, /) -> Latex:
        """Anything as ready LaTeX, escaped unless it is ready already; markupsafe's operations call this."""
        return latex(s)

    def join(self, iterable: Iterable[Any], /) -> Latex:
        """The items, escaped where they are plain text, with this between them."""
        return Latex.proved(str.join(self, [latex(item) for item in iterable]))


def _is_text(value: object) -> bool:
    return isinstance(value, str) or hasattr(value, "__html__")


def escape(text: str) -> Latex:
    """Any Unicode text as LaTeX that prints it; white space is one space, and no empty line becomes a paragraph."""
    clean = _UNPRINTABLE.sub("", _WHITE.sub(" ", text))
    # hyperref makes dashes of doubled hyphens in bookmarks, fonts with TeX's ligatures do so in print.
    escaped = clean.translate(_TRANSLATION).replace("--", "-{}-").replace("--", "-{}-")
    if (start := len(escaped) - len(escaped.lstrip(" "))) < len(escaped) and escaped[start] == "*":
        # After `\\` a star would be read as part of the command.
        escaped = f"{escaped[:start]}{{*}}{escaped[start + 1 :]}"
    return Latex.proved(escaped)


def latex(value: object) -> Latex:
    """Any value as ready LaTeX: what says that it is ready as it is, everything else escaped once."""
    if isinstance(value, Latex):
        return value
    if isinstance(value, NoEscape):
        return Latex.proved(value)
    # Jinja's own Markup, and fragments, tell by this method that they are ready.
    if hasattr(value, "__html__"):
        return Latex.proved(value.__html__())
    return escape(str(value))


def concat(parts: Iterable[Latex]) -> Latex:
    """Ready pieces joined with nothing between them."""
    return Latex("".join(parts))


def code(text: str) -> Latex:
    """Literal text of which every space is kept; a line may end at one, without a sign after punctuation, or else in a name."""
    pieces = re.split(r"( +)", _WHITE.sub(lambda match: " " * len(match[0]), text))
    return concat(
        Latex(r"\ ") * len(piece) if piece.startswith(" ") else _with_breaks(piece) for piece in pieces
    )


def _with_breaks(word: str) -> Latex:
    if len(word) < _SHORT_CODE:
        return escape(word)
    return Latex(r"\fascicleweakbreak{}").join(map(long_name, _JOINT.sub("\\g<0>\n", word).split("\n")))


def long_name(text: str) -> Latex:
    """Text without a place for a line's end: a long one may be parted between two letters or digits, if it must."""
    if len(text) < _LONG_NAME:
        return escape(text)
    parts = _BETWEEN.sub("\n", text[_KEPT:-_KEPT]).split("\n")
    ends = (text[:_KEPT], *parts, text[-_KEPT:])
    return Latex(r"\fasciclelastbreak{}").join(map(escape, ends))
