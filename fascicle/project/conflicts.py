"""Conflicts that a version control system has left in a file."""

from __future__ import annotations

import re

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span

_CONFLICT = re.compile(r"^<{7}(?: .*)?$(?:.|\n)*?^={7}$(?:.|\n)*?^>{7}(?: .*)?$", re.MULTILINE)


_MARKS = re.compile(r"^(?:<{7}(?: .*)?|={7}|>{7}(?: .*)?)$", re.MULTILINE)


def without_conflicts(text: str, file: str, problems: Collector) -> str:
    """The text with empty lines in place of the marks of conflicts, each of which is told."""
    return _MARKS.sub("", text) if tell_conflicts(text, file, 1, problems) else text


def tell_conflicts(text: str, file: str, first_line: int, problems: Collector) -> bool:
    """Tell each conflict at its first line; True when there is one. `text` begins on `first_line` of the file."""
    if "<<<<<<<" not in text:
        return False
    found = list(_CONFLICT.finditer(text))
    for conflict in found:
        span = Span(file, first_line + text.count("\n", 0, conflict.start()))
        message = "two versions of the text stand here, as git leaves them when they cannot be merged"
        hint = "keep what you want of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
        problems.add(Code.MERGE_CONFLICT, message, span, hint)
    return bool(found)
