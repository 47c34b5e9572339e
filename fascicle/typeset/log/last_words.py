"""The last lines of a program that ended without a message that anybody understands."""

from __future__ import annotations

import re

_LINES = 3
_LONGEST = 200
_TELLING = re.compile(
    r"^!|\.\w{1,5}:\d+: |\b(?:error|fatal|failed|cannot|can't|abort\w*|killed|denied)\b", re.IGNORECASE
)
_EMPTY = re.compile(
    r"^(?:Transcript written on|No pages of output|Here is how much|\(see the transcript|!?\s*==> Fatal"
    r"|stack traceback|\S+:\d+: in |.*\berror message:$|warning  \(pdf backend\)"
    r"|This is Lua|This is pdfTeX|entering extended mode|\s*restricted |\W*$)",
    re.IGNORECASE,
)
"""Lines that say nothing of why a program ended, a traceback among them."""


def last_words(*texts: str) -> tuple[str, ...]:
    """The lines that tell most: the last errors of the first text that has any, else what stands last in one."""
    written = [_lines(text) for text in texts]
    telling = [[line for line in lines if _TELLING.search(line)] for lines in written]
    found: list[str] = next(filter(None, (*telling, *written)), [])
    return tuple(dict.fromkeys(found[-_LINES:]))


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line[:_LONGEST] for line in stripped if not _EMPTY.match(line)]
