"""TeX that authors may write, in formulas and bibliography fields, cut into tokens as TeX itself would cut it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class TokenKind(StrEnum):
    """What a token is to TeX under LaTeX's usual category codes."""

    COMMAND = "command"
    r"""`\alpha`, `\&`, `\ `; a control word's text ends with its last letter, the spaces after it are a token."""
    BEGIN = "begin"
    """`{`."""
    END = "end"
    """`}`."""
    MATH = "math"
    """One `$`."""
    ALIGN = "align"
    """`&`."""
    PARAMETER = "parameter"
    """`#`."""
    SUPERSCRIPT = "superscript"
    """`^`."""
    SUBSCRIPT = "subscript"
    """`_`."""
    TIE = "tie"
    """`~`."""
    COMMENT = "comment"
    """`%` and the rest of its line, without the line end."""
    CARETS = "carets"
    r"""`^^` (also `\^^`), TeX's way to write any character, which could build any command."""
    CONTROL = "control"
    """A control character other than tab and line end, or a noncharacter."""
    SPACE = "space"
    """Spaces, tabs and at most one line end."""
    PARAGRAPH = "paragraph"
    r"""White space with two or more line ends, which TeX reads as `\par`."""
    TEXT = "text"
    """A run of any other characters."""


@dataclass(frozen=True, slots=True)
class MathToken:
    """One token; the texts of all tokens joined are the text that was cut."""

    kind: TokenKind
    """What it is."""
    text: str
    """Its characters as typed."""
    offset: int
    """Index of its first character."""


CONTROL_CHARACTERS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"

# A letter to any reading of TeX: `@` and marks count too, so that no name can end where TeX would read on.
_LETTER = r"(?:[A-Za-z@]|[^\W\d_]|[\u0300-\u036f])"

_TOKEN = re.compile(
    rf"""
      (?P<carets>\\?\^{{2,}})
    | (?P<control>\\?[{CONTROL_CHARACTERS}])
    | (?P<command>\\(?:{_LETTER}+|.|$))
    | (?P<begin>\{{) | (?P<end>\}}) | (?P<math>\$) | (?P<align>&) | (?P<parameter>\#)
    | (?P<superscript>\^) | (?P<subscript>_) | (?P<tie>~)
    | (?P<comment>%[^\r\n]*)
    | (?P<space>[ \t\r\n]+)
    | (?P<text>[^\\{{}}$&\#^_~% \t\r\n{CONTROL_CHARACTERS}]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_BIBTEX_TOKEN = re.compile(_TOKEN.pattern.replace(r"%[^\r\n]*", "%"), _TOKEN.flags)
_LINE_END = re.compile(r"\r\n?|\n")


def tokens(text: str, *, comments: bool = True) -> Iterator[MathToken]:
    """Cut any text into tokens in order. Nothing is lost: their texts joined are the text.

    Without `comments` a percent sign stands for itself, as in BibTeX's fields.
    """
    for match in (_TOKEN if comments else _BIBTEX_TOKEN).finditer(text):
        kind = TokenKind(match.lastgroup or "text")
        if kind is TokenKind.SPACE and len(_LINE_END.findall(match[0])) > 1:
            kind = TokenKind.PARAGRAPH
        yield MathToken(kind, match[0], match.start())
