"""States of publication in the publication's language: `forthcoming`, `im Erscheinen`."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.document.locale.words import words

_NAMES: Mapping[str, str] = {
    "forthcoming": "forthcoming", "in press": "in_press", "submitted": "submitted", "in preparation": "in_preparation",
    "ahead of print": "ahead_of_print", "advance online publication": "advance_online",
}  # fmt: skip


def in_words(state: str, language: str) -> str:
    """A state as it is printed; one that is not known as it was typed."""
    name = _NAMES.get(state)
    return str(getattr(words(language).publication_states, name)) if name else state


def states(language: str) -> Mapping[str, str]:
    """All states as they are printed, by what they are in English."""
    return {state: in_words(state, language) for state in _NAMES}
