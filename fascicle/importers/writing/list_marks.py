"""What stands before the items of a list: numbers, letters or Roman numerals, with a stop or in brackets."""

from __future__ import annotations

_AROUND = {"DefaultDelim": ("", "."), "Period": ("", "."), "OneParen": ("", ")"), "TwoParens": ("(", ")")}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HIGHEST_ROMAN = 39
_LETTERS = 26
_NINTH = 9
"""The letter i, which alone is read as the numeral one."""


def list_marks(start: int, count: int, style: str, around: str) -> list[str] | None:
    """The mark of each item; None when such marks would be read as others."""
    before, after = _AROUND.get(around, ("", "."))
    numbers = range(start, start + count)
    if style in ("Decimal", "DefaultStyle", "Example"):
        return [f"{before}{number}{after}" for number in numbers]
    if style in ("LowerAlpha", "UpperAlpha"):
        if start == _NINTH or start + count - 1 > _LETTERS:
            return None
        signs = [chr(ord("a") + number - 1) for number in numbers]
    elif style in ("LowerRoman", "UpperRoman"):
        signs = [_roman(number) for number in numbers]
        if start + count - 1 > _HIGHEST_ROMAN or (len(signs[0]) == 1 and start > 1):
            return None
    else:
        return None
    signs = [sign.upper() for sign in signs] if style.startswith("Upper") else signs
    return [f"{before}{sign}{after}" for sign in signs]


def _roman(number: int) -> str:
    made = ""
    for value, sign in _ROMAN:
        made += sign * (number // value)
        number %= value
    return made
