"""Two sequences aligned: equal items by patience, then by the longest common sequence, then like ones in pairs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher

_CELLS = 250_000
"""Largest gap, in pairs of items, in which the longest common sequence is looked for."""
_PAIRS = 4_000
"""Largest gap in which every item is held against every other."""
_WINDOW = 12
"""In larger gaps, how far from its place an item is looked for."""

Pairs = list[tuple[int, int]]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Places of equal items, in order in both."""
    found: Pairs = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        low, high, left, right = waiting.pop()
        while low < high and left < right and old[low] == new[left]:
            found.append((low, left))
            low, left = low + 1, left + 1
        while low < high and left < right and old[high - 1] == new[right - 1]:
            high, right = high - 1, right - 1
            found.append((high, right))
        if low == high or left == right:
            continue
        anchors = _unique(old, new, low, high, left, right)
        if not anchors:
            found += _common(old, new, low, high, left, right)
            continue
        for i, j in anchors:
            waiting.append((low, i, left, j))
            found.append((i, j))
            low, left = i + 1, j + 1
        waiting.append((low, high, left, right))
    return sorted(found)


def _unique(
    old: Sequence[Hashable], new: Sequence[Hashable], low: int, high: int, left: int, right: int
) -> Pairs:
    """Items that stand once on each side, as many of them as stand in one order."""
    counts, others = Counter(old[low:high]), Counter(new[left:right])
    places = {new[j]: j for j in range(left, right) if others[new[j]] == 1}
    pairs = [(i, places[old[i]]) for i in range(low, high) if counts[old[i]] == 1 and old[i] in places]
    return rising(pairs)


def rising(pairs: Pairs) -> Pairs:
    """The longest run of pairs, in the order of their first, whose second rises."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [at]
    run: Pairs = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _common(
    old: Sequence[Hashable], new: Sequence[Hashable], low: int, high: int, left: int, right: int
) -> Pairs:
    if (high - low) * (right - left) > _CELLS:
        return []
    matcher = SequenceMatcher(None, old[low:high], new[left:right], autojunk=False)
    blocks = matcher.get_matching_blocks()
    return [(low + block.a + at, left + block.b + at) for block in blocks for at in range(block.size)]


def paired(many: int, others: int, like: Callable[[int, int], float]) -> Pairs:
    """Pairs in order, as alike altogether as can be; `like` is 0 for those that are no pair."""
    if not many or not others:
        return []
    if many * others > _PAIRS:
        return _near(many, others, like)
    best = [[0.0] * (others + 1) for _ in range(many + 1)]
    values = [[like(i, j) for j in range(others)] for i in range(many)]
    for i in range(many - 1, -1, -1):
        for j in range(others - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if values[i][j]:
                best[i][j] = max(best[i][j], values[i][j] + best[i + 1][j + 1])
    pairs: Pairs = []
    i = j = 0
    while i < many and j < others:
        if values[i][j] and best[i][j] == values[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _near(many: int, others: int, like: Callable[[int, int], float]) -> Pairs:
    """The best partner of each near its place."""
    chosen: Pairs = []
    for i in range(many):
        middle = i * others // many
        near = range(max(middle - _WINDOW, 0), min(middle + _WINDOW + 1, others))
        value, j = max(((like(i, j), j) for j in near), default=(0.0, 0))
        if value:
            chosen.append((i, j))
    return rising(chosen)
