"""Labels of lists: numbers, letters and Roman numerals."""

from __future__ import annotations

import re

from fascicle.document.tree import ListStyle

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_NUMERAL = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def label(number: int, style: ListStyle) -> str:
    """The number as a list of this style prints it."""
    upper = style in (ListStyle.UPPER_ALPHA, ListStyle.UPPER_ROMAN)
    if style in (ListStyle.LOWER_ALPHA, ListStyle.UPPER_ALPHA) and number > 0:
        made = ""
        while number:
            number, rest = divmod(number - 1, 26)
            made = chr(97 + rest) + made
        return made.upper() if upper else made
    if style in (ListStyle.LOWER_ROMAN, ListStyle.UPPER_ROMAN) and number > 0:
        made = ""
        for value, sign in _ROMAN:
            made += sign * (number // value)
            number %= value
        return made.upper() if upper else made
    return str(number)


def number_of(text: str) -> int | None:
    """The value of a Roman numeral in small letters; None when it is none."""
    if not text or not _ROMAN_NUMERAL.fullmatch(text):
        return None
    values = {sign: value for value, sign in _ROMAN if len(sign) == 1}
    total = 0
    for one, after in zip(text, [*text[1:], ""], strict=True):
        total += -values[one] if after and values[one] < values[after] else values[one]
    return total
