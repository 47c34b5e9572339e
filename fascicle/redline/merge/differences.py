"""Differences of a paragraph told apart: parted ones, places that have shifted, changes on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from fascicle.export.docx.anchors import letters
from fascicle.redline.merge.edits import Hunk, hunks
from fascicle.redline.merge.word_text import BREAK, FORMULA, NOTE, OTHER, PICTURE, WordParagraph

SPLIT = 3
"""Words that a paragraph has at least which was split from another."""


def is_split(present: str, first: str, second: str) -> bool:
    """Whether most of a new paragraph's words are those that the paragraph before it has lost."""
    words = second.split()
    end = letters(second)
    if end and letters(present).endswith(end) and not letters(first).endswith(end):
        return True
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


def differ_beside_letters(one: WordParagraph, other: WordParagraph) -> bool:
    """Whether two paragraphs have other numbers of notes, pictures, formulas or citations, or of parts."""
    return any(
        one.text.count(sign) != other.text.count(sign) for sign in (BREAK, NOTE, PICTURE, FORMULA, OTHER)
    )


def conflict(text: str) -> str:
    """What is told of a paragraph that both sides have changed."""
    return f"this paragraph was changed here and in the document, which has {first_words(text, 400)}"


def first_words(text: str, most: int = 60) -> str:
    """The first characters of a text between quotation marks."""
    shown = " ".join("".join(" " if "\ue000" <= one <= "\ue003" else one for one in text).split())
    return f"“{shown[:most]}{'…' if len(shown) > most else ''}”"
