"""Differences between a paragraph as it is and as it came back, as edits of the author's files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, groupby

from fascicle.core.diagnostics import Span
from fascicle.redline.comparison.align import aligned
from fascicle.redline.comparison.words import words
from fascicle.redline.merge.files import Edit
from fascicle.redline.merge.markdown import UNWRITTEN, ReferredContent, markdown, unwritten
from fascicle.redline.merge.source_map import SourceMap, look_of
from fascicle.redline.merge.word_text import (
    BREAK,
    FORMULA,
    NOTE,
    OTHER,
    PICTURE,
    Character,
    Looks,
    WordParagraph,
)

_NAMED = {NOTE: "[note]", PICTURE: "[picture]", FORMULA: "[formula]", OTHER: "[field]", BREAK: " ¶ "}
_CELLS = 1_000_000
"""Words of one paragraph times those of the other, up to which the longest common stretches are looked for."""
_BEFORE = 40
"""Characters before a place by whose last words it is named."""
_SHORT = 4
"""Characters of a text that says nothing without the words before it."""
_SHOWN = 60
"""Characters of a text that are shown where it is named."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """One difference of two paragraphs."""

    begin: int
    """First character of the present text that goes."""
    end: int
    """Character behind the last that goes."""
    first: int
    """First character of the returned text that comes."""
    last: int
    """Character behind the last that comes."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something that was changed in the document and can be brought into no file."""

    what: str
    """What it is, in a sentence without a full stop."""
    span: Span | None
    """Where it belongs, as near as is known."""
    numbers: bool = False
    """Whether nothing but numbers differ, which may follow from other changes."""


def hunks(present: str, returned: str, units: re.Pattern[str] | None = None) -> list[Hunk]:
    """The differences of two texts, word by word; what `units` finds counts as one word."""
    old, new = _pieces(present, units), _pieces(returned, units)
    starts, others = [0, *accumulate(map(len, old))], [0, *accumulate(map(len, new))]
    return [Hunk(starts[a], starts[b], others[c], others[d]) for a, b, c, d in _differing(old, new)]


def _differing(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Begin and end of each difference on both sides; of paragraphs beyond measure as near as can be had quickly."""
    if len(old) * len(new) <= _CELLS:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        yield from (code[1:] for code in matcher.get_opcodes() if code[0] != "equal")
        return
    i = j = 0
    for to_i, to_j in [*aligned(old, new), (len(old), len(new))]:
        if to_i > i or to_j > j:
            yield i, to_i, j, to_j
        i, j = to_i + 1, to_j + 1


def _pieces(text: str, units: re.Pattern[str] | None) -> list[str]:
    if units is None:
        return words(text)
    made: list[str] = []
    at = 0
    for found in units.finditer(text):
        made += [*words(text[at : found.start()]), found[0]]
        at = found.end()
    return [*made, *words(text[at:])]


def same_stretches(present: str, returned: str) -> Iterator[tuple[int, int, int]]:
    """Stretches that both have: begin in one, begin in the other, length."""
    begin = first = 0
    for hunk in [*hunks(present, returned), Hunk(len(present), len(present), len(returned), len(returned))]:
        if hunk.begin > begin:
            yield begin, first, hunk.begin - begin
        begin, first = hunk.end, hunk.last


class ParagraphEdits:
    """Edits of one paragraph."""

    def __init__(
        self,
        sources: SourceMap,
        present: WordParagraph,
        number: int,
        apart: ReferredContent,
    ) -> None:
        self.sources = sources
        self.present = present.characters
        self.number = number
        self.apart = apart
        self.edits: list[Edit] = []
        self.unplaced: list[Unplaced] = []
        self.meant: list[Unplaced] = []
        """What the edits are for, to be told where they do not come out as meant."""
        self.placed: list[tuple[int, int, Sequence[Character]]] = []
        """The stretches that are replaced, in order."""

    def of(self, changes: Sequence[tuple[int, int, Sequence[Character]]]) -> None:
        """Replace stretches of the present text: begin, end, what comes."""
        for begin, end, come in changes:
            if missing := unwritten(come, self.apart):
                self._tell(f"{', '.join(missing)} came in the document", begin)
            if any(one.text == NOTE for one in self.present[begin:end]) and any(
                one.text == NOTE for one in come
            ):
                self._tell(f"{_shown(self.present[begin:end])} became {_shown(come)} around a note", begin)
                continue
            what = _what(self.present[begin:end], come, self.present[max(begin - _BEFORE, 0) : begin])
            if self._replaced(begin, end, come):
                self.placed.append((begin, end, come))
                self.meant.append(Unplaced(what, self.near(begin)))
            else:
                numbers = all(one.text.isdigit() for one in (*self.present[begin:end], *come))
                self._tell(what, begin, numbers=numbers)

    def own_text(self) -> str:
        """What the author's own words of the paragraph are with the edits."""
        own = self.sources.words_of(self.present)
        parts, at = [], 0
        for begin, end, come in self.placed:
            parts += [own(self.present[at:begin]), "".join(one.text for one in come)]
            at = end
        return "".join([*parts, own(self.present[at:])])

    def _replaced(self, begin: int, end: int, come: Sequence[Character]) -> bool:
        if begin == end:
            return self._inserted(begin, come)
        place = self.sources.stretch(self.present, begin, end)
        if place is None:
            return self._stated(begin, end, come) or self._piecewise(begin, end, come)
        file, start, stop = place
        given = self._given(begin, end)
        if come and not all(given <= one.looks for one in come if one.text.strip()):
            return self._outside(begin, end, come)
        self._add(file, start, stop, markdown(come, self.apart, given))
        return True

    def _given(self, begin: int, end: int) -> Looks:
        """The looks that a stretch has from what is around all of it and stays."""
        traced = self.sources.traced(self.present[begin])
        if traced is None:
            return frozenset()
        kept = [node for node in traced.inlines if not self.sources.is_whole(self.present, begin, end, node)]
        return frozenset(look for node in kept if (look := look_of(node)))

    def _outside(self, begin: int, end: int, come: Sequence[Character]) -> bool:
        """What comes with other looks than its place has: beside it, and what goes by itself."""
        looks = come[0].looks
        gap = self.sources.gap(self.present, begin, looks) or self.sources.gap(self.present, end, looks)
        return gap is not None and self._put(gap, come) and self._cut(begin, end)

    def _piecewise(self, begin: int, end: int, come: Sequence[Character]) -> bool:
        """A stretch that goes over the edge of an emphasis: each side of the edge by itself."""
        if come:
            gap = self.sources.gap(self.present, begin, come[0].looks)
            if gap is None or not self._cuttable(begin, end):
                return False
            self._put(gap, come)
        return self._cut(begin, end)

    def _pieces(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Parts of a stretch that stand inside the same inlines."""
        made: list[tuple[int, int]] = []
        at = begin
        for _, group in groupby(self.present[begin:end], key=self._inside):
            length = len(list(group))
            made.append((at, at + length))
            at += length
        return made

    def _inside(self, character: Character) -> tuple[int, ...]:
        traced = self.sources.traced(character)
        return tuple(map(id, traced.inlines)) if traced else ()

    def _cuttable(self, begin: int, end: int) -> bool:
        return all(self.sources.stretch(self.present, *piece) for piece in self._pieces(begin, end))

    def _cut(self, begin: int, end: int) -> bool:
        places = [self.sources.stretch(self.present, *piece) for piece in self._pieces(begin, end)]
        if not all(places):
            return False
        for place in places:
            if place is not None:
                self._add(*place, "")
        return True

    def _parted(self, at: int, come: Sequence[Character]) -> bool:
        """A paragraph parted inside emphasis, whose marks end before that and begin anew behind it."""
        if not 0 < at < len(self.present) or "".join(one.text for one in come).strip() != BREAK:
            return False
        begin = end = at
        while begin > 1 and self.present[begin - 1].text.isspace():
            begin -= 1
        while end < len(self.present) - 1 and self.present[end].text.isspace():
            end += 1
        traced, other = self.sources.traced(self.present[begin - 1]), self.sources.traced(self.present[end])
        place = self.sources.stretch(self.present, begin, end) if begin < end else None
        if traced is None or other is None or place is None or traced.inlines != other.inlines:
            return False
        marks = [self.sources.mark(node) for node in traced.inlines]
        if not marks or not all(marks):
            return False
        self._add(*place, f"{''.join(reversed(marks))}\n\n{''.join(marks)}")
        return True

    def _inserted(self, at: int, come: Sequence[Character]) -> bool:
        if self._parted(at, come):
            return True
        gap = self.sources.gap(self.present, at, come[0].looks) or self.sources.gap(
            self.present, at, come[-1].looks
        )
        return (gap is not None and self._put(gap, come)) or self._stated(at, at, come)

    def _stated(self, begin: int, end: int, come: Sequence[Character]) -> bool:
        """What publication.yaml states and is printed as it stands: names, institutions; they have no looks there."""
        place = self.sources.stated(self.present, begin, end)
        known = {one.looks for one in self.present[max(begin - 1, 0) : end + 1]}
        if place is None or any(
            one.text in (*UNWRITTEN, NOTE, BREAK) or one.looks not in known for one in come
        ):
            return False
        self._add(*place, "".join(one.text for one in come))
        return True

    def _put(self, gap: tuple[str, int, Looks], come: Sequence[Character]) -> bool:
        file, place, given = gap
        if not all(given <= one.looks for one in come if one.text.strip()):
            return False
        self._add(file, place, place, markdown(come, self.apart, given))
        return True

    def _add(self, file: str, start: int, stop: int, text: str) -> None:
        self.edits.append(Edit(file, start, stop, text, self.number))

    def _tell(self, what: str, at: int, *, numbers: bool = False) -> None:
        self.unplaced.append(Unplaced(what, self.near(at), numbers))

    def near(self, at: int) -> Span | None:
        """The place of a character, or of the nearest one that has one."""
        for number in _outwards(at, len(self.present)):
            traced = self.sources.traced(self.present[number])
            if traced is not None:
                place = self.sources.place(self.present[number])
                return self.sources.files.place(place[0], place[1]) if place else traced.span
        stated = self.sources.stated(self.present, at, min(at + 1, len(self.present)))
        return self.sources.files.place(*stated[:2]) if stated else None

    # -- Looks ---------------------------------------------------------------------------------------------

    def looks(self, returned: Sequence[Character]) -> None:
        """Words that are the same and look otherwise."""
        present = "".join(one.text for one in self.present)
        shown = "".join(one.text for one in returned)
        for begin, first, length in same_stretches(present, shown):
            pairs = [(self.present[begin + at].looks, returned[first + at].looks) for at in range(length)]
            at = 0
            for (old, new), group in groupby(pairs):
                size = len(list(group))
                stretch = self.present[begin + at : begin + at + size]
                if old != new and any(one.text.strip() for one in stretch):
                    self._looks_of(begin + at, begin + at + size, old, new)
                at += size

    def _looks_of(self, begin: int, end: int, old: Looks, new: Looks) -> None:
        """Other looks of a stretch, those of the author's words by themselves: what the program words has its own."""
        at = begin
        for _, group in groupby(self.present[begin:end], key=lambda one: self.sources.place(one) is None):
            size = len(list(group))
            if any(one.text.isalnum() for one in self.present[at : at + size]):
                self._look(at, at + size, old, new)
            at += size

    def _look(self, begin: int, end: int, old: Looks, new: Looks) -> None:
        while begin < end and self.present[begin].text.isspace():
            begin += 1
        while end > begin and self.present[end - 1].text.isspace():
            end -= 1
        come = [Character(one.text, new) for one in self.present[begin:end]]
        names = ", ".join(sorted(old ^ new))
        what = f"{_shown(self.present[begin:end])} was changed in its looks ({names})"
        if self._replaced(begin, end, come):
            self.meant.append(Unplaced(what, self.near(begin)))
        else:
            self._tell(what, begin)


def _outwards(at: int, length: int) -> Iterator[int]:
    """The numbers below `length`, the nearest to `at` first."""
    middle = min(max(at, 0), length)
    for distance in range(length + 1):
        before, after = middle - distance, middle + distance
        if 0 <= before < length:
            yield before
        if distance and after < length:
            yield after


def _what(gone: Sequence[Character], come: Sequence[Character], before: Sequence[Character]) -> str:
    place = f" behind {_ending(before)}" if any(one.text.strip() for one in before) else ""
    if not gone:
        if all(one.text == BREAK or one.text.isspace() for one in come):
            return (
                f"a new paragraph begins{place}"
                if any(one.text == BREAK for one in come)
                else f"space was added{place}"
            )
        return f"{_shown(come)} was added{place}"
    if _is_break(gone) and not any(one.text.strip() for one in come):
        return f"two paragraphs were joined{place}"
    if not come:
        return f"{_shown(gone)} was taken out"
    short = len(gone) < _SHORT
    return f"{_shown(gone)} became {_shown(come)}{place if short else ''}"


def _is_break(characters: Sequence[Character]) -> bool:
    return "".join(one.text for one in characters).strip() == BREAK


def _ending(characters: Sequence[Character]) -> str:
    """The last words of a text between quotation marks."""
    shown = " ".join("".join(_NAMED.get(one.text, one.text) for one in characters).split())
    return f"“…{shown.partition(' ')[2] or shown}”"


def _shown(characters: Sequence[Character]) -> str:
    """Characters as a text between quotation marks."""
    text = "".join(_NAMED.get(one.text, one.text) for one in characters)
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”"
