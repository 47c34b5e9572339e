"""What TeX does not print of a main file; a change of that alone needs no new pass."""

from __future__ import annotations

import re

_PICTURE = r"\fasciclegraphics"
# The program's own definition hands the alternative text to \includegraphics, which prints it nowhere.
_OWN = re.compile(
    r"\\newcommand\\fasciclegraphics\[4\]\{\\fascicle@fit\{#1\}\{#2\}%\n"
    r"  \\@ifundefined\{KV@Gin@alt\}%\n"
    r"    \{\\includegraphics\[[^]#]*\]\{#4\}\}%\n"
    r"    \{\\includegraphics\[[^]#]*alt=\{#3\}\]\{#4\}\}\}\n"
)
_USE = re.compile(re.escape(_PICTURE) + r"(?=\{)")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_TAGGED = (r"\DocumentMetadata", r"\Gin@alt", "tagpdf")
_ARGUMENTS_BEFORE = 2


def printed(tex: str) -> str:
    """The main file without the alternative texts of its pictures, where these are no part of the PDF.

    They are when the PDF is tagged, and may be when a template has a picture command of its own. Line ends stay, for
    SyncTeX counts them.
    """
    own = _OWN.findall(tex)
    uses = list(_USE.finditer(tex))
    if len(own) != 1 or len(uses) + 1 != tex.count(_PICTURE) or any(mark in tex for mark in _TAGGED):
        return tex
    kept, end = [], 0
    for use in uses:
        start = use.end()
        for _ in range(_ARGUMENTS_BEFORE):
            start = _after(tex, start)
        stop = _after(tex, start)
        kept += [tex[end:start], "{}", "\n" * tex.count("\n", start, stop)]
        end = stop
    return "".join([*kept, tex[end:]])


def _after(tex: str, start: int) -> int:
    """Where the argument that begins with a brace at `start` has ended."""
    depth = 0
    for found in _BRACES.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return start
