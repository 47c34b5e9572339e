"""Text and web addresses of .bib fields: what is written there, and what is read."""

from __future__ import annotations

import re
from urllib.parse import quote

from fascicle.text.escape import TABLE

_TABLE = str.maketrans({**TABLE, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_WHITE = re.compile(r"[ \t\n\r]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9:._+/-]+")
_URL_ESCAPE = re.compile(r"\\([#$%&_{}~^-])")


def characters(text: str) -> str:
    """Plain text that prints as itself from inside a .bib field."""
    return _UNPRINTABLE.sub("", _WHITE.sub(" ", text)).translate(_TABLE)


def address(value: str) -> str:
    r"""A web address with BibTeX's escapes undone (`\_`, `\%`, `{\textasciitilde}`) and braces and spaces encoded."""
    text = value.strip()
    for command, character in ((r"\textasciitilde", "~"), (r"\textunderscore", "_"), (r"\slash", "/")):
        text = re.sub(re.escape(command) + r"(?:\{\}|\s)?", character, text)
    text = re.sub(r"^\\url\{(.*)\}$", r"\1", text)
    text = re.sub(r"\{([~_#%&^-])\}", r"\1", _URL_ESCAPE.sub(r"\1", text).replace("~{}", "~"))
    return re.sub(r"[\s{}\\\"<>]", lambda match: quote(match[0]), text)
