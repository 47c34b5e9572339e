"""Cuts a passage into inline tokens in one pass, each character read a bounded number of times.

markdown-it's own inline rules are CommonMark's and carry no places; Pandoc's `$`, `_`, `^`, `~`, quotes and
citations need other rules. So blocks are markdown-it's, inlines are ours.
"""

from __future__ import annotations

from fascicle.document.markdown.inlines import (
    brackets as read_brackets,
)
from fascicle.document.markdown.inlines import (
    literals as read_literals,
)
from fascicle.document.markdown.inlines import (
    punctuation as read_punctuation,
)
from fascicle.document.markdown.inlines.scanner import Cutter, Reader
from fascicle.document.markdown.inlines.tokens import Token
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import Work

_READERS: dict[str, Reader] = {
    "\\": read_punctuation.backslash,
    "`": read_literals.backticks,
    "*": read_punctuation.delimiter,
    "_": read_punctuation.delimiter,
    "~": read_punctuation.tilde,
    "^": read_punctuation.caret,
    "$": read_literals.dollar,
    "[": read_brackets.opening,
    "]": read_brackets.closing,
    "<": read_literals.less,
    "&": read_punctuation.entity,
    "@": read_brackets.key,
    '"': read_punctuation.quote,
    "'": read_punctuation.quote,
    ".": read_punctuation.ellipsis,
    "-": read_punctuation.hyphens,
    "\n": read_punctuation.newline,
}
"""What reads each special character."""


def lex(passage: Passage, work: Work, start: int = 0, end: int | None = None) -> list[Token]:
    """All inline tokens of a passage, or of the part of it from `start` to `end`."""
    cutter = Cutter(passage, work, _READERS, read_brackets.report_open)
    cutter.bounds = (start, len(cutter.text) if end is None else end)
    cutter.run(*cutter.bounds)
    return cutter.tokens
