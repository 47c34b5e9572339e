"""What an author may have meant by the name of a citation style that there is not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fascicle.citations.styles.collection import NAMES, names, style_file
from fascicle.core.suggestions import did_you_mean

_OTHERWISE: Mapping[str, str] = {
    "harvard": "authoryear",
    "turabian": "chicago-notes",
    "cmos": "chicago-notes",
    "vancouver": "vancouver-nlm",
}
"""Styles by what people call them."""


def meant(name: str) -> str:
    """A hint: one of our own names sooner than one of ten thousand others."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    joined = "-".join(words)
    if joined in NAMES or style_file(joined):
        return f"did you mean '{joined}'?"
    own = did_you_mean(name, list(NAMES))
    if own.startswith("did you mean"):
        return own
    near = [one for one in NAMES if set(words) & set(one.split("-"))]
    near = near or [_OTHERWISE[word] for word in words if word in _OTHERWISE]
    if near:
        return f"did you mean {' or '.join(map(repr, near[:4]))}?"
    return did_you_mean(name, names())


def missing_file(name: str) -> str:
    """A hint for a `.csl` file that is not there."""
    stem = name.removesuffix(".csl")
    if stem in NAMES or style_file(stem):
        return f"a style of the collection is named without '.csl': write 'citation-style: {stem}'"
    return "its path begins in the publication's folder; 'fascicle styles WORD' looks for a style of the collection"
