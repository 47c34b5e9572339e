"""Where the pages of the PDF begin in the text.

Marks that readers of the book can cite and go to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fascicle.core.diagnostics import Span
from fascicle.document.expected_text import BlockText, Flow, Gap
from fascicle.export.elements import Element, element
from fascicle.export.html.nodes import Nodes
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.reading.text import Reading, key
from fascicle.pdf.text_comparison.block_places import BlockPlace, BlockPlaces
from fascicle.pdf.text_comparison.expected_blocks import ExpectedBlock

_LEAVES = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "code"})
"""Elements that hold running text."""
_INNER = frozenset({"a", "em", "i", "strong", "s", "u", "span", "sup", "sub", "code", "bdi"})
"""Elements that text goes on in."""
_FLOATING = frozenset({"figure", "table", "math"})
"""What stands on another page than the text around it."""
_GAP = 40


@dataclass(slots=True)
class _Piece:
    """A stretch of text of an element."""

    owner: Element
    """The element whose text it is, or behind which it stands."""
    behind: bool
    """Whether it stands behind the element."""

    @property
    def text(self) -> str:
        return (self.owner.tail if self.behind else self.owner.text) or ""


@dataclass(slots=True)
class _Block:
    """An element with running text."""

    holder: Element
    """The element."""
    literals: list[list[_Piece]] = field(default_factory=lambda: [[]])
    """Its stretches, parted where something else stands."""

    def expected(self) -> ExpectedBlock:
        """The block as it is looked for in the PDF."""
        pieces: list[str | Gap] = []
        for literal in self.literals:
            pieces += [Gap(_GAP)] if pieces else []
            pieces.append("".join(piece.text for piece in literal))
        return ExpectedBlock(BlockText("paragraph", Flow.BODY, Span(""), tuple(pieces)))


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page of the PDF in the text."""

    identifier: str
    """Identifier of its mark."""
    label: str
    """What the PDF calls it."""


def mark_pages(texts: Sequence[Nodes], pdf: bytes) -> list[PageMark]:
    """Put a mark where each page of `pdf` but the first begins; gives all of them, the first for the title's page."""
    inspection = Inspection(pdf)
    labels = inspection.reader.page_labels
    reading = Reading(inspection.read_texts)
    blocks = [
        block for nodes in texts for node in nodes if not isinstance(node, str) for block in _blocks(node)
    ]
    blocks = [block for block in blocks if block.expected().literals]
    expected = [block.expected() for block in blocks]
    found = BlockPlaces(reading, expected).found
    marks = [PageMark(f"page-{number}", label) for number, label in enumerate(labels, 1)]
    places = [_place(start, blocks, expected, found) for start in reading.starts[:-1]]
    waiting: list[PageMark] = []
    todo: list[tuple[list[PageMark], _Block, int, int]] = []
    for mark, place in zip(marks[1:], places[1:], strict=True):
        waiting.append(mark)
        if place is not None:
            todo.append((waiting, *place))
            waiting = []
    for group, block, literal, offset in reversed(todo):
        _insert(block, literal, offset, group)
    if blocks:
        # What the last pages hold, such as the colophon, is no running text: they begin behind it.
        blocks[-1].holder.extend(_mark(mark) for mark in waiting)
        return marks
    return marks[:1]


def _place(
    start: int,
    blocks: Sequence[_Block],
    expected: Sequence[ExpectedBlock],
    found: Sequence[BlockPlace | None],
) -> tuple[_Block, int, int] | None:
    """Block, literal and character with which a page begins."""
    best: tuple[int, _Block, int, int] | None = None
    for block, known, one in zip(blocks, expected, found, strict=True):
        if one is None or one.moved or one.end <= start:
            continue
        for number, parts in enumerate(one.parts):
            for part in parts:
                if part.stop > start and (best is None or part.place < best[0]):
                    offset = part.begin + max(start - part.place, 0)
                    best = part.place, block, _literal(known, block, number), offset
    return best[1:] if best else None


def _literal(known: ExpectedBlock, block: _Block, number: int) -> int:
    """The stretch that a literal is; those without a character to compare are none."""
    held = [at for at, pieces in enumerate(block.literals) if key("".join(one.text for one in pieces)).text]
    return held[number]


def _insert(block: _Block, number: int, offset: int, marks: Iterable[PageMark]) -> None:
    """Put marks before the word in which a character stands, or before the whole element."""
    made = [_mark(mark) for mark in marks]
    pieces = block.literals[number]
    whole = "".join(piece.text for piece in pieces)
    at = _raw_offset(whole, offset)
    at = whole.rfind(" ", 0, at + 1) + 1
    for piece in pieces:
        if at <= len(piece.text):
            _split(block.holder, piece, at, made)
            return
        at -= len(piece.text)


def _raw_offset(text: str, offset: int) -> int:
    """The place of a compared character in the text."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(key(text[:middle]).text) > offset:
            high = middle
        else:
            low = middle + 1
    return max(low - 1, 0)


def _split(holder: Element, piece: _Piece, at: int, made: list[Element]) -> None:
    """Put elements into a stretch of text."""
    text = piece.text
    made[-1].tail = text[at:]
    if not piece.behind:
        piece.owner.text = text[:at]
        for number, one in enumerate(made):
            piece.owner.insert(number, one)
        return
    parent = next(one for one in holder.iter() if piece.owner in list(one))
    piece.owner.tail = text[:at]
    place = list(parent).index(piece.owner) + 1
    for number, one in enumerate(made):
        parent.insert(place + number, one)


def _mark(mark: PageMark) -> Element:
    made = element("span", id=mark.identifier, role="doc-pagebreak")
    made.set("epub:type", "pagebreak")
    made.set("aria-label", mark.label)
    return made


def _blocks(node: Element) -> Iterator[_Block]:
    """Elements with running text, in reading order."""
    if node.tag in _FLOATING:
        return
    if node.tag in _LEAVES:
        block = _Block(node)
        inner: list[Element] = []
        _gather(node, block, inner)
        yield block
        for one in inner:
            yield from _blocks(one)
        return
    for child in node:
        yield from _blocks(child)


def _gather(node: Element, block: _Block, inner: list[Element]) -> None:
    """The stretches of an element; what begins a block of its own goes to `inner`."""
    block.literals[-1].append(_Piece(node, behind=False))
    for child in node:
        if child.tag in _INNER and child.get("class") not in ("mark", "back", "number", "equation"):
            _gather(child, block, inner)
        else:
            if child.tag not in ("br", "math", "a", "span"):
                inner.append(child)
            block.literals.append([])
        block.literals[-1].append(_Piece(child, behind=True))
