"""Text as LaTeX for a BibTeX record, every character printing as itself."""

from __future__ import annotations

import re

from fascicle.core.ready_text import Bib
from fascicle.latex.escape import TABLE

_TABLE = str.maketrans({**TABLE, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_WHITE = re.compile(r"[ \t\n\r]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_IN_ADDRESSES = re.compile(r'[\s{}\\^"<>\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_NAME = re.compile(r"[a-z][a-z0-9+:-]*", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9:./_+-]+", re.ASCII)


def characters(text: str) -> Bib:
    """Plain text that prints as itself from inside a .bib field."""
    return Bib.proved(_UNPRINTABLE.sub("", _WHITE.sub(" ", text)).translate(_TABLE))


def address(text: str) -> Bib:
    """An address or DOI, which styles put into commands that take its signs as they are.

    What would end the field, and the carets by which TeX spells any character, are percent-encoded.
    """
    return Bib.proved(_IN_ADDRESSES.sub(_encoded, text))


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def name(text: str) -> Bib:
    """The name of a type or field. Raises ValueError when it is none."""
    return _held(_NAME, text)


def key(text: str) -> Bib:
    """The key of a record. Raises ValueError when it is none that every reader takes."""
    return _held(_KEY, text)


def _held(form: re.Pattern[str], text: str) -> Bib:
    if not form.fullmatch(text):
        raise ValueError(f"{text!r} cannot stand in a .bib file")
    return Bib.proved(text)
