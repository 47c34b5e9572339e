"""Changes to the lines of a text that leave literal blocks alone."""

from __future__ import annotations

import re
from collections.abc import Callable

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_LITERAL = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


def outside_code(text: str, change: Callable[[str], str], *, inline: bool = True) -> str:
    """`text` with `change` made to everything that is no block of code and, with `inline`, no code in a line."""
    made: list[str] = []
    run: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if not fence and found and not (found[1][0] == "`" and "`" in line[found.end() :]):
            made += _changed(run, change, inline=inline)
            run, fence = [], found[1]
            made.append(line)
        elif fence:
            made.append(line)
            if (
                found
                and found[1][0] == fence[0]
                and len(found[1]) >= len(fence)
                and not line[found.end() :].strip()
            ):
                fence = ""
        else:
            run.append(line)
    made += _changed(run, change, inline=inline)
    return "\n".join(made)


def _changed(run: list[str], change: Callable[[str], str], *, inline: bool) -> list[str]:
    if not run:
        return []
    text = "\n".join(run)
    if not inline:
        return change(text).split("\n")
    parts: list[str] = []
    at = 0
    for found in _LITERAL.finditer(text):
        if "\n\n" in found[0]:
            continue
        parts += [change(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, change(text[at:])]).split("\n")


def line_of(text: str, offset: int) -> int:
    """The line, counted from 1, at an offset."""
    return text.count("\n", 0, offset) + 1
