"""Cuts a passage into inline tokens in one pass, each character read a bounded number of times.

markdown-it's own inline rules are CommonMark's and carry no places; Pandoc's `$`, `_`, `^`, `~`, quotes and
citations need other rules. So blocks are markdown-it's, inlines are ours.
"""

from __future__ import annotations

from fascicle.document.markdown.inlines import brackets, literals, punctuation
from fascicle.document.markdown.inlines.scanner import InlineScanner, Reader
from fascicle.document.markdown.inlines.tokens import Token
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import ParseTask

_READERS: dict[str, Reader] = {
    "\\": punctuation.backslash,
    "`": literals.backticks,
    "*": punctuation.delimiter,
    "_": punctuation.delimiter,
    "~": punctuation.tilde,
    "^": punctuation.caret,
    "$": literals.dollar,
    "[": brackets.opening,
    "]": brackets.closing,
    "<": literals.less,
    "&": punctuation.entity,
    "@": brackets.key,
    '"': punctuation.quote,
    "'": punctuation.quote,
    ".": punctuation.ellipsis,
    "-": punctuation.hyphens,
    "\n": punctuation.newline,
}
"""What reads each special character."""


def lex(passage: Passage, work: ParseTask, start: int = 0, end: int | None = None) -> list[Token]:
    """All inline tokens of a passage, or of the part of it from `start` to `end`."""
    cutter = InlineScanner(passage, work, _READERS, brackets.report_open)
    cutter.bounds = (start, len(cutter.text) if end is None else end)
    cutter.run(*cutter.bounds)
    return cutter.tokens
