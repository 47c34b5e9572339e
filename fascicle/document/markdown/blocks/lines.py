"""Helpers of the block rules: where lines begin, what they hold, what the rules share during one parse."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.state import ParseTask

COLONS = re.compile(r":{3,}[ \t]*$")
CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]+(?=\S)")
MEANING = re.compile(r"[:~](?:[ \t]+(?=\S)|[ \t]*$)")
NOTE_LABEL = re.compile(r"\[\^([^\s\[\]^]+)\]:[ \t]*")
_CODE_OR_COMMENT = re.compile(r"(`+)(?!`)(?:(?!\1(?!`)).)*+(?<!`)\1(?!`)|<!--|-->|\\.")


@dataclass(slots=True)
class BlockWork:
    """What the block rules of one parse share."""

    work: ParseTask
    """The parse."""
    div_depth: int = 0
    """Open divs whose closing line belongs to the container being read."""
    divs: int = 0
    """Open divs at all."""
    lists: int = 0
    """Open lists; inside one, an item needs no blank line before it."""
    meanings: int = 0
    """Open explanations of definition lists."""
    notes: set[str] = field(default_factory=set)
    """Names of the footnotes defined so far."""
    unruled: dict[tuple[int, int], int] = field(default_factory=dict)
    """By last line and indentation: the line from which on no rule of dashes ends a table."""
    _no_comment_end: int | None = None
    """Offset from which on no comment ends."""

    def problem(self, code: Code, message: str, start: int, end: int, *hints: str) -> None:
        """A diagnostic at two offsets of the source."""
        self.work.problems.add(code, message, self.work.source.span(start, end), *hints)

    def comment_end(self, state: StateBlock, at: int, end: int) -> int:
        """Offset after the comment that is open at `at`, or -1 when it does not end before line `end`."""
        if self._no_comment_end is not None and at >= self._no_comment_end:
            return -1
        close = state.src.find("-->", at)
        if close < 0:
            self._no_comment_end = at
            return -1
        return close + 3 if close < state.eMarks[end - 1] else -1

    def comment_open_after(self, state: StateBlock, line: int, end: int, was_open: bool) -> bool:
        """Whether a comment goes on after this line, to be closed further down."""
        first, last = first_character(state, line), state.eMarks[line]
        is_open = was_open
        if not was_open and "<!--" not in state.src[first:last]:
            return False
        for found in _CODE_OR_COMMENT.finditer(state.src, first, last):
            if found[0] == "<!--" and not is_open:
                is_open = True
            elif found[0] == "-->":
                is_open = False
        return is_open and self.comment_end(state, last, end) >= 0


def block_work(state: StateBlock) -> BlockWork:
    """What the rules share."""
    work: BlockWork = state.env["work"]
    return work


def first_character(state: StateBlock, line: int) -> int:
    """Offset of the line's first character after its container's marks and indentation."""
    return state.bMarks[line] + state.tShift[line]


def line_text(state: StateBlock, line: int) -> str:
    """The line after its container's marks and indentation."""
    return state.src[first_character(state, line) : state.eMarks[line]]


def is_div_end(state: StateBlock, line: int) -> bool:
    """True for a line of colons alone."""
    at = first_character(state, line)
    return state.src.startswith(":::", at) and bool(COLONS.match(state.src, at, state.eMarks[line]))


def hint_blank_line(state: StateBlock, line: int, pattern: re.Pattern[str]) -> bool:
    """Warn when a paragraph's later line looks like the beginning of a block; true when it does."""
    at = first_character(state, line)
    if state.src[at : at + 1] not in "#>-*+1:~" or not (
        found := pattern.match(state.src, at, state.eMarks[line])
    ):
        return False
    message = f"'{found[0].split()[0]}' does nothing here, because the line goes on the paragraph before it"
    hint = "put a blank line before it, or a backslash if you mean the character itself"
    block_work(state).problem(Code.MISSING_BLANK_LINE, message, at, found.end(), hint)
    return True


def push(state: StateBlock, kind: str, start: int, end: int, pieces: list[tuple[int, int]]) -> Token:
    """One block of text: three tokens, as markdown-it's list rule expects of paragraphs; gives the first."""
    token = state.push(f"{kind}_open", "", 1)
    token.map = [start, end]
    token.meta = {"pieces": pieces, "start": first_character(state, start)}
    state.push("inline", "", 0)
    state.push(f"{kind}_close", "", -1)
    return token
