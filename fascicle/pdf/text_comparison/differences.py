"""Holds what a PDF reads as against the text that was to be printed.

What is lost, and what cannot be read back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise

from fascicle.document.expected_text import BlockText, Flow
from fascicle.pdf.reading.text import Reading, around
from fascicle.pdf.text_comparison.alignment import Index, MatchedStretch, same
from fascicle.pdf.text_comparison.block_places import NEAR, UNORDERED, BlockPlace, BlockPlaces
from fascicle.pdf.text_comparison.expected_blocks import ExpectedBlock, trusted
from fascicle.pdf.text_comparison.right_to_left import turned_round

LOST = 18
"""Characters in a row, some three words, that are lost when nothing like them is printed; fewer may be misread."""
ALLOWED = 3
"""Characters that may stand inside a block on one page, such as the number of a line."""
LOOKED_AT = 200
"""Stretches of text that nobody wrote in which something like a missing block is looked for."""
REPEATED = 40
"""Characters that must stand twice to be called a repetition."""
CERTAIN = frozenset({"missing", "lost"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One block that is not read back as it was written."""

    block: BlockText
    """The block."""
    kind: str
    """missing, lost, unread, different, hyphen, order or twice."""
    page: int = 0
    """The page, counted from 1; 0 when there is none."""
    printed: str = ""
    """What is printed there."""
    written: str = ""
    """What the source has."""

    @property
    def certain(self) -> bool:
        """True when text is not in the file; of all else the reading may be at fault."""
        return self.kind in CERTAIN


def differences(reading: Reading, blocks: Iterable[BlockText]) -> Iterator[Difference]:
    """Every block that is missing, different, out of order or printed twice, in the order of the blocks."""
    expected = [made for one in blocks if (made := ExpectedBlock(one)).literals]
    places = BlockPlaces(reading, expected).found
    strange = list(_uncovered(reading, places))
    near = dict.fromkeys(Flow, 0)
    """The page on which the last block of each flow begins."""
    ends = dict.fromkeys(Flow, 0)
    """Where the last block of each flow ends."""
    for block, found, until in zip(expected, places, _starts_behind(expected, places), strict=True):
        start = near[block.block.flow]
        if found is None or found.covered < block.length:
            if block.leftward and turned_round(reading, block, start):
                continue
            room = (ends[block.block.flow], until)
            yield _incomplete(reading, block, found, start, strange, room)
            continue
        if found.stray:
            yield Difference(block.block, "order", reading.page(found.start) + 1)
            continue
        near[block.block.flow] = reading.starts[reading.page(found.start)]
        if block.leftward and block.length < LOST and found.start < ends[block.block.flow]:
            continue  # a short word, found in an earlier place that has it, too
        if found.moved or found.start < ends[block.block.flow]:
            yield Difference(block.block, "order", reading.page(found.start) + 1)
        elif block.block.flow not in UNORDERED:
            ends[block.block.flow] = found.firm_end
        inserted = list(_inserted(reading, block, found, strange))
        if not (inserted and block.leftward and turned_round(reading, block, start)):
            yield from inserted
        yield from _hyphens(reading, block, found)
    yield from _repetitions(reading, expected, strange)


# -- What is not there -----------------------------------------------------------------------------------


def _incomplete(
    reading: Reading,
    block: ExpectedBlock,
    found: BlockPlace | None,
    start: int,
    strange: list[tuple[int, int]],
    room: tuple[int, int],
) -> Difference:
    """A block that is not there as a whole; `room` is what stands between its neighbours."""
    if found is None:
        return _absent(reading, block, start, strange, room)
    return _holed(reading, block, found, strange)


def _absent(
    reading: Reading,
    block: ExpectedBlock,
    start: int,
    strange: list[tuple[int, int]],
    room: tuple[int, int],
) -> Difference:
    """A block of which nothing was found: missing, if readers give back such text and nothing like it is near."""
    if not block.trusted:
        return Difference(block.block, "unread")
    text = block.literals[block.longest].text
    place = _misread(reading, text, start, strange)
    if place is None and room[0] < room[1] <= room[0] + 4 * len(text):
        place = _misread(
            reading, text, room[0], [room]
        )  # another block may have been found in what it reads as
    if place is None:
        return Difference(block.block, "missing")
    written = around(block.raw[block.longest], 0, 24, 24)
    return Difference(block.block, "different", reading.page(place) + 1, reading.shown(place), written)


def _starts_behind(blocks: list[ExpectedBlock], places: list[BlockPlace | None]) -> list[int]:
    """For each block where the next one of its flow begins that is found; 0 where blocks have no order."""
    until = dict.fromkeys(Flow, 0)
    starts = []
    for block, found in zip(reversed(blocks), reversed(places), strict=True):
        flow = block.block.flow
        starts.append(until[flow])
        if flow not in UNORDERED and found and not (found.moved or found.stray):
            until[flow] = found.start
    return starts[::-1]


def _misread(reading: Reading, text: str, start: int, strange: list[tuple[int, int]]) -> int | None:
    """Where something like `text` stands in what no block covers: half of it in rows of three letters and more."""
    for begin, end in islice(_from(strange, start), LOOKED_AT):
        alike = SequenceMatcher(None, reading.text[begin:end], text, autojunk=False).get_matching_blocks()
        agreed = [one for one in alike if one.size >= min(3, len(text))]
        if sum(one.size for one in agreed) * 2 >= len(text):
            return begin + agreed[0].a
    return None


def _from(strange: list[tuple[int, int]], start: int) -> Iterator[tuple[int, int]]:
    """Stretches behind a place, not too long to be compared letter for letter, as far as a block may have moved."""
    for begin, end in strange[max(bisect_right(strange, (start, 0)) - 1, 0) :]:
        if begin > start + NEAR:
            return
        yield begin, min(end, begin + NEAR // 10)


def _holed(
    reading: Reading, block: ExpectedBlock, found: BlockPlace, strange: list[tuple[int, int]]
) -> Difference:
    """A block of which parts are not there: lost, where the longest of them is some words and nothing stands for them."""
    holes = list(_holes(block, found))
    number, begin, end, place, instead = max(holes, key=lambda hole: hole[2] - hole[1])
    missing = block.literals[number].text[begin:end]
    lost = len(missing) >= LOST and instead * 2 < len(missing) and trusted(missing) and not found.moved
    page_before = reading.starts[max(reading.page(place) - 1, 0)]
    lost = lost and _misread(reading, missing, page_before, strange) is None
    at = min(place, len(reading.text) - 1)
    return Difference(
        block.block,
        "lost" if lost else "different",
        reading.page(at) + 1,
        reading.shown(at),
        around(block.raw[number], begin, 24, 24 + min(end - begin, 24)),
    )


def _holes(block: ExpectedBlock, found: BlockPlace) -> Iterator[tuple[int, int, int, int, int]]:
    """Stretches that no part covers: literal, begin, end, the place at which they should stand, what stands there."""
    place = found.start
    for number, (literal, parts) in enumerate(zip(block.literals, found.parts, strict=True)):
        begin = 0
        for part in parts:
            if part.begin > begin:
                yield number, begin, part.begin, place, part.place - place
            begin, place = part.end, part.stop
        if begin < len(literal.text):
            following = next((later[0].place for later in found.parts[number + 1 :] if later), place)
            yield number, begin, len(literal.text), place, max(following - place, 0)


def _inserted(
    reading: Reading, block: ExpectedBlock, found: BlockPlace, strange: list[tuple[int, int]]
) -> Iterator[Difference]:
    """Text inside a block, on one page, that no block has. Between pages stands what is printed around them."""
    for number, parts in enumerate(found.parts):
        before = found.parts[number - 1][-1:] if number else ()
        for first, second in pairwise((*before, *parts)):
            gap = ALLOWED + (block.gaps[number] if second is parts[0] else 0)
            if reading.page(first.stop - 1) != reading.page(second.place):
                continue
            if _stretch(strange, first.stop, second.place) > gap:
                at = first.stop
                written = around(block.raw[number], second.begin, 24, 24)
                yield Difference(block.block, "different", reading.page(at) + 1, reading.shown(at), written)
                return


def _stretch(strange: list[tuple[int, int]], begin: int, end: int) -> int:
    """How long the longest stretch of strange text is between two places."""
    at = max(bisect_right(strange, (begin, 0)) - 1, 0)
    longest = 0
    while at < len(strange) and strange[at][0] < end:
        longest = max(longest, min(strange[at][1], end) - max(strange[at][0], begin))
        at += 1
    return longest


# -- Hyphens and repetitions -----------------------------------------------------------------------------


def _hyphens(reading: Reading, block: ExpectedBlock, found: BlockPlace) -> Iterator[Difference]:
    """Hyphens that were written and are not printed, or printed inside a line and not written.

    A soft one (U+00AD) that was written is printed only where a line ends.
    """
    for number, parts in enumerate(found.parts):
        written = block.literals[number].hyphens
        for part in parts if written or reading.hyphens else ():
            shift = part.place - part.begin
            for place, soft in written.items():
                if not soft and part.begin < place < part.end and place + shift not in reading.hyphens:
                    yield _hyphen(reading, block, number, part, place)
            for place in range(part.place + 1, part.stop):
                if not reading.hyphens.get(place, True) and written.get(place - shift, True):
                    yield _hyphen(reading, block, number, part, place - shift)


def _hyphen(
    reading: Reading, block: ExpectedBlock, number: int, part: MatchedStretch, place: int
) -> Difference:
    at = place + part.place - part.begin
    return Difference(
        block.block,
        "hyphen",
        reading.page(at) + 1,
        reading.shown(at, 16, 16),
        around(block.raw[number], place, 16, 16),
    )


def _repetitions(
    reading: Reading, blocks: list[ExpectedBlock], strange: list[tuple[int, int]]
) -> Iterator[Difference]:
    """Text of blocks that stands once more where no block wants it.

    Titles are printed again in the contents, in running heads and in "how to cite", heads of tables on each page.
    """
    texts = [(block, literal.text) for block in blocks if _repeats(block) for literal in block.literals]
    index = Index([text for _, text in texts])
    for begin, end in strange:
        if end - begin < REPEATED:
            continue
        for first, known in index.seeds(reading.text[begin : min(end, begin + 2 * REPEATED)]):
            number, place = known[0]
            block, text = texts[number]
            if same(reading.text, begin + first, text, place) >= REPEATED:
                at = begin + first
                yield Difference(block.block, "twice", reading.page(at) + 1, reading.shown(at, 0, 40))
                break


def _repeats(block: ExpectedBlock) -> bool:
    return block.block.flow in (Flow.BODY, Flow.NOTE) and block.block.name not in (
        "heading",
        "row of a table",
    )


def _uncovered(reading: Reading, places: list[BlockPlace | None]) -> Iterator[tuple[int, int]]:
    """Stretches of the file that no block covers."""
    parts = sorted(
        (part.place, part.stop) for found in places if found for some in found.parts for part in some
    )
    end = 0
    for place, stop in (*parts, (len(reading.text), len(reading.text))):
        if place > end:
            yield end, place
        end = max(end, stop)
