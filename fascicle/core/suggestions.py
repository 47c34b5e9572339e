"""What somebody may have meant by a misspelt word; what finds it is loaded then alone."""

from __future__ import annotations

from collections.abc import Iterable


def get_close_matches(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """The nearest of `known`, the best first: at most `n`, none less alike than `cutoff` (0 to 1)."""
    from difflib import get_close_matches as nearest

    return nearest(word, list(known), n, cutoff)


_READABLE = 60


def did_you_mean(word: str, known: list[str]) -> str:
    """A hint naming the nearest of `known`, or else all of them, unless nobody would read so many."""
    begun = [name for name in known if name.startswith(word.lower())] if word else []
    if 1 < len(begun) < 5:
        return f"did you mean {' or '.join(map(repr, begun))}?"
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if len(known) > _READABLE:
        return f"{len(known)} are known here, and none is spelled nearly so"
    return "known here: " + ", ".join(sorted(known))
