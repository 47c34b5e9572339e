"""Text of strangers made safe to print.

What would steer a terminal or turn the writing round is shown, not sent.
"""

from __future__ import annotations

import sys

_DIRECTIONS = (0x061C, *range(0x200E, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_TAGS = range(0xE0000, 0xE0080)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_SHOWN = {
    **{code: f"\\x{code:02x}" for code in _CONTROLS},
    **{code: f"\\u{code:04x}" for code in (*_DIRECTIONS, *range(0xD800, 0xE000))},
    **{code: f"\\U{code:08x}" for code in _TAGS},
    # A byte of a file name that is not UTF-8, as Python carries it.
    **{0xDC00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0x100)},
    ord("\t"): " ",
}
_LINES_KEPT = {code: shown for code, shown in _SHOWN.items() if code != ord("\n")}


def visible(text: str) -> str:
    """One line of text, every control and direction character in it written out."""
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def visible_lines(text: str) -> str:
    """The same for text of several lines, which stay lines."""
    return text.translate(_LINES_KEPT)


def printable(text: str, encoding: str | None) -> str:
    """Text as a stream of this encoding can take it."""
    name = encoding or sys.getdefaultencoding()
    return text.encode(name, "backslashreplace").decode(name)
