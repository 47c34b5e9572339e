"""Holds a structure tree against what the text has: what is there in another form, or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from fascicle.document.expected_tags import ExpectedTag, Pieces
from fascicle.document.expected_text import Gap
from fascicle.pdf.reading.structure import Element
from fascicle.pdf.reading.text import key
from fascicle.pdf.text_comparison.expected_blocks import trusted

_APART = ("FENote", "Artifact")
"""What is read at another time than the text around it."""
_BLOCKS = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "LI", "TR", "Sub", "Caption", "TOCI")


def lacking(tree: Element, expected: Iterable[ExpectedTag]) -> Iterator[ExpectedTag]:
    """What is expected and not there; headings and figures must come in their order."""
    held = defaultdict[str, list[Element]](list)
    for element in tree.walk():
        held[element.tag].append(element)
    places = dict[str, int]()
    used = set[int]()
    for one in expected:
        among = held[one.tag]
        place = _find(one, among, places.get(one.tag, 0), used)
        if place is None:
            yield one
        else:
            used.add(id(among[place]))
            places[one.tag] = place + 1


def _find(one: ExpectedTag, among: list[Element], start: int, used: set[int]) -> int | None:
    """The place of the first element that fits, from `start` on; of what may move, also before it."""
    wanted = _Fitting(one)
    order: list[int] = [*range(start, len(among)), *(range(start) if one.tag[0] != "H" else ())]
    for place in order:
        if id(among[place]) not in used and wanted.by(among[place]):
            return place
    return None


class _Fitting:
    """Whether an element is the one that is expected."""

    def __init__(self, one: ExpectedTag) -> None:
        self._one = one
        self._pattern = _pattern(one.pieces)
        self._alt = _spaced(one.alt)

    def by(self, element: Element) -> bool:
        """Of the kind, language and form, and with the words."""
        one = self._one
        if one.language and element.language.lower() != one.language.lower():
            return False
        if one.alt and self._alt not in _spaced(element.alt) and not _begun(_spaced(element.alt), self._alt):
            return False
        if one.kids and sum(kid.tag == one.kids[0] for kid in _elements(element)) != one.kids[1]:
            return False
        if one.head and _head(element) != one.head:
            return False
        if one.holds and not element.all(one.holds):
            return False
        if one.tag == "Link" and not any(inner.destination for inner in element.walk()):
            return False
        return self._pattern is None or bool(self._pattern.search(key(_words(element)).text))


def _elements(element: Element) -> Iterator[Element]:
    return (kid for kid in element.kids if isinstance(kid, Element))


def _head(table: Element) -> int:
    """Cells of the head that say which cells they stand over."""
    row = next((kid for kid in _elements(table) if kid.tag == "TR"), None)
    cells = _elements(row) if row else iter(())
    return sum(cell.tag == "TH" and cell.attributes.get("Scope") == "Column" for cell in cells)


def _begun(shown: str, whole: str) -> bool:
    """Whether a plate's description is the beginning of the picture's own, after the reason for the plate."""
    begun = shown.rstrip("… ")
    return any(whole.startswith(begun[at:].strip()) for at in range(len(begun) - 40) if begun[at] == " ")


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _pattern(pieces: Pieces) -> re.Pattern[str] | None:
    """The words as they may stand in a file; None where readers cannot be expected to give them back."""
    literal = "".join(key(piece).text for piece in pieces if isinstance(piece, str))
    if not trusted(literal):
        return None
    parts = (
        f".{{0,{piece.longest}}}" if isinstance(piece, Gap) else re.escape(key(piece).text)
        for piece in pieces
    )
    return re.compile("".join(parts), re.DOTALL)


def _words(element: Element) -> str:
    """The words of an element without the notes that hang on it."""
    if element.actual is not None:
        return element.actual
    return "".join(
        kid if isinstance(kid, str) else _words(kid) if kid.tag not in _APART else "" for kid in element.kids
    )


def read_out(tree: Element) -> tuple[str, ...]:
    """The text as a screen reader gives it: first the running text, then the notes, each by itself."""
    return (_lines(tree), *map(_lines, tree.all("FENote")))


def _lines(element: Element) -> str:
    pieces: list[str] = [element.actual or ""]
    for kid in element.kids if element.actual is None else ():
        if isinstance(kid, str):
            pieces.append(kid)
        elif kid.tag not in _APART:
            pieces.append(_lines(kid))
    text = "".join(pieces)
    return f"{text}\n" if element.tag in _BLOCKS else text
