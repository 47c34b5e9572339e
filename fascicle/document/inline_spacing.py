"""What the neighbours of an inline decide, whichever renderer prints it.

Capitals of a reference, spaces of a line end.
"""

from __future__ import annotations

import re
import unicodedata

from fascicle.core.text.scripts import is_hangul
from fascicle.document.tree import Inline, plain

_PUNCTUATION = tuple(",;:.)")
_PLACE = re.compile(r"[A-Za-z]{1,6}\.\s?\d")
"""A further place, such as `p. 5` after a volume."""
_CONJUNCTIONS = frozenset(
    {"and", "&", "or", "et", "ou", "und", "oder", "e", "y", "o", "en", "och", "og", "passim"}
)


def is_wide(character: str) -> bool:
    """True for Han, kana and full-width signs, which stand together without spaces; hangul has spaces."""
    return unicodedata.east_asian_width(character) in "WF" and not is_hangul(character)


def locator_joint(label: str, suffix: tuple[Inline, ...]) -> str:
    """What stands between a citation's locator and the words after it."""
    text = plain(suffix)
    if text[:1] in _PUNCTUATION:
        return ""
    if _PLACE.match(text):
        return ", "
    goes_on = text[:1] in "([" or text.split(" ", 1)[0].lower() in _CONJUNCTIONS
    return ", " if label in ("page", "timestamp") and not goes_on else " "


def joined_lines(content: tuple[Inline, ...], at: int) -> bool:
    """True when the line end at index `at` stands between Han characters and the like, and so prints as nothing."""
    before, after = plain(content[max(at - 3, 0) : at])[-1:], plain(content[at + 1 : at + 4])[:1]
    return bool(before and after and is_wide(before) and is_wide(after))


def sentence_begins(before: tuple[Inline, ...]) -> bool:
    """True when nothing, or the end of a sentence, stands before."""
    near = plain(before[-4:])
    text = near.rstrip()
    if not text:
        return len(before) <= 4
    return text[-1] in "。！？" or (text[-1] in ".!?…" and near[-1].isspace())
