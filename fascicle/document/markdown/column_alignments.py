"""How a table's columns stand when its braces say so: `aligns="l,c,r"`."""

from __future__ import annotations

import re

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.document.tree import Alignment, Attributes

_LETTERS = {
    "l": Alignment.LEFT,
    "c": Alignment.CENTER,
    "r": Alignment.RIGHT,
    "d": Alignment.DEFAULT,
}
_STATED = re.compile(r"[lcrd](?:[ ,]*[lcrd])*")


def stated_alignments(given: Attributes, count: int, problems: Collector) -> tuple[Alignment, ...]:
    """What `aligns` says of `count` columns; none when it says nothing, or nothing that can be."""
    stated = given.get("aligns")
    if stated is None:
        return ()
    letters = [letter for letter in stated if letter in _LETTERS]
    if _STATED.fullmatch(stated) and len(letters) == count:
        return tuple(_LETTERS[letter] for letter in letters)
    message = f"'{stated}' does not say how the {count} columns of this table stand"
    hint = f'write one letter for each, l, c or r, such as aligns="{",".join("lcr"[at % 3] for at in range(count))}"'
    problems.add(Code.WRONG_VALUE, message, given.span, hint)
    return ()
