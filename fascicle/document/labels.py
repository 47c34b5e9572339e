"""Labels of figures, tables, sections and the like, in each tool's spelling."""

from __future__ import annotations

import re
from collections.abc import Container

STATEMENTS = {
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
    "alg": "algorithm",
    "rem": "remark",
    "sol": "solution",
}
"""Kinds of numbered statements, by the beginnings of their labels, which are Quarto's."""
KINDS = ("fig", "tbl", "sec", "eq", "lst", *STATEMENTS)
"""What a label may begin with, before its colon."""
_OTHER_KINDS = {"tab": "tbl", "eqn": "eq"}
_SPELT = re.compile(rf"({'|'.join((*KINDS, *_OTHER_KINDS))})[:-](.+)", re.IGNORECASE)


def label_of(name: str) -> str | None:
    """`fig:map` for `fig:map`, `fig-map`, `Fig:map`, and `tbl:x` for `tab:x`; None for what is no label."""
    found = _SPELT.fullmatch(name)
    if not found or not found[1][1:].islower():
        return None
    kind = found[1].lower()
    return f"{_OTHER_KINDS.get(kind, kind)}:{found[2]}"


def label_like(name: str, *kinds: str) -> str:
    """An identifier as its label when it begins with one of `kinds`, or else as it is."""
    label = label_of(name)
    return label if label and label.startswith(tuple(f"{kind}:" for kind in kinds)) else name


def heading_label(name: str) -> str:
    """The label of a heading whose identifier is `name`."""
    return name if ":" in name else f"sec:{name}"


def found_label(name: str, labels: Container[str]) -> str | None:
    """The label among `labels` that a link to `name` means, or None."""
    spelt = (name, f"sec:{name}", label_of(name))
    return next((label for label in spelt if label is not None and label in labels), None)
