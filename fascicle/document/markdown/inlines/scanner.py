"""The state of cutting one passage into inline tokens.

What reads each special character is given to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.inlines.tokens import InlineTokenKind, Token
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import ParseTask

_SPECIAL = re.compile(r"""\\|`+|\*+|_+|~+|\^|\$|!?\[|\]|<|&|-?@|["']|\.\.\.|-{2,}|(?<! ) ++\n|\n""")

Reader = Callable[["InlineScanner", int, int, int], int]
"""Reads what a special character begins (its place, the limit) and gives the offset after what was read."""


class InlineScanner:
    """Cuts one passage in one pass."""

    def __init__(
        self,
        passage: Passage,
        work: ParseTask,
        readers: Mapping[str, Reader],
        finish: Callable[[InlineScanner], None],
    ) -> None:
        self.passage = passage
        self.text = passage.text
        self.work = work
        self.tokens: list[Token] = []
        self.brackets: list[int] = []
        """Indices of the brackets that are open."""
        self.bounds = (0, len(self.text))
        """The part of the text that is cut."""
        self.ticks: dict[int, list[int]] | None = None
        """Places of the runs of backticks by their length; made when first needed."""
        self.closing_braces: dict[int, int] | None = None
        """For each opening brace the offset after its closing one; made when first needed."""
        self.no_display = False
        """True when no `$$` stands further on."""
        self.no_comment = False
        """True when no comment ends further on."""
        self._readers = readers
        self._finish = finish

    def run(self, start: int, end: int) -> None:
        """Cut from `start` to `end`; brackets are matched inside this range alone."""
        outer, self.brackets = self.brackets, []
        at, text, readers = start, self.text, self._readers
        while at < end:
            found = _SPECIAL.search(text, at, end)
            if not found:
                self.plain(at, end)
                break
            if found.start() > at:
                self.plain(at, found.start())
            # A run of one character, or `![` or `-@`, is known by its last.
            at = readers[found[0][-1]](self, found.start(), found.end(), end)
        self._finish(self)
        self.brackets = outer

    def plain(self, start: int, end: int, text: str | None = None) -> int:
        """Add characters to print, `text` when they are not those typed; gives `end`."""
        written = self.text[start:end] if text is None else text
        self.tokens.append(Token(InlineTokenKind.TEXT, start, end, written))
        return end

    def push(self, kind: InlineTokenKind, start: int, end: int, text: str = "") -> Token:
        """Add a token."""
        token = Token(kind, start, end, text)
        self.tokens.append(token)
        return token

    def report(self, code: Code, message: str, start: int, end: int, *hints: str) -> None:
        """A diagnostic at a part of the passage."""
        self.work.report(code, message, self.passage, start, end, *hints)
