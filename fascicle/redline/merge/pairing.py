"""Which paragraph of a Word document that came back is which of the present text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from fascicle.export.docx.anchors import AnchorNames, letters
from fascicle.redline.comparison.align import aligned, paired
from fascicle.redline.merge.edits import Hunk
from fascicle.redline.merge.word_text import NOTE, WordParagraph, WordText

ALIKE = 0.5
"""The share of words that two versions of one paragraph have in common at least."""


@dataclass(frozen=True, slots=True)
class ParagraphPair:
    """One place in the order of paragraphs."""

    present: int | None
    """Number of the paragraph in the present text; None for one that came."""
    returned: int | None
    """Number of the paragraph in the returned document; None for one that is not in it."""
    moved: bool = False
    """Whether it stands elsewhere there; such pairs come behind all others."""


def names_of(paragraphs: Sequence[WordParagraph]) -> list[str]:
    """The anchors that paragraphs would get now."""
    names = AnchorNames()
    return [names.name(one.text) if letters(one.text) else "" for one in paragraphs]


def paired_paragraphs(
    present: Sequence[WordParagraph], returned: Sequence[WordParagraph]
) -> list[ParagraphPair]:
    """Both texts side by side: first by anchors and equal texts, then by likeness between these."""
    names = names_of(present)
    keys = [
        one.anchors[0] if one.anchors else name
        for one, name in zip(returned, names_of(returned), strict=True)
    ]
    same = list(aligned(names, keys))
    away = moved_paragraphs(names, keys, same)
    moved = set(away.values())
    made: list[ParagraphPair] = []
    left = right = 0
    for i, j in [*same, (len(names), len(keys))]:
        gone = list(range(left, i))
        come = list(range(right, j))
        made += _between(
            present,
            returned,
            [at for at in gone if at not in away],
            [at for at in come if at not in moved],
        )
        if i < len(names):
            made.append(ParagraphPair(i, j))
        left, right = i + 1, j + 1
    made += [ParagraphPair(i, j, moved=True) for i, j in sorted(away.items())]
    return made


def moved_paragraphs(
    names: Sequence[str], keys: Sequence[str], same: Sequence[tuple[int, int]]
) -> dict[int, int]:
    """Numbers of present paragraphs that the other text has elsewhere, with their numbers there."""
    ours, theirs = {i for i, _ in same}, {j for _, j in same}
    places = {name: at for at, name in enumerate(names) if name and at not in ours}
    return {places[key]: at for at, key in enumerate(keys) if at not in theirs and key in places}


def _between(
    present: Sequence[WordParagraph], returned: Sequence[WordParagraph], gone: list[int], come: list[int]
) -> list[ParagraphPair]:
    """What stands between two pairs."""

    def like(i: int, j: int) -> float:
        one, other = present[gone[i]].text.split(), returned[come[j]].text.split()
        if not one or not other:
            return 0.0
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < ALIKE:
            return 0.0  # neither is less than the ratio, and both cost little
        ratio = matcher.ratio()
        return ratio if ratio >= ALIKE else 0.0

    made: list[ParagraphPair] = []
    left = right = 0
    for i, j in [*paired(len(gone), len(come), like), (len(gone), len(come))]:
        made += [ParagraphPair(at, None) for at in gone[left:i]]
        made += [ParagraphPair(None, at) for at in come[right:j]]
        if i < len(gone):
            made.append(ParagraphPair(gone[i], come[j]))
        left, right = i + 1, j + 1
    return made


def present_before(pairs: Sequence[ParagraphPair], returned: int) -> int | None:
    """The number of the last present paragraph that stands before a returned one, and has not moved itself."""
    known = {one.returned: one.present for one in pairs if not one.moved and one.present is not None}
    return next((known[at] for at in range(returned - 1, -1, -1) if at in known), None)


def kept_notes(
    present: WordParagraph, returned: WordParagraph, differences: Sequence[Hunk]
) -> list[tuple[str, str]]:
    """The marks of notes that two versions of a paragraph have outside of their differences, in order."""
    gone = [one for one in differences if one.end > one.begin]
    come = [one for one in differences if one.last > one.first]
    ours = _marks(present, [(one.begin, one.end) for one in gone])
    theirs = _marks(returned, [(one.first, one.last) for one in come])
    return list(zip(ours, theirs, strict=False))


def _marks(paragraph: WordParagraph, changed: Sequence[tuple[int, int]]) -> list[str]:
    return [
        one.data
        for at, one in enumerate(paragraph.characters)
        if one.text == NOTE and not any(begin <= at < end for begin, end in changed)
    ]


def without_stray_notes(returned: WordText, present: WordText) -> WordText:
    """A text without the notes that a program has put a second time when it lost their words at their own marks."""
    blank = {one.note for one in returned.notes if not letters(one.text)}
    marks = sum(character.text == NOTE for one in returned.body for character in one.characters)
    if not blank or marks <= sum(
        character.text == NOTE for one in present.body for character in one.characters
    ):
        return returned
    known = {letters(one.text) for one in present.notes}
    strays = {one.note for one in returned.notes if letters(one.text) in known}
    body = tuple(
        replace(one, characters=[each for each in one.characters if each.data not in strays])
        if any(each.data in strays for each in one.characters)
        else one
        for one in returned.body
    )
    return WordText(body, tuple(one for one in returned.notes if one.note not in strays))


def note_pairs(
    ours: Sequence[WordParagraph], theirs: Sequence[WordParagraph]
) -> Iterator[tuple[WordParagraph | None, WordParagraph | None]]:
    """The paragraphs of a note in both texts; those of one note are the same ones, however they have changed."""
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
        return
    for pair in paired_paragraphs(ours, theirs):
        yield (
            ours[pair.present] if pair.present is not None else None,
            theirs[pair.returned] if pair.returned is not None else None,
        )
