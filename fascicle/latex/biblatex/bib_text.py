r"""Text of bibliography fields as LaTeX inside a .bib file, where every brace counts and none may be written as `\{`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fascicle.latex.escape import TABLE
from fascicle.project.bibliography.markup import Chars, Formula, Piece, Styled, parse

_COMMANDS = {
    "emph": r"\mkbibemph",
    "bold": r"\mkbibbold",
    "smallcaps": r"\textsc",
    "superscript": r"\mkbibsuperscript",
    "subscript": r"\mkbibsubscript",
    "upright": r"\textup",
    "quoted": r"\mkbibquote",
}
_AROUND = {"parens": ("(", ")"), "brackets": ("{[}", "{]}"), "group": ("{", "}")}
_TABLE = str.maketrans({**TABLE, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_WHITE = re.compile(r"[ \t\n\r]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def characters(text: str) -> str:
    """Plain text that prints as itself from inside a .bib field."""
    return _UNPRINTABLE.sub("", _WHITE.sub(" ", text)).translate(_TABLE)


def latex(pieces: Iterable[Piece]) -> str:
    """Pieces of a field as LaTeX for a .bib file."""
    parts = []
    for piece in pieces:
        match piece:
            case Chars(text=text):
                parts.append(characters(text))
            case Formula(tex=tex):
                parts.append(f"${tex}$")
            case Styled(style="group", content=(Styled(), *_) as content):
                # Braces before a command would be a special character to biblatex, its capitals not kept.
                parts.append(f"{{{{{latex(content)}}}}}")
            case Styled(style=style, content=content) if style in _AROUND:
                opening, closing = _AROUND[style]
                parts.append(opening + latex(content) + closing)
            case Styled(style=style, content=content):
                parts.append(f"{_COMMANDS[style]}{{{latex(content)}}}")
    return "".join(parts)


def field(value: str) -> str:
    """A field's value, as typed by its author, as LaTeX for our .bib file."""
    return latex(parse(value)[0]).strip()
