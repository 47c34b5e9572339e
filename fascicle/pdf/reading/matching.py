"""Finds each expected block in what a PDF reads as, also where a page ends inside it, or says where the two part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fascicle.document.expected_text import BlockText, Flow, Gap
from fascicle.pdf.reading.text import LEFTWARD, POINTS, Key, Reading, around, bare_words, key

PROBE = 24
"""Characters by which a place is found before the rest is compared."""
SHORT = 5
"""Characters by which a place is guessed for a message, when nothing better is found."""
LABEL = 16
"""Characters that may stand between a line's begin and a block: a number, a bullet, the word Abstract."""
OVERSHOOT = 12
"""Characters that the text of the page's foot may share with the text that goes on, by chance."""
STEPS = 1000
"""Attempts before a block is given up: a bound for texts of many gaps and few letters."""
REPEATED = 40
"""Characters that must stand twice to be called a repetition."""
NEAR = 20_000
"""Characters behind a block in which a repetition is looked for: some five pages."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One block that is not printed as it was written."""

    block: BlockText
    """The block."""
    kind: str
    """missing, different, hyphen, order or twice."""
    page: int = 0
    """The page, counted from 1; 0 when there is none."""
    printed: str = ""
    """What is printed there."""
    written: str = ""
    """What the source has."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a block's text at its place in the file."""

    place: int
    literal: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a block stands."""

    start: int
    end: int
    parts: tuple[_Part, ...]


UNORDERED = frozenset({Flow.FLOAT, Flow.MATTER})
"""Texts whose place the engine or the template chooses."""


@dataclass(slots=True)
class _Trail:
    """How far the reading of a block came, at best."""

    steps: int = STEPS
    number: int = 0
    same: int = 0
    place: int = -1

    def reached(self, number: int, same: int, place: int) -> None:
        """Keep a place that is farther into the block than those before."""
        if self.place < 0 or (number, same) > (self.number, self.same):
            self.number, self.same, self.place = number, same, place


def differences(reading: Reading, blocks: Iterable[BlockText]) -> Iterator[Difference]:
    """Every block that is missing, different, out of order or printed twice."""
    cursors = dict.fromkeys(Flow, 0)
    found: list[tuple[_Block, _Found]] = []
    for one in blocks:
        block = _Block(one)
        if not block.literals:
            continue
        trail = _Trail()
        place = _first(reading, block, cursors[one.flow], trail)
        if place is None:
            free = one.flow in UNORDERED
            moved = _first(reading, block, 0, _Trail()) if block.length >= PROBE or free else None
            if moved is None and _turned_round(reading, block, 0 if free else cursors[one.flow]):
                continue
            if moved is None:
                yield _difference(reading, block, trail)
                continue
            if not free:
                yield Difference(one, "order", reading.page(moved.start) + 1)
            place = moved
        cursors[one.flow] = place.end
        found.append((block, place))
        yield from _hyphens(reading, block, place)
    yield from _repetitions(reading, found)


class _Block:
    """A block with its texts as keys."""

    def __init__(self, block: BlockText) -> None:
        self.block = block
        self.literals: list[Key] = []
        self.raw: list[str] = []
        self.gaps: list[int] = []
        """Longest gap before each literal."""
        waiting = 0
        for piece in block.pieces:
            if isinstance(piece, Gap):
                waiting += piece.longest
            elif (held := key(piece)).text:
                self.literals.append(held)
                self.raw.append(piece)
                self.gaps.append(waiting)
                waiting = 0

    @property
    def length(self) -> int:
        """Characters that are known beforehand."""
        return sum(len(literal.text) for literal in self.literals)


def _first(reading: Reading, block: _Block, cursor: int, trail: _Trail) -> _Found | None:
    """The first place from `cursor` on at which the whole block stands."""
    first = block.literals[0].text
    for place in _starts(reading, first, cursor):
        if not _begins_here(reading, block, place, cursor):
            continue
        for parts in _follow(reading, block, 0, place, trail):
            return _Found(parts[0].place, parts[-1].place + parts[-1].end - parts[-1].begin, parts)
        if trail.steps < 0:
            break
    return None


def _turned_round(reading: Reading, block: _Block, cursor: int) -> bool:
    """Whether every word of a block with writing from right to left stands soon behind `cursor`, in whatever order.

    Readers give a line of such writing turned round, with its brackets, its numbers and the Latin words beside it
    in places of their own, so that a text of more than one line cannot be compared letter for letter.
    """
    if not any(LEFTWARD.search(raw) for raw in block.raw):
        return False
    near = POINTS.sub("", reading.text[cursor : cursor + NEAR if cursor else None])
    words = {word for raw in block.raw for word in bare_words(raw)}
    return all(word in near or word[::-1] in near for word in words)


def _starts(reading: Reading, literal: str, cursor: int) -> Iterator[int]:
    """Where a block that begins with `literal` may begin."""
    yield from _occurrences(reading.text, literal[:PROBE], cursor, len(reading.text))
    yield from _before_line_end(reading, literal, cursor, _page_end_after(reading, cursor))


def _begins_here(reading: Reading, block: _Block, place: int, cursor: int) -> bool:
    """A short text must stand at a line's begin, or right behind its predecessor, to be the one that is meant."""
    if block.length >= PROBE or block.gaps[0] or block.block.flow in UNORDERED | {Flow.NOTE}:
        return True
    return place - cursor <= LABEL or any(place - back in reading.line_starts for back in range(LABEL + 1))


def _follow(
    reading: Reading, block: _Block, number: int, place: int, trail: _Trail
) -> Iterator[tuple[_Part, ...]]:
    """Every way to read the block's texts from `number` on, the first of them at `place`."""
    literal = block.literals[number].text
    for parts in _read(reading, literal, number, 0, place, trail):
        if number + 1 == len(block.literals):
            yield parts
            continue
        end = parts[-1].place + parts[-1].end - parts[-1].begin
        following = block.literals[number + 1].text
        trail.reached(number + 1, 0, end)
        for start in _after_gap(reading, following, end, block.gaps[number + 1]):
            for rest in _follow(reading, block, number + 1, start, trail):
                yield (*parts, *rest)
            if trail.steps < 0:
                return


def _after_gap(reading: Reading, literal: str, place: int, longest: int) -> Iterator[int]:
    """Where `literal` may begin behind a gap: near by, or on the next pages when this one ends."""
    probe = literal[:PROBE]
    yield from _occurrences(reading.text, probe, place, place + longest + len(probe))
    yield from _before_line_end(reading, literal, place, place + longest)
    begin = reading.page_end(place)
    end = _page_end_after(reading, begin)
    yield from _occurrences(reading.text, probe, begin, end)


def _before_line_end(reading: Reading, literal: str, first: int, last: int) -> Iterator[int]:
    """Where a line's end, the last one of a page it may be, cuts `literal` too short to be found by its probe."""
    for cut in range(min(len(literal), PROBE) - 1, 0, -1):
        for place in _occurrences(reading.text, literal[:cut], first, last + cut):
            if _at_line(reading, place + cut):
                yield place


def _page_end_after(reading: Reading, begin: int, pages: int = 2) -> int:
    """Where the second page from `begin` on ends: a page of figures alone may stand between."""
    last = min(reading.page(begin) + pages, len(reading.pages)) if begin < len(reading.text) else -1
    return reading.starts[last]


def _read(
    reading: Reading, literal: str, number: int, begin: int, place: int, trail: _Trail
) -> Iterator[tuple[_Part, ...]]:
    """Every way to read `literal` from its character `begin` on at `place`, going on behind a page's end."""
    trail.steps -= 1
    rest = literal[begin:]
    if reading.text.startswith(rest, place):
        yield (_Part(place, number, begin, len(literal)),)
        return
    if trail.steps < 0:
        return
    same = _same(rest, reading.text, place)
    trail.reached(number, begin + same, place + same)
    page_end = reading.page_end(place)
    if page_end >= len(reading.text):
        return
    limit = _page_end_after(reading, page_end)
    for cut in range(same, max(same - OVERSHOOT, 0), -1):
        probe = rest[cut : cut + PROBE]
        for start in _occurrences(reading.text, probe, page_end, limit):
            if len(probe) < PROBE and not _at_line(reading, start):
                continue
            for parts in _read(reading, literal, number, begin + cut, start, trail):
                yield (_Part(place, number, begin, begin + cut), *parts)


def _same(text: str, other: str, place: int) -> int:
    """How many characters of `text` stand in `other` from `place` on."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if other.startswith(text[:middle], place):
            low = middle
        else:
            high = middle - 1
    return low


def _at_line(reading: Reading, place: int) -> bool:
    return place in reading.line_starts


def _occurrences(text: str, probe: str, start: int, end: int) -> Iterator[int]:
    place = text.find(probe, start, end)
    while place >= 0:
        yield place
        place = text.find(probe, place + 1, end)


def _hyphens(reading: Reading, block: _Block, found: _Found) -> Iterator[Difference]:
    """Hyphens that were written and are not printed, or printed inside a line and not written.

    A soft one (U+00AD) that was written is printed only where a line ends.
    """
    for part in found.parts:
        written = block.literals[part.literal].hyphens
        if not written and not reading.hyphens:
            continue
        shift = part.place - part.begin
        for place, soft in written.items():
            if not soft and part.begin < place < part.end and place + shift not in reading.hyphens:
                yield _hyphen(reading, block, part, place)
        for place in range(part.place + 1, part.place + part.end - part.begin):
            if not reading.hyphens.get(place, True) and written.get(place - shift, True):
                yield _hyphen(reading, block, part, place - shift)


def _hyphen(reading: Reading, block: _Block, part: _Part, place: int) -> Difference:
    at = place + part.place - part.begin
    return Difference(
        block.block,
        "hyphen",
        reading.page(at) + 1,
        reading.shown(at, 16, 16),
        around(block.raw[part.literal], place, 16, 16),
    )


def _repetitions(reading: Reading, found: list[tuple[_Block, _Found]]) -> Iterator[Difference]:
    """Blocks whose text stands once more soon after them, where no block wants it."""
    covered = {part.place for _, one in found for part in one.parts}
    for block, one in found:
        if block.block.flow not in (Flow.BODY, Flow.NOTE) or block.block.name == "heading":
            continue  # titles are printed again in the contents, in running heads and in "how to cite"
        longest = max(one.parts, key=lambda part: part.end - part.begin)
        text = block.literals[longest.literal].text[longest.begin : longest.end]
        if len(text) < REPEATED:
            continue
        probe = text[:REPEATED]
        end = min(one.end + NEAR, len(reading.text))
        for place in _occurrences(reading.text, probe, one.end, end):
            if place not in covered:
                yield Difference(block.block, "twice", reading.page(place) + 1, reading.shown(place, 0, 40))
                break


def _difference(reading: Reading, block: _Block, trail: _Trail) -> Difference:
    """Where a block that is not found parts from what is printed: as far as any reading of it came."""
    first = len(block.literals[0].text)
    if trail.place < 0 or (trail.number == 0 and trail.same < min(PROBE // 2, first)):
        return _torn(reading, block)
    at, same = min(trail.place, len(reading.text) - 1), trail.same
    if trail.number and not same:  # what follows a gap is not there as a whole: its first letters may be
        literal = block.literals[trail.number].text
        near = reading.text.find(literal[:SHORT], at, at + block.gaps[trail.number] + SHORT)
        if near >= 0:
            same = _same(literal, reading.text, near)
            at = min(near + same, len(reading.text) - 1)
    written = around(block.raw[trail.number], same, 24, 24)
    return Difference(block.block, "different", reading.page(at) + 1, reading.shown(at), written)


def _torn(reading: Reading, block: _Block) -> Difference:
    """A block whose beginning is not found: it differs there when its middle is, and else is missing."""
    for number, literal in enumerate(block.literals):
        for begin in range(PROBE // 2, len(literal.text) - PROBE, PROBE // 2):
            place = reading.text.find(literal.text[begin : begin + PROBE])
            if place >= 0:
                written = around(block.raw[number], begin, 36, 12)
                return Difference(
                    block.block, "different", reading.page(place) + 1, reading.shown(place, 36, 12), written
                )
    return Difference(block.block, "missing")
