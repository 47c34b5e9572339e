"""A text with its literal parts blanked, so that only what is printed as text remains."""

from __future__ import annotations

import re
from itertools import pairwise

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_COMMENT_ENDS = "-->"
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
_DISPLAY = re.compile(r"\$\$(?:(?!\n[ \t]*\n).)*?\$\$", re.DOTALL)
_FORMULA = re.compile(
    r"(?<![\\$\w])\$(?=[^\s$])(?:\\.|(?!\n[ \t]*\n)[^$\\])*?(?<=[^\s\\])\$(?!\d)", re.DOTALL
)
_RULE_OF_TABLE = re.compile(r"[ ]{0,3}-[- \t]+$")
_COLUMNS = re.compile(r"[ ]{0,3}-+(?:[ \t]+-+)+[ \t]*$")
_NOT_LINE_END = re.compile(r"[^\n]")


def outside_fences(text: str) -> str:
    """The text with fenced code and comments blanked; every character keeps its place."""
    # After the last end none begins: each would look for its own down to the end of the text.
    end = text.rfind(_COMMENT_ENDS) + len(_COMMENT_ENDS) if _COMMENT_ENDS in text else 0
    uncommented = _COMMENT.sub(_blank, text[:end]) + text[end:]
    return "\n".join(_fences_blanked(uncommented.split("\n")))


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


def outside_ruled_tables(text: str) -> str:
    """The text without what stands between the dashes over a table's columns and those that end it."""
    lines = text.split("\n")
    rules = [at for at, line in enumerate(lines) if _RULE_OF_TABLE.match(line)]
    for at, following in pairwise(rules):
        if _COLUMNS.match(lines[at]):
            for inside in range(at, following + 1):
                lines[inside] = " " * len(lines[inside])
    return "\n".join(lines)
