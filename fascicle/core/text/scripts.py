"""Which characters belong to the scripts of China, Japan and Korea.

The ranges are Unicode's blocks.
"""

from __future__ import annotations

_KANA = ((0x3040, 0x30FF),)
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_HANGUL = ((0x1100, 0x11FF), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
_SIGNS = ((0x2E80, 0xA4CF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
"""Han and kana with the radicals, punctuation and full-width forms that belong to them."""

UNSPACED = (*_KANA, *_HAN)
"""First and last code points of the letters that are written without spaces; hangul has spaces between words."""


def is_kana(char: str) -> bool:
    """True for hiragana and katakana."""
    return _within(char, _KANA)


def is_hangul(char: str) -> bool:
    """True for hangul, syllables and their parts."""
    return _within(char, _HANGUL)


def is_unspaced(char: str) -> bool:
    """True for Han characters and kana, between which no word ends."""
    return _within(char, UNSPACED)


def is_letter(char: str) -> bool:
    """True for Han characters, kana and hangul: what a name is made of."""
    return is_unspaced(char) or is_hangul(char)


def is_east_asian(char: str) -> bool:
    """True for Han, kana, hangul, and the punctuation and full-width forms that belong to them."""
    return _within(char, _SIGNS) or is_hangul(char)


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    point = ord(char)
    # Most characters are of other scripts and stand before all of these.
    return point >= 0x1100 and any(first <= point <= last for first, last in ranges)
