"""Differences of a paragraph told apart: parted ones, places that have shifted, changes on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from fascicle.redline.merge.edits import Hunk, hunks

SPLIT = 3
"""Words that a paragraph has at least which was split from another."""


def is_split(present: str, first: str, second: str) -> bool:
    """Whether most of a new paragraph's words are those that the paragraph before it has lost."""
    words = second.split()
    if len(words) < SPLIT:
        return False
    old = present.split()
    both = SequenceMatcher(None, old, first.split() + words, autojunk=False)
    alone = SequenceMatcher(None, old, first.split(), autojunk=False)
    more = sum(one.size for one in both.get_matching_blocks()) - sum(
        one.size for one in alone.get_matching_blocks()
    )
    return more * 2 > len(words)


def shifted(place: int, differences: Sequence[Hunk]) -> int:
    """A place of the returned text in the present one."""
    shift = 0
    for one in differences:
        if one.first > place:
            break
        shift = one.end - one.last
    return max(place + shift, 0)


def joined_hunks(before: str, present: str, other: str) -> list[Hunk] | None:
    """The document's differences in the present text, which has changed, too; None where both changed one place."""
    own = hunks(before, present)
    made: list[Hunk] = []
    for theirs in hunks(before, other):
        if any(theirs.begin <= one.end and one.begin <= theirs.end for one in own):
            return None
        shift = sum((one.last - one.first) - (one.end - one.begin) for one in own if one.end <= theirs.begin)
        made.append(Hunk(theirs.begin + shift, theirs.end + shift, theirs.first, theirs.last))
    return made
