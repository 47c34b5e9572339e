r"""Text of bibliography fields as LaTeX inside a .bib file, where every brace counts and none may be written as `\{`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

from fascicle.project.bibmarkup import Chars, Formula, Piece, Styled, parse
from fascicle.text.escape import TABLE

_COMMANDS = {
    "emph": r"\mkbibemph",
    "bold": r"\mkbibbold",
    "smallcaps": r"\textsc",
    "superscript": r"\mkbibsuperscript",
    "subscript": r"\textsubscript",
    "upright": r"\textup",
    "quoted": r"\mkbibquote",
}
_AROUND = {"parens": ("(", ")"), "brackets": ("{[}", "{]}"), "group": ("{", "}")}
_TABLE = str.maketrans({**TABLE, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_WHITE = re.compile(r"[ \t\n\r]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9:._+/-]+")
_URL_ESCAPE = re.compile(r"\\([#$%&_{}~^-])")


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
                parts.append(f"{{${tex}$}}")
            case Styled(style="group", content=(Styled(), *_) as content):
                # Braces before a command would be a special character to biblatex, its capitals not kept.
                parts.append(f"{{{{{latex(content)}}}}}")
            case Styled(style=style, content=content) if style in _AROUND:
                opening, closing = _AROUND[style]
                parts.append(opening + latex(content) + closing)
            case Styled(style=style, content=content):
                parts.append(f"{_COMMANDS[style]}{{{latex(content)}}}")
    return "".join(parts)


def tex_key(key: str) -> str:
    """A key as TeX and biber may see it: one that holds a sign of theirs, or no ASCII, is a hash there."""
    return key if _PLAIN_KEY.fullmatch(key) else f"k-{sha256(key.encode()).hexdigest()[:16]}"


def field(value: str) -> str:
    """A field's value, as typed by its author, as LaTeX for our .bib file."""
    return latex(parse(value)[0]).strip()


def address(value: str) -> str:
    r"""A web address with BibTeX's escapes undone (`\_`, `\%`, `{\textasciitilde}`) and braces and spaces encoded."""
    text = value.strip()
    for command, character in ((r"\textasciitilde", "~"), (r"\textunderscore", "_"), (r"\slash", "/")):
        text = re.sub(re.escape(command) + r"(?:\{\}|\s)?", character, text)
    text = re.sub(r"^\\url\{(.*)\}$", r"\1", text)
    text = re.sub(r"\{([~_#%&^-])\}", r"\1", _URL_ESCAPE.sub(r"\1", text).replace("~{}", "~"))
    return re.sub(r"[\s{}\\\"<>]", lambda match: quote(match[0]), text)
