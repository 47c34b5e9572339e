"""Every sign of unicode-math by its name, for formulas that use more than LaTeX's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fascicle.project.math.tokens import TokenKind, tokens


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that formulas may hold."""

    character: str
    """The character that it is."""
    kind: str
    """How it is spaced: ord, bin, rel, op, open, close, punct; `accent` takes an argument."""
    lacked: bool = False
    """Whether our font of formulas lacks it."""


SAME: Mapping[str, str] = {
    "Box": "mdlgwhtsquare", "square": "mdlgwhtsquare", "Diamond": "mdlgwhtdiamond", "blacklozenge": "mdlgblklozenge",
    "blacksquare": "mdlgblksquare", "centerdot": "cdotp", "circlearrowleft": "acwopencirclearrow",
    "circlearrowright": "cwopencirclearrow", "dashleftarrow": "leftdasharrow", "dashrightarrow": "rightdasharrow",
    "doteqdot": "Doteq", "setminus": "smallsetminus", "gvertneqq": "gneqq", "leadsto": "rightsquigarrow", "lozenge": "mdlgwhtlozenge",
    "lvertneqq": "lneqq", "ntriangleleft": "nvartriangleleft", "ntriangleright": "nvartriangleright",
    "npreceq": "npreccurlyeq", "nsucceq": "nsucccurlyeq", "nleqslant": "nleq", "ngeqslant": "ngeq",
    "nshortmid": "nmid", "restriction": "upharpoonright", "shortmid": "mid", "shortparallel": "parallel",
    "smallfrown": "frown", "smallsmile": "smile", "thickapprox": "approx", "thicksim": "sim",
    "varpropto": "propto", "varsubsetneq": "subsetneq", "varsupsetneq": "supsetneq",
}  # fmt: skip
"""Signs of amssymb that unicode-math leaves to fonts without Unicode, and its own names for them, or for those next to them."""


@cache
def signs() -> Mapping[str, Sign]:
    """All signs by name, without the backslash; read when the first rare one is met."""
    text = (files(__package__) / "data" / "unicode-math-symbols.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: Sign(chr(int(row[1], 16)), row[2], len(row) > 3) for row in rows}


def lacked_signs(tex: str) -> set[str]:
    """Characters of a formula's signs that our font of formulas lacks."""
    names = {token.text[1:] for token in tokens(tex) if token.kind is TokenKind.COMMAND}
    return {sign.character for name in names if (sign := signs().get(SAME.get(name, name))) and sign.lacked}


def written_out(name: str) -> str | None:
    """A rare sign as its character in its class, for programs that do not know the name; None for what is no sign."""
    sign = signs().get(name)
    if sign is None or sign.kind == "accent":
        return None
    return f"{{{sign.character}}}" if sign.kind == "ord" else rf"\math{sign.kind}{{{sign.character}}}"
