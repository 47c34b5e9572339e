"""A text with its literal parts blanked, so that only what is printed as text remains."""

from __future__ import annotations

import re

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
_DISPLAY = re.compile(r"\$\$(?:(?!\n[ \t]*\n).)*?\$\$", re.DOTALL)
_FORMULA = re.compile(
    r"(?<![\\$\w])\$(?=[^\s$])(?:\\.|(?!\n[ \t]*\n)[^$\\])*?(?<=[^\s\\])\$(?!\d)", re.DOTALL
)
_NOT_LINE_END = re.compile(r"[^\n]")


def outside_fences(text: str) -> str:
    """The text with fenced code and comments blanked; every character keeps its place."""
    return "\n".join(_fences_blanked(_COMMENT.sub(_blank, text).split("\n")))


def outside_literals(text: str) -> str:
    """The same, with code and formulas in the running text blanked too."""
    for pattern in (_CODE, _DISPLAY, _FORMULA):
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return _NOT_LINE_END.sub(" ", match[0])


def _fences_blanked(lines: list[str]) -> list[str]:
    made, fence = [], ""
    for line in lines:
        found = _FENCE.match(line)
        if not fence and found and not (found[1][0] == "`" and "`" in line[found.end() :]):
            fence = found[1]
            made.append(" " * len(line))
        elif fence:
            made.append(" " * len(line))
            ends = found and found[1].startswith(fence) and not line[found.end() :].strip()
            fence = "" if ends else fence
        else:
            made.append(line)
    return made
