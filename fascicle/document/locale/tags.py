"""Language tags looked up in a table: the longest beginning of a BCP 47 tag that it has."""

from __future__ import annotations

from collections.abc import Container, Iterator

SYNONYMS = {
    "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "yue": "zh-Hant", "yue-Hans": "zh", "no": "nb",
    "nn": "nb", "en-IE": "en-GB", "en-AU": "en-GB", "en-NZ": "en-GB", "en-ZA": "en-GB", "en-IN": "en-GB",
}  # fmt: skip
"""Tags that serve for others which a table lacks."""


def beginnings(tag: str) -> Iterator[str]:
    """A tag and its beginnings, the longest first: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    subtags = tag.split("-")
    return ("-".join(subtags[:end]) for end in range(len(subtags), 0, -1))


def nearest(tag: str, known: Container[str]) -> str | None:
    """The key of a table that serves a tag; None when none does."""
    for beginning in beginnings(tag):
        for candidate in (beginning, SYNONYMS.get(beginning)):
            if candidate is not None and candidate in known:
                return candidate
    return None
