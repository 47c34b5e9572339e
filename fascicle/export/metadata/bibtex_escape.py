"""Text as LaTeX for a BibTeX record, every character printing as itself."""

from __future__ import annotations

import re

from fascicle.latex.escape import TABLE

_TABLE = str.maketrans({**TABLE, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_WHITE = re.compile(r"[ \t\n\r]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def characters(text: str) -> str:
    """Plain text that prints as itself from inside a .bib field."""
    return _UNPRINTABLE.sub("", _WHITE.sub(" ", text)).translate(_TABLE)
