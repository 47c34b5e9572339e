"""Locators: the place inside a cited work, such as `pp. 3–5` or `00:12:30`, at the head of a citation's suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABELS = {
    "page": "p pp pg pgs page pages",
    "chapter": "ch chs chap chaps chapter chapters",
    "volume": "vol vols volume volumes",
    "figure": "fig figs figure figures",
    "section": "sec secs sect sects section sections § §§",
    "paragraph": "para paras par pars paragraph paragraphs ¶ ¶¶",
    "line": "l ll line lines",
    "verse": "v vv verse verses",
    "note": "n nn note notes",
    "part": "pt pts part parts",
    "column": "col cols column columns",
    "folio": "fol fols folio folios",
    "issue": "no nos number numbers issue issues",
    "book": "bk bks book books",
    "timestamp": "timestamp time",
}
LABELS = {word: label for label, words in _LABELS.items() for word in words.split()}
"""CSL's label of each word or sign, without its full stop."""

_DASH = r"(?:---?|[-–—])"
_ROMAN = r"[mdclxvi]++(?!\w)"
_WORD = rf"(?:[A-Za-z]{{0,3}}\d[\w]*+|{_ROMAN}|[A-Z](?!\w|\.\s?\d))"
_ATOM = rf"[(]?{_WORD}(?:[.:/]{_WORD})*+[)]?(?:(?<=\df)\.|(?<=\dff)\.)?"
_RANGE = rf"{_ATOM}(?:\s?{_DASH}\s?{_ATOM})?(?:\s?ff?\b\.?)?"
_ASIDE = r"(?:\s\([^()]{1,40}\)(?=\s*,\s*\d))?"
"""A note on a page that is followed by further pages: `41 (no. 58), 163`."""
_LIST = re.compile(rf"{_RANGE}{_ASIDE}(?:(?:\s*,\s*|\s*;?\s*(?:and|&)\s+){_RANGE}{_ASIDE})*+", re.IGNORECASE)
_LABEL = re.compile(r"(?P<sign>[§¶]{1,2})\s*|(?P<word>[A-Za-z]+)(?P<stop>\.?)[\s\u00a0]+")
_TIME = re.compile(
    rf"\d{{1,3}}:[0-5]\d(?::[0-5]\d)?(?!\w)(?:\s?{_DASH}\s?\d{{1,3}}(?::[0-5]\d){{0,2}}(?!\w))?"
)
_LEAD = re.compile(r"[\s\u00a0]*+(?:,[\s\u00a0]*+)?")
_ANY_DASH = re.compile(rf"\s?{_DASH}\s?")


@dataclass(frozen=True, slots=True)
class Locator:
    """A locator found."""

    label: str
    """CSL's label, such as page."""
    value: str
    """As it is to be printed."""
    end: int
    """Offset after it."""


def skip_separator(text: str, start: int, end: int) -> int:
    """Offset after the comma and spaces at the head of a suffix."""
    match = _LEAD.match(text, start, end)
    return match.end() if match else start


def read_locator(text: str, start: int, end: int) -> Locator | None:
    """The locator at the head of `text` from `start` to `end`; a bare number is a page, a time code a timestamp."""
    at = skip_separator(text, start, end)
    if text[at : at + 1] == "{":
        return _braced(text, at, end)
    if at == start and start and text[start - 1].isalnum():
        return None
    if label := _label(text, at, end):
        pattern = _TIME if label.label == "timestamp" else _LIST
        return _found(label.label, pattern.match(text, label.end, end))
    if time := _TIME.match(text, at, end):
        return _found("timestamp", time)
    if text[at : at + 1].isdigit():
        return _found("page", _LIST.match(text, at, end))
    return None


def _label(text: str, start: int, end: int) -> Locator | None:
    match = _LABEL.match(text, start, end)
    kind = LABELS.get((match["sign"] or match["word"]).lower()) if match else None
    return Locator(kind, "", match.end()) if match and kind else None


def _braced(text: str, start: int, end: int) -> Locator | None:
    """Pandoc's explicit form, `{ch. the last}`: everything between the braces is the locator."""
    close = text.find("}", start, end)
    if close < 0:
        return None
    label = _label(text, start + 1, close)
    value = text[label.end if label else start + 1 : close].strip()
    return Locator(label.label if label else "page", _ANY_DASH.sub("–", value), close + 1)


def _found(label: str, match: re.Match[str] | None) -> Locator | None:
    if not match:
        return None
    value = re.sub(r"\s+", " ", _ANY_DASH.sub("–", match[0]))
    return Locator(label, value, match.end())
