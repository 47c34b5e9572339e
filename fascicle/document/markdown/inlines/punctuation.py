"""Readers of escapes, line ends, quotation marks, dashes, entities, and the marks of emphasis and raised text."""

from __future__ import annotations

import re
from html.entities import html5

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.inlines.brackets import opening
from fascicle.document.markdown.inlines.scanner import InlineScanner
from fascicle.document.markdown.inlines.smart_quotes import dashes, quote_sides
from fascicle.document.markdown.inlines.tokens import InlineTokenKind
from fascicle.document.markdown.source import REPLACEMENT, UNPRINTABLE

_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,31}));")
_RAISED = re.compile(r"\^((?:\\.|[^\s\\^])++)\^")
_LOWERED = re.compile(r"~((?:\\.|[^\s\\~])++)~")


def backslash(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """An escaped sign, a no-break space, a kept line end, or a backslash."""
    following = cutter.text[end : end + 1] if end < limit else ""
    if following == "\n":
        return cutter.push(InlineTokenKind.HARD, start, end + 1).end
    if following == " ":
        return cutter.plain(start, end + 1, "\u00a0")
    if following and not following.isalnum() and not following.isspace():
        return cutter.plain(start, end + 1, following)
    return cutter.plain(start, end)


def newline(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """A line end; two spaces before it keep it."""
    kind = InlineTokenKind.HARD if end - start > 2 else InlineTokenKind.SOFT
    return cutter.push(kind, start, end).end


def hyphens(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """Two hyphens or more: a dash."""
    return cutter.plain(start, end, dashes(cutter.text[start:end]))


def ellipsis(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """Three full stops."""
    return cutter.plain(start, end, "…")


def quote(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """A straight quotation mark or apostrophe."""
    opens, closes = quote_sides(cutter.text, start)
    if cutter.text[start] == "'" and not opens and not closes:
        return cutter.plain(start, end, "’")
    token = cutter.push(InlineTokenKind.DELIMITER, start, end, cutter.text[start])
    token.opens, token.closes = opens, closes
    return end


def entity(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """An HTML entity, or an ampersand."""
    match = _ENTITY.match(cutter.text, start, limit)
    if not match:
        return cutter.plain(start, end)
    if match[3]:
        written = html5.get(match[3] + ";")
    else:
        point = int(match[1], 16) if match[1] else int(match[2])
        written = chr(point) if point < 0x110000 else REPLACEMENT
    if written is None:
        return cutter.plain(start, end)
    if UNPRINTABLE.search(written):
        message = f"{match[0]} stands for a character that cannot be printed"
        cutter.report(Code.CONTROL_CHARACTER, message, start, match.end(), "delete it")
        written = REPLACEMENT
    return cutter.plain(start, match.end(), written.replace("\n", " "))


def delimiter(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """`*`, `_` or `~~`: Pandoc's rules for what may begin and end emphasis."""
    text = cutter.text
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if end - start > 3:
        return cutter.plain(start, end)
    token = cutter.push(InlineTokenKind.DELIMITER, start, end, text[start:end])
    token.opens, token.closes = not after.isspace(), not before.isspace()
    if text[start] == "_":
        token.opens = token.opens and not before.isalnum()
        token.closes = token.closes and not after.isalnum()
    return end


def tilde(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """Strikeout, or lowered text."""
    if end - start == 2:
        return delimiter(cutter, start, end, limit)
    return _raised(cutter, _LOWERED, start, end, limit)


def caret(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """A note in the text, or raised text."""
    if cutter.text[end : end + 1] == "[" and end < limit:
        return opening(cutter, start, end + 1, limit)
    return _raised(cutter, _RAISED, start, end, limit)


def _raised(cutter: InlineScanner, shape: re.Pattern[str], start: int, end: int, limit: int) -> int:
    match = shape.match(cutter.text, start, limit) if end - start == 1 else None
    if not match:
        return cutter.plain(start, end)
    opened = cutter.push(InlineTokenKind.OPEN, start, end, cutter.text[start])
    index = len(cutter.tokens) - 1
    cutter.run(match.start(1), match.end(1))
    opened.match = len(cutter.tokens)
    cutter.push(InlineTokenKind.CLOSE, match.end() - 1, match.end()).match = index
    return match.end()
