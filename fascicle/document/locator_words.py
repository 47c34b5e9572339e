"""The place in a cited work in words, for programs that take it as a text.

`p. 5`, `chaps. 2–3`.
"""

from __future__ import annotations

import re

from fascicle.document.inline_spacing import locator_joint
from fascicle.document.tree import Citation, Inline, Text

_WORDS = {
    "page": ("p.", "pp."), "chapter": ("chap.", "chaps."), "volume": ("vol.", "vols."), "figure": ("fig.", "figs."),
    "section": ("sec.", "secs."), "paragraph": ("para.", "paras."), "line": ("line", "lines"), "verse": ("v.", "vv."),
    "note": ("n.", "nn."), "part": ("pt.", "pts."), "column": ("col.", "cols."), "folio": ("fol.", "fols."),
    "issue": ("no.", "nos."), "book": ("bk.", "bks."), "timestamp": ("", ""),
}  # fmt: skip
_SEVERAL = re.compile(r"\w\s*[-–—,&]\s*\w|\sand\s|\dff")


def place_words(one: Citation) -> tuple[Inline, ...]:
    """Locator and suffix of a citation."""
    value, label = one.locator.strip(), one.locator_label or "page"
    if not value:
        return one.suffix
    shown = Text(one.span, _word(label, value) + re.sub(r"(?<=\w)-{1,2}(?=\w)", "–", value))
    joint = locator_joint(label, one.suffix) if one.suffix else ""
    return (shown, *((Text(one.span, joint),) if joint else ()), *one.suffix)


def _word(label: str, value: str) -> str:
    word = _WORDS.get(label, (label, label))[bool(_SEVERAL.search(value))]
    return f"{word}\u00a0" if word else ""
