"""What of a typed reference has no place in the record that was made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fascicle.importers.references.matching import folded

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_MONTH = r"(?:jan|ene|gen|feb|fev|mar|mrz|apr|avr|abr|may|mai|mag|jun|juin|giu|jul|juil|lug|aug|aou|ago|sep|set|oct|okt|ott|out|nov|dec|dez|dic)[a-z]{0,6}"
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?{_MONTH}\b|\b{_MONTH}\.?\s+\d{{1,2}}(?=,|\)|\s+\d{{4}})"
)
_NUMBER = re.compile(r"^\s*[\[(]?\d{1,3}[\]).]\s")
_FURNITURE = frozenset(
    [
        "and", "und", "the", "eds", "edited", "editor", "editors", "edition", "hrsg", "trans", "translated", "from", "others",
        "vol", "volume", "issue", "pages", "accessed", "retrieved", "viewed", "available", "web", "print", "online", "internet",
        "doi", "https", "http", "www", "org", "com", "last", "visited", "cited", "abgerufen", "consulté", "auflage", "aufl",
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february",
        "march", "april", "june", "july", "august", "september", "october", "november", "december", "spring", "summer",
        "edite", "editee", "par", "dir", "direction", "sous", "cura", "herausgegeben", "hgg", "von", "uber", "ubersetzt", "ubers", "traduit",
        "trad", "traduction", "coord", "org", "orgs", "comp", "ediz", "edizione", "edicion", "edicao", "seiten", "band", "bde", "heft", "dans",
        "autumn", "fall", "winter", "jstor", "sec", "pdf", "file",
    ]
)  # fmt: skip
"""What a style says of the parts of a reference."""


def unplaced(item: dict[str, Any]) -> list[str]:
    """Words of the typed reference that no field holds, in their order."""
    typed = item["custom"]["typed"]
    held = set(_words(" ".join(_texts({key: value for key, value in item.items() if key != "custom"}))))
    seen = re.sub(r"(?i)\b(?:accessed|retrieved|viewed|abgerufen|web\.|https?:)\S*.*", "", typed)
    return [
        word
        for word in dict.fromkeys(_words(_NUMBER.sub("", seen)))
        if word not in held and word not in _FURNITURE
    ]


def _words(text: str) -> list[str]:
    return _WORD.findall(_DAY.sub(" ", folded(text)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)
