"""The text of a finished PDF as characters to compare.

Forms resolved, white space aside, hyphens kept apart.

The text is read with pdfium, the reader inside Chrome: a judge that shares no code with what made the file, and
on 300 pages some twenty times as fast as pypdf.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import pypdfium2

from fascicle.pdf.pdfium import LOCK

HYPHEN = re.compile("[-\u2010\u2011\u00ad\u0002\ufffe]")
"""Hyphens, and what pdfium gives for one at which a word was broken: U+0002 or U+FFFE."""
AT_LINE_END = re.compile("[-\u2010\u2011\u00ad](?=[ \t]*[\r\n])|[\u00ad\u0002\ufffe]")
SILENT = re.compile(r"[\s\x00\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
"""White space and what prints nothing."""
LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
"""Writing that runs from right to left, which readers give in either direction; its direction is not compared."""
POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]"
)
"""Vowel points and accents of Hebrew and Arabic."""
BROKEN = "\u0002"
SPACING = {
    code: None
    for code in range(0x80, 0x2100)
    if re.fullmatch(" [\u0300-\u036f]+", unicodedata.normalize("NFKC", chr(code)))
}
"""Accents that stand alone, such as ´: normal forms make them a space and a mark that would go to the word before."""


def page_texts(pdf: bytes, columns: int = 1) -> tuple[str, ...]:
    """The text of every page, or of every column of every page. Raises ValueError when pdfium cannot read the file."""
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError(f"pdfium cannot read the file: {error}") from error
        try:
            return tuple(
                _page_text(document, number, column, columns)
                for number in range(len(document))
                for column in range(columns)
            )
        finally:
            document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int, column: int = 0, columns: int = 1) -> str:
    try:
        page = document[number]
        held = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"pdfium cannot read page {number + 1}: {error}") from error
    if columns == 1:
        text: str = held.get_text_range()
    else:
        wide = page.get_width() / columns
        text = held.get_text_bounded(left=column * wide, right=(column + 1) * wide)
    held.close()
    page.close()
    return text


@dataclass(frozen=True)
class Key:
    """Characters to compare, and where hyphens stand between them."""

    text: str
    """Without white space and hyphens."""
    hyphens: Mapping[int, bool]
    """Places in `text` before which a hyphen stands; True when the line ends there."""


def key(text: str) -> Key:
    """`text` as characters to compare."""
    marked = AT_LINE_END.sub(BROKEN, text).translate(SPACING)
    plain = SILENT.sub("", unicodedata.normalize("NFKC", marked))
    plain = plain if unicodedata.is_normalized("NFKC", plain) else unicodedata.normalize("NFKC", plain)
    plain = LEFTWARD.sub(lambda run: min(run[0], run[0][::-1]), plain)
    if not HYPHEN.search(plain):
        return Key(plain, {})
    parts = HYPHEN.split(plain)
    places = list(accumulate(len(part) for part in parts[:-1]))
    found = [match[0] == BROKEN for match in HYPHEN.finditer(plain)]
    hyphens: dict[int, bool] = {}
    for place, broken in zip(places, found, strict=True):
        hyphens[place] = hyphens.get(place, True) and broken
    return Key("".join(parts), hyphens)


def bare_words(text: str) -> list[str]:
    """The words of `text` as characters to compare, without vowel points."""
    plain = POINTS.sub("", unicodedata.normalize("NFKC", text))
    return [word for part in re.findall(r"\w+", plain) if (word := key(part).text)]


class Reading:
    """All pages' characters in one row."""

    def __init__(self, pages: Iterable[str]) -> None:
        self.pages = tuple(pages)
        keys = [key(page) for page in self.pages]
        self.text = "".join(one.text for one in keys)
        """All characters."""
        self.starts = [0, *accumulate(len(one.text) for one in keys)]
        """Where each page begins; at the end, where the last one ends."""
        self.hyphens = {
            start + place: broken
            for start, one in zip(self.starts, keys, strict=False)
            for place, broken in one.hyphens.items()
        }
        """Hyphens of all pages, as in `Key`."""

    def page(self, place: int) -> int:
        """The page, counted from 0, on which a character stands."""
        return min(bisect_right(self.starts, place) - 1, len(self.pages) - 1)

    def page_end(self, place: int) -> int:
        """Where the page of a character ends."""
        return self.starts[self.page(place) + 1]

    @cached_property
    def line_starts(self) -> frozenset[int]:
        """Where lines begin."""
        starts = set()
        for start, page in zip(self.starts, self.pages, strict=False):
            at = start
            for line in page.splitlines():
                starts.add(at)
                at += len(key(line).text)
        return frozenset(starts)

    def shown(self, place: int, before: int = 24, after: int = 24) -> str:
        """The text around a place as the page has it, in one line."""
        number = self.page(place)
        return around(self.pages[number], place - self.starts[number], before, after)


def around(text: str, place: int, before: int, after: int) -> str:
    """The part of `text` around the `place`-th of its compared characters, in one line, whole words where it can."""
    low, high = 0, len(text)
    while low < high:  # the least beginning of the text that holds more than `place` compared characters
        middle = (low + high) // 2
        if len(key(text[: middle + 1]).text) > place:
            high = middle
        else:
            low = middle + 1
    first, last = max(0, low - before), min(len(text), low + after)
    cut = text[first:last]
    if first and " " in cut[: low - first]:
        cut = cut[cut.index(" ") + 1 :]
    if last < len(text) and " " in cut[-12:]:
        cut = cut[: cut.rindex(" ")]
    line = " ".join(re.sub("[\u0002\ufffe]", "-", cut).split())
    return f"{'…' if first else ''}{line}{'…' if last < len(text) else ''}"
