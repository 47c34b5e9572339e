"""What somebody may have meant by a misspelt word; what finds it is loaded then alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

_LONGEST = 200
"""Characters of the longest word that anybody may have misspelt."""
_MOST = 1000
"""So many words are compared with it: in a text full of misspelt ones the time must not grow with both."""


def get_close_matches(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """The nearest of `known`, the best first: at most `n`, none less alike than `cutoff` (0 to 1)."""
    from difflib import get_close_matches as nearest

    if len(word) > _LONGEST:
        return []
    return nearest(word, list(islice(_likely(word, known), _MOST)), n, cutoff)


def _likely(word: str, known: Iterable[str]) -> Iterator[str]:
    """Those of about the same length: others cost time and are never near."""
    return (name for name in known if len(name) <= 2 * len(word) + 2 and len(word) <= 2 * len(name) + 2)


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
