"""Keys of works as BibTeX and TeX take them: the author's own wherever they can be kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_KEPT = re.compile(r"[^A-Za-z0-9:./_+-]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L"}
)


def bibtex_keys(keys: Iterable[str]) -> Mapping[str, str]:
    """A key of plain letters for each, no two alike for BibTeX, which takes capitals for small letters."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        stem = _plain(key) or "work"
        name, number = stem, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.lower())
        found[key] = name
    return found


def _plain(key: str) -> str:
    parts = unicodedata.normalize("NFKD", key.translate(_LETTERS))
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _KEPT.sub("-", bare).strip("-")
