"""What of a typed reference has no place in the record that was made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fascicle.importers.references.matching import folded

_WORD = re.compile(r"[^\W\d_]{3,}|\d{3,}")
_FURNITURE = frozenset(
    [
        "and", "und", "the", "eds", "edited", "editor", "editors", "edition", "hrsg", "trans", "translated", "from", "others",
        "vol", "volume", "issue", "pages", "accessed", "retrieved", "viewed", "available", "web", "print", "online", "internet",
        "doi", "https", "http", "www", "org", "com", "last", "visited", "cited", "abgerufen", "consulté", "auflage", "aufl",
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february",
        "march", "april", "june", "july", "august", "september", "october", "november", "december", "spring", "summer",
        "autumn", "fall", "winter", "jstor", "sec", "pdf", "file",
    ]
)  # fmt: skip
"""What a style says of the parts of a reference."""


def unplaced(item: dict[str, Any]) -> list[str]:
    """Words of the typed reference that no field holds, in their order."""
    typed = item["custom"]["typed"]
    held = set(_words(" ".join(_texts({key: value for key, value in item.items() if key != "custom"}))))
    seen = re.sub(r"(?i)\b(?:accessed|retrieved|viewed|abgerufen|web\.|https?:)\S*.*", "", typed)
    return [word for word in dict.fromkeys(_words(seen)) if word not in held and word not in _FURNITURE]


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)
