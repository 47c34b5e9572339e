"""Web addresses of the bibliography, with BibTeX's escapes undone."""

from __future__ import annotations

import re
from urllib.parse import quote

_URL_ESCAPE = re.compile(r"\\([#$%&_{}~^-])")


def address(value: str) -> str:
    r"""A web address with BibTeX's escapes undone (`\_`, `\%`, `{\textasciitilde}`) and braces and spaces encoded."""
    text = value.strip()
    for command, character in ((r"\textasciitilde", "~"), (r"\textunderscore", "_"), (r"\slash", "/")):
        text = re.sub(re.escape(command) + r"(?:\{\}|\s)?", character, text)
    text = re.sub(r"^\\url\{(.*)\}$", r"\1", text)
    text = re.sub(r"\{([~_#%&^-])\}", r"\1", _URL_ESCAPE.sub(r"\1", text).replace("~{}", "~"))
    return re.sub(r"[\s{}\\\"<>]", lambda match: quote(match[0]), text)
