"""Environments of formulas: which are known, what they take, and that each ends as it began."""

from __future__ import annotations

import re

from fascicle.core.diagnostic_codes import Code
from fascicle.core.suggestions import get_close_matches
from fascicle.project.math import commands as known
from fascicle.project.math.reader import MathReader, Stop
from fascicle.project.math.tokens import MathToken

_COLUMNS = re.compile(r"[lcr|\s]{1,60}", re.ASCII)
_NUMBER = re.compile(r"\s*\d{1,2}\s*", re.ASCII)
_INNER = {"gather": "gathered", "multline": "gathered", "alignat": "alignedat"}
"""What stands for a display inside a formula, where it is not `aligned`."""


def read_name(reader: MathReader, begin: MathToken, *, display: bool) -> str:
    r"""The name after `\begin`, refused when it is unknown or when a display is not the whole of a `display`ed formula."""
    first, name = reader.group_text()
    if name in known.DISPLAYS:
        if not (display and _alone(reader, begin, name)):
            hint = f"write {_INNER.get(name.rstrip('*'), 'aligned')} inside others"
            reader.refuse(begin, f"'{name}' must be the whole of a displayed formula", hint)
    elif name not in known.ENVIRONMENTS:
        near = get_close_matches(name, known.ENVIRONMENTS, n=1, cutoff=0.6)
        hints = [f"did you mean '{near[0]}'?"] if near else []
        message = f"the environment '{name}' is not allowed in a formula"
        reader.refuse(first or begin, message, *hints, code=Code.MATH_COMMAND)
    return name


def read_argument(reader: MathReader, begin: MathToken, name: str) -> None:
    """The columns or the number that the environment takes, where it takes any."""
    kind = known.ENVIRONMENTS.get(name) or known.DISPLAYS.get(name, "")
    if not kind:
        return
    first, text = reader.group_text()
    pattern = _COLUMNS if kind == "columns" else _NUMBER
    if not text.strip() or not pattern.fullmatch(text):
        wanted = "its columns, such as {lcr}" if kind == "columns" else "a number, such as {2}"
        reader.refuse(first or begin, f"this environment needs {wanted}")


def check_ending(reader: MathReader, begin: MathToken, name: str) -> None:
    r"""The environment's own `\end`; raises Stop when there is none."""
    closing = reader.peek()
    if closing is None or closing.text != r"\end":
        reader.refuse(begin, rf"'\begin{{{name}}}' has no '\end{{{name}}}'")
        raise Stop
    reader.take()
    place, ending = reader.group_text()
    if ending != name:
        reader.refuse(place or closing, rf"'\end{{{ending}}}' stands where '\end{{{name}}}' must")


def _alone(reader: MathReader, begin: MathToken, name: str) -> bool:
    before = reader.tex[: begin.offset]
    return not before.strip() and reader.tex.rstrip().endswith(f"\\end{{{name}}}")
