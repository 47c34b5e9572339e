"""Words that somebody may have meant. What finds them is loaded when something is misspelt, which is rare."""

from __future__ import annotations

from collections.abc import Iterable


def get_close_matches(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """The nearest of `known`, the best first: at most `n`, none less alike than `cutoff` (0 to 1)."""
    from difflib import get_close_matches as nearest

    return nearest(word, list(known), n, cutoff)
