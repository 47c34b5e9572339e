"""Finds the place of each expected block in what a PDF reads as.

Long blocks first, short ones between them.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise

from fascicle.document.expected_text import Flow
from fascicle.pdf.reading.text import Reading
from fascicle.pdf.text_comparison.alignment import (
    PROBE,
    STEP,
    Index,
    MatchedStretch,
    aligned,
    occurrences,
    page_end_after,
    same,
)
from fascicle.pdf.text_comparison.expected_blocks import ExpectedBlock

LONG = 24
"""Characters from which a block is found by itself, wherever it stands."""
LABEL = 16
"""Characters that may stand between a line's begin and a block: a number, a bullet, the word Abstract."""
NEAR = 20_000
"""Characters behind its predecessor in which a block is looked for first: some five pages."""
REST = 8
"""Characters of a text that tell by themselves where it goes on."""
REPEATS = 3
"""Places of one probe that are tried."""
TRIED = 8
"""Places of one block that are tried near by, and as many further away."""
_IN_ROWS = frozenset({"row of a table", "cell of a table", "line of a gloss", "entry of the list of works"})
"""Texts that stand behind one another, wherever the first of them is."""
UNORDERED = frozenset({Flow.FLOAT, Flow.MATTER})
"""Texts whose place the engine or the template chooses."""


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block stands."""

    parts: tuple[tuple[MatchedStretch, ...], ...]
    """The parts of each literal; none of one that is not there."""
    moved: bool = False
    """Whether it stands before what it should follow."""
    stray: bool = False
    """Whether a few words were found behind what should follow them, as in a running head: they tell nothing of the order."""

    @property
    def start(self) -> int:
        """Where its first part begins."""
        return next(part.place for parts in self.parts for part in parts)

    @property
    def covered(self) -> int:
        """How many of its characters are there."""
        return sum(part.end - part.begin for parts in self.parts for part in parts)

    @property
    def firm_end(self) -> int:
        """Where the last part ends that is long enough not to stand there by chance."""
        parts = [part for some in self.parts for part in some]
        return max((part.stop for part in parts if part.end - part.begin >= PROBE), default=self.start)

    @property
    def end(self) -> int:
        """Where its last part ends."""
        return max(part.stop for parts in self.parts for part in parts)


class BlockPlaces:
    """The places of blocks in a file."""

    def __init__(self, reading: Reading, blocks: Sequence[ExpectedBlock]) -> None:
        self.reading = reading
        self.blocks = blocks
        self.found: list[BlockPlace | None] = [None] * len(blocks)
        for flow in Flow:
            if flow not in UNORDERED:
                self._ordered([at for at, one in enumerate(blocks) if one.block.flow is flow])
        self._unordered()

    @cached_property
    def _index(self) -> Index:
        return Index([self.reading.text])

    # -- Blocks that keep their order ----------------------------------------------------------------------

    def _ordered(self, numbers: list[int]) -> None:
        """Blocks of one flow: the long ones one behind another, whole ones first, and the short ones between them."""
        long = [at for at in numbers if self.blocks[at].length >= LONG]
        self._in_a_row(long)
        self._put_right(long)
        self._between(long)
        taken = self._taken(long)
        cursor = 0
        for at, until in zip(numbers, self._starts_behind(numbers), strict=True):
            if self.blocks[at].length < LONG:
                self.found[at] = _stray_behind(self._short(self.blocks[at], cursor, until, taken), until)
            if (found := self.found[at]) and not (found.moved or found.stray):
                cursor = max(cursor, found.end)

    def _taken(self, numbers: list[int]) -> list[tuple[int, int]]:
        """The stretches of the file in which blocks stand, sorted."""
        return sorted((part.place, part.stop) for at in numbers for part in _parts(self.found[at]))

    def _in_a_row(self, numbers: list[int]) -> None:
        """Places blocks that are there as a whole, one behind another."""
        cursor, far = 0, -NEAR
        for at in numbers:
            found = self._best(self.blocks[at], cursor)
            if found is None or found.covered < self.blocks[at].length or not self._in_one_piece(found):
                continue
            self.found[at] = found
            if 0 <= found.start - cursor <= NEAR or 0 <= found.start - far <= NEAR:
                cursor = found.end
            elif found.start > cursor:
                far = found.end  # one alone may be the same words somewhere else

    def _in_one_piece(self, found: BlockPlace) -> bool:
        """Whether the parts of each literal follow one another, but for what stands around pages."""
        return all(
            second.place == first.stop or self.reading.page(first.stop - 1) != self.reading.page(second.place)
            for parts in found.parts
            for first, second in pairwise(parts)
        )

    def _between(self, numbers: list[int]) -> None:
        """Blocks of which only parts are there, each between its neighbours and where no other block stands."""
        taken = self._taken(numbers)
        cursor = 0
        for at, until in zip(numbers, self._starts_behind(numbers), strict=True):
            if self.found[at] is None and (found := self._best(self.blocks[at], cursor)):
                self.found[at] = _free(found, taken, cursor, max(until, cursor))
            if (known := self.found[at]) and not known.moved:
                cursor = max(cursor, known.firm_end)

    def _put_right(self, numbers: list[int]) -> None:
        """Blocks out of the order of most are looked for once more between their neighbours, or else called moved."""
        placed = [(at, found) for at in numbers if (found := self.found[at])]
        kept = _rising([found.start for _, found in placed])
        for number, (at, found) in enumerate(placed):
            turn = bisect_left(kept, number)
            if turn < len(kept) and kept[turn] == number:
                continue
            before = placed[kept[turn - 1]][1].end if turn else 0
            after = placed[kept[turn]][1].start if turn < len(kept) else len(self.reading.text)
            again = self._best(self.blocks[at], before)
            inside = again is not None and before <= again.start < after
            self.found[at] = again if inside else BlockPlace(found.parts, moved=True)

    def _starts_behind(self, numbers: list[int]) -> list[int]:
        """For each block where the next one that is placed begins."""
        starts: list[int] = []
        until = len(self.reading.text)
        for at in reversed(numbers):
            starts.append(until)
            if (found := self.found[at]) and not found.moved:
                until = found.start
        return starts[::-1]

    def _short(
        self, block: ExpectedBlock, cursor: int, until: int, taken: list[tuple[int, int]]
    ) -> BlockPlace | None:
        """A short block between its neighbours: at a line's begin or right behind the one before it, or else anywhere."""
        text = self.reading.text
        first = block.literals[0].text
        last = min(until, cursor + NEAR) if until > cursor else page_end_after(self.reading, cursor)
        note = block.block.flow is Flow.NOTE or block.gaps[0] > 0
        for place in occurrences(text, first, cursor, last):
            if note or place - cursor <= LABEL or self._at_line(place):
                return self._whole(block, place)
        around = max(self.reading.starts[max(self.reading.page(cursor) - 1, 0)], 0)
        for place in occurrences(text, first, around, page_end_after(self.reading, last)):
            if self._at_line(place) and not _inside(taken, place):
                return self._whole(block, place)
        return None

    def _at_line(self, place: int) -> bool:
        return any(place - back in self.reading.line_starts for back in range(LABEL + 1))

    # -- Blocks that stand anywhere ------------------------------------------------------------------------

    def _unordered(self) -> None:
        """Captions, rows and what the template prints: near the text that they follow, or else anywhere."""
        near, behind = 0, 0
        for at, block in enumerate(self.blocks):
            if block.block.flow not in UNORDERED:
                found = self.found[at]
                near = found.start if found and block.block.flow is Flow.BODY else near
                continue
            from_page = self.reading.starts[max(self.reading.page(near) - 2, 0)] if near else 0
            behind = behind if block.block.name in _IN_ROWS else 0
            if block.length >= LONG:
                self.found[at] = self._following(block, behind) or self._best(block, from_page)
            elif (place := self._anywhere(block.literals[0].text, behind, from_page)) is not None:
                self.found[at] = self._whole(block, place)
            if found := self.found[at]:
                behind = found.end

    def _following(self, block: ExpectedBlock, behind: int) -> BlockPlace | None:
        """A row or entry behind the one before it, if all of it stands there."""
        found = self._best(block, behind) if behind else None
        return found if found and found.covered == block.length and found.start >= behind else None

    def _anywhere(self, text: str, behind: int, cursor: int) -> int | None:
        for start in (behind or cursor, cursor, 0):
            if (place := self.reading.text.find(text, start)) >= 0:
                return place
        return None

    # -- One block -----------------------------------------------------------------------------------------

    def _best(self, block: ExpectedBlock, cursor: int) -> BlockPlace | None:
        """Where most of a block stands, of a few places: behind `cursor`, or before it where it is not there."""
        best: BlockPlace | None = None
        most = (0, False)
        until = cursor + NEAR + 2 * block.length  # notes may stand among the parts of a long block
        for place in self._candidates(block.literals[block.longest].text, cursor, until):
            found = self._whole(block, place)
            worth = (found.covered, self._in_one_piece(found))
            if found.covered and worth > most:
                best, most = found, worth
            if most == (block.length, True):
                break
        return best

    def _candidates(self, text: str, cursor: int, until: int) -> Iterator[int]:
        """Places at which a text may begin: near by, and by its own first words, which another may have further on."""
        yield from islice(self._near(text, cursor, until), TRIED)
        yield from islice(self._indexed(text, cursor), TRIED)

    def _near(self, text: str, cursor: int, until: int) -> Iterator[int]:
        for begin in _steps(len(text)):
            probe = text[begin : begin + PROBE]
            for place in islice(occurrences(self.reading.text, probe, cursor, until), REPEATS):
                yield max(place - begin, 0)

    def _indexed(self, text: str, cursor: int) -> Iterator[int]:
        for begin, places in self._index.seeds(text):
            starts = [place - begin for _, place in places]
            at = bisect_left(starts, cursor)
            for start in (*starts[at : at + 1], *starts[max(at - 1, 0) : at]):
                if same(text, begin, self.reading.text, max(start, 0) + begin) >= min(
                    LONG, len(text) - begin
                ):
                    yield max(start, 0)

    def _whole(self, block: ExpectedBlock, place: int) -> BlockPlace:
        """All literals of a block of which one begins at `place`: the longest, or of a short one the first."""
        anchor = block.longest if block.length >= LONG else 0
        parts = [aligned(block.literals[anchor].text, self.reading, place)]
        for number in range(anchor - 1, -1, -1):
            parts.insert(0, self._before(block, number, next((p[0].place for p in parts if p), place)))
        for number in range(anchor + 1, len(block.literals)):
            parts.append(self._behind(block, number, max((p[-1].stop for p in parts if p), default=place)))
        for number in range(1, len(parts)):
            if parts[number - 1] and parts[number]:
                stop = parts[number - 1][-1].stop
                text, until = block.literals[number].text, stop + block.gaps[number] + LABEL
                parts[number] = (*self._head(text, parts[number], stop, until), *parts[number])
        return BlockPlace(tuple(parts))

    def _before(self, block: ExpectedBlock, number: int, place: int) -> tuple[MatchedStretch, ...]:
        """A literal that stands before `place`: within its gap, or on the page before."""
        text = block.literals[number].text
        page = self.reading.page(place)
        nearest = place - block.gaps[number + 1] - len(text) - LABEL
        for first in (nearest, self.reading.starts[max(page - 2, 0)]):
            start = self.reading.text.rfind(text[:PROBE], max(first, 0), place)
            if start >= 0:
                return aligned(text, self.reading, start)
        return self._over_page(text, self.reading.starts[max(page - 1, 0)], place)

    def _over_page(self, text: str, first: int, place: int) -> tuple[MatchedStretch, ...]:
        """A literal whose first words are the last of a page: those, and what follows them on the next."""
        for cut in range(1, min(PROBE, len(text))):
            rest = text[cut : cut + PROBE]
            start = self.reading.text.rfind(rest, first, place)
            head = self.reading.text.rfind(text[:cut], first, start) if start >= 0 else -1
            if (
                head >= 0 and len(rest) < REST
            ):  # so few may stand anywhere: here they begin a line of the next page
                behind = occurrences(self.reading.text, rest, self.reading.page_end(head), place)
                start = next((one for one in behind if one in self.reading.line_starts), -1)
            if head >= 0 and start >= 0:
                stop = cut + same(text, cut, self.reading.text, start)
                return MatchedStretch(head, 0, cut), MatchedStretch(start, cut, stop)
        return ()

    def _behind(self, block: ExpectedBlock, number: int, place: int) -> tuple[MatchedStretch, ...]:
        """A literal behind a gap: near by, or on the next pages."""
        text, gap = block.literals[number].text, block.gaps[number]
        start = self.reading.text.find(text[:PROBE], place, place + gap + len(text[:PROBE]) + LABEL)
        if start >= 0:
            return aligned(text, self.reading, start)
        return aligned(text, self.reading, place)

    def _head(
        self, text: str, parts: tuple[MatchedStretch, ...], place: int, until: int
    ) -> tuple[MatchedStretch, ...]:
        """What stands of a literal at a page's end, when the rest of it begins the next one."""
        length = parts[0].begin if parts else 0
        start = self.reading.text.find(text[:length], place, until + length) if length else -1
        return (MatchedStretch(start, 0, length),) if 0 <= start < parts[0].place else ()


def _stray_behind(found: BlockPlace | None, until: int) -> BlockPlace | None:
    """A place marked as stray where it is not before `until`."""
    return replace(found, stray=True) if found and found.start >= until else found


def _parts(found: BlockPlace | None) -> Iterator[MatchedStretch]:
    return (part for parts in found.parts for part in parts) if found else iter(())


def _free(found: BlockPlace, taken: list[tuple[int, int]], first: int, last: int) -> BlockPlace | None:
    """The parts of a block between two places and outside what others take; None when there are none."""
    parts = tuple(
        tuple(part for part in some if first <= part.place < last and not _inside(taken, part.place))
        for some in found.parts
    )
    return BlockPlace(parts) if any(parts) else None


def _inside(taken: list[tuple[int, int]], place: int) -> bool:
    """Whether a place is inside a stretch of a sorted list."""
    at = bisect_right(taken, (place, sys.maxsize)) - 1
    return at >= 0 and place < taken[at][1]


def _steps(length: int) -> Iterator[int]:
    """Where probes of a text begin."""
    yield from range(0, max(length - PROBE, 0), STEP)
    yield max(length - PROBE, 0)


def _rising(values: list[int]) -> list[int]:
    """Numbers of values that make the longest rising row of them."""
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, value in enumerate(values):
        at = bisect_left(ends, value)
        before.append(rows[at - 1] if at else -1)
        ends[at : at + 1] = [value]
        rows[at : at + 1] = [number]
    row: list[int] = []
    at = rows[-1] if rows else -1
    while at >= 0:
        row.append(at)
        at = before[at]
    return row[::-1]
