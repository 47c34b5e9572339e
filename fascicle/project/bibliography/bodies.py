"""Bodies whose names are written as if they were a person's: `World Health Organization`, `Organization, World Health`."""

from __future__ import annotations

from collections.abc import Sequence

_LAST = frozenset({
    "organization", "organisation", "team", "group", "consortium", "collaboration", "committee", "commission", "association",
    "foundation", "institute", "university", "agency", "network", "society", "investigators",
})  # fmt: skip
"""Words in which the name of a body ends and no family name does."""
_WORDS = _LAST | frozenset({
    "department", "ministry", "office", "centre", "center", "centers", "centres", "council", "federation", "nations",
    "administration", "corporation", "academy", "museum", "authority", "services", "inc", "ltd", "gmbh", "universität",
    "institut", "bundesamt", "ministerium", "bundesministerium", "gesellschaft", "université", "ministère", "universidad",
    "ministerio", "instituto", "universidade", "università", "ministero", "istituto", "universiteit", "universitet",
})  # fmt: skip
"""Words that are in no person's name."""


def is_body(words: Sequence[str]) -> bool:
    """Whether the words of a name without a comma are a body's."""
    if len(words) < 2 or any(word.startswith("{") for word in words):
        return False
    return "for" in words[1:-1] or any(
        word.strip(".,").lower() in _WORDS and word[:1].isupper() for word in words
    )


def turned(family: str, given: str) -> str:
    """The name of a body that a catalogue has turned round, as it is spoken; an empty text for a person's."""
    words = given.split()
    spelt = any(len(word.strip(".")) > 2 and word[0].isupper() for word in words)
    return f"{given} {family}" if spelt and family.lower() in _LAST and family[:1].isupper() else ""
