"""What a page paints: pictures at their printed size, colours, transparency, overprint, forms and patterns included.

A small interpreter of graphics operators (ISO 32000-1, 8). It follows what colours and sizes depend on, nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject, StreamObject

from fascicle.pdf.objects import array, dictionary, entry, follow, inherited, name, number
from fascicle.pdf.reading.colour_spaces import GRAY, OPERATORS, PaintedColour, Space, space_of
from fascicle.pdf.reading.content_streams import Operand, operations, pairs
from fascicle.pdf.reading.matrices import (
    IDENTITY,
    Matrix,
    box_size,
    matrix_of,
    matrix_of_six,
    plain_number,
    times,
    unit_size,
)

BLACK = PaintedColour(GRAY, (0.0,))
DEEPEST = 12
"""How deep forms may stand in one another; deeper ones are passed over."""
MOST = 20_000
"""How many forms and patterns of one page are followed: a form that calls two others twice, and so on, would never end."""
FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
SHOWS = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture as it is placed on a page."""

    picture: DictionaryObject
    """Its dictionary."""
    pixels: tuple[int, int]
    """Its width and height in pixels."""
    size: tuple[float, float]
    """Its printed width and height in points."""
    space: Space | None
    """Its colours; None for a stencil mask, which is painted in the colour at hand, and for JPEG 2000 that says
    nothing."""
    bits: int
    """Bits of one channel."""
    forms: tuple[tuple[float, float], ...]
    """Sizes of the forms around it, outermost first, in points."""

    @property
    def resolution(self) -> float:
        """Pixels an inch in the direction in which there are fewer; infinite when it has no extent."""
        found = [
            count * 72 / extent for count, extent in zip(self.pixels, self.size, strict=True) if extent > 0.01
        ]
        return min(found, default=math.inf)


@dataclass(slots=True)
class Painted:
    """What one page paints."""

    pictures: list[Placed] = field(default_factory=list)
    """Every picture, as often as it is placed."""
    text: set[PaintedColour] = field(default_factory=set)
    """Colours of text."""
    areas: set[PaintedColour] = field(default_factory=set)
    """Colours of areas and lines."""
    spaces: dict[Space, str] = field(default_factory=dict)
    """Every colour space that paints, and what it paints first: text, area, picture, shading."""
    transparency: set[str] = field(default_factory=set)
    """What is transparent, in words."""
    overprinted: set[PaintedColour] = field(default_factory=set)
    """Colours that are set to print over what lies below."""
    marks: int = 0
    """How many operators left a mark."""


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that is followed."""

    matrix: Matrix = IDENTITY
    fill: PaintedColour = BLACK
    line: PaintedColour = BLACK
    mode: int = 0
    over_fill: bool = False
    over_line: bool = False


def painted(page: PageObject) -> Painted:
    """What `page` paints, its annotations' looks included."""
    found = Painted()
    if name(dictionary(page, "/Group"), "/S") == "/Transparency":
        found.transparency.add("a transparency group")
    resources = inherited(page, "/Resources")
    walk = _Walk(found)
    walk.run(_page_data(page), resources, _State(), ())
    for annotation in array(page, "/Annots"):
        look = entry(dictionary(annotation, "/AP"), "/N")
        for stream in [look] if isinstance(look, StreamObject) else _values(look):
            if isinstance(stream, StreamObject):
                walk.form(stream, resources, _State(), ())
    return found


def _values(held: PdfObject) -> list[PdfObject]:
    return [follow(value) for value in held.values()] if isinstance(held, DictionaryObject) else []


def _page_data(page: PageObject) -> bytes:
    content = entry(page, "/Contents")
    parts = [follow(part) for part in content] if isinstance(content, ArrayObject) else [content]
    return b"\n".join(part.get_data() for part in parts if isinstance(part, StreamObject))


class _Walk:
    """Runs content streams for what they paint."""

    def __init__(self, found: Painted) -> None:
        self.found = found
        self.left = MOST

    def run(
        self, data: bytes, resources: PdfObject, state: _State, forms: tuple[tuple[float, float], ...]
    ) -> None:
        kept: list[_State] = []
        for operator, operands in operations(data):
            if operator == "q":
                kept.append(state)
            elif operator == "Q":
                state = kept.pop() if kept else state
            elif operator in SHOWS:
                self.show(state)
            elif operator in FILLS or operator in STROKES:
                self.path(operator, state)
            elif operator == "Do" and operands:
                self.place(str(operands[0]), resources, state, forms)
            elif operator == "sh" and operands:
                self.shade(entry(dictionary(resources, "/Shading"), str(operands[0])), resources)
            elif operator == "BI":
                self.inline(pairs(operands), resources, state, forms)
            elif operator == "gs" and operands:
                state = self.set(dictionary(dictionary(resources, "/ExtGState"), str(operands[0])), state)
            elif change := CHANGES.get(operator):
                state = change(self, operator, operands, resources, state)

    def show(self, state: _State) -> None:
        """Text is painted, unless it is invisible."""
        if state.mode in (3, 7):
            return
        self.found.marks += 1
        if state.mode in (0, 2, 4, 6):
            self.colour(state.fill, "text", self.found.text, over=state.over_fill)
        if state.mode in (1, 2, 5, 6):
            self.colour(state.line, "text", self.found.text, over=state.over_line)

    def path(self, operator: str, state: _State) -> None:
        """An area or a line is painted."""
        self.found.marks += 1
        if operator in FILLS:
            self.colour(state.fill, "an area", self.found.areas, over=state.over_fill)
        if operator in STROKES:
            self.colour(state.line, "a line", self.found.areas, over=state.over_line)

    def colour(self, colour: PaintedColour, what: str, kept: set[PaintedColour], *, over: bool) -> None:
        kept.add(colour)
        self.found.spaces.setdefault(colour.space, what)
        if over:
            self.found.overprinted.add(colour)

    def place(
        self, key: str, resources: PdfObject, state: _State, forms: tuple[tuple[float, float], ...]
    ) -> None:
        """A picture or a form stands here."""
        held = entry(dictionary(resources, "/XObject"), key)
        if not isinstance(held, StreamObject):
            return
        if name(held, "/Subtype") == "/Form":
            self.form(held, resources, state, forms)
        elif name(held, "/Subtype") == "/Image":
            self.picture(held, resources, state, forms)

    def form(
        self, held: StreamObject, resources: PdfObject, state: _State, forms: tuple[tuple[float, float], ...]
    ) -> None:
        self.left -= 1
        if len(forms) >= DEEPEST or self.left < 0:
            return
        group = dictionary(held, "/Group")
        if name(group, "/S") == "/Transparency":
            self.found.transparency.add("a transparency group")
        own = entry(held, "/Resources")
        inner = replace(state, matrix=times(matrix_of(entry(held, "/Matrix")), state.matrix))
        self.run(
            held.get_data(),
            own if isinstance(own, DictionaryObject) else resources,
            inner,
            (*forms, box_size(held)),
        )

    def picture(
        self,
        held: DictionaryObject,
        resources: PdfObject,
        state: _State,
        forms: tuple[tuple[float, float], ...],
    ) -> None:
        self.found.marks += 1
        if not isinstance(entry(held, "/SMask"), NullObject) or number(held, "/SMaskInData"):
            self.found.transparency.add("a picture with a soft mask")
        stated = entry(held, "/ColorSpace")
        stencil = str(entry(held, "/ImageMask")).lower() == "true"
        space = None if stencil or isinstance(stated, NullObject) else space_of(stated, resources)
        bits = 1 if stencil else number(held, "/BitsPerComponent", 8)
        pixels = (number(held, "/Width"), number(held, "/Height"))
        self.found.pictures.append(Placed(held, pixels, unit_size(state.matrix), space, bits, forms))
        if space:
            self.found.spaces.setdefault(space, "a picture")
        elif stencil:
            self.colour(state.fill, "a picture", self.found.areas, over=state.over_fill)

    def inline(
        self,
        entries: dict[str, Operand],
        resources: PdfObject,
        state: _State,
        forms: tuple[tuple[float, float], ...],
    ) -> None:
        self.found.marks += 1
        sizes = [
            entries.get(long, entries.get(short)) for long, short in (("/Width", "/W"), ("/Height", "/H"))
        ]
        pixels = tuple(int(value) if isinstance(value, float) else 0 for value in sizes)
        stencil = entries.get("/ImageMask", entries.get("/IM")) == "true"
        stated = entries.get("/ColorSpace", entries.get("/CS"))
        if isinstance(stated, list) and stated[:1] in (["/Indexed"], ["/I"]):
            stated = stated[1]
        space = space_of(_Name(stated), resources) if isinstance(stated, str) else None
        bits = entries.get("/BitsPerComponent", entries.get("/BPC", 8.0))
        depth = 1 if stencil else int(bits) if isinstance(bits, float) else 8
        self.found.pictures.append(
            Placed(DictionaryObject(), (pixels[0], pixels[1]), unit_size(state.matrix), space, depth, forms)
        )
        if space:
            self.found.spaces.setdefault(space, "a picture")
        elif stencil:
            self.colour(state.fill, "a picture", self.found.areas, over=state.over_fill)

    def shade(self, shading: PdfObject, resources: PdfObject) -> None:
        self.found.marks += 1
        stated = entry(shading, "/ColorSpace")
        if not isinstance(stated, NullObject):
            self.found.spaces.setdefault(space_of(stated, resources), "a shading")

    def set(self, wanted: DictionaryObject, state: _State) -> _State:
        """An extended graphics state begins (8.4.5)."""
        for key in ("/ca", "/CA"):
            if key in wanted and plain_number(entry(wanted, key)) < 1:
                self.found.transparency.add("an opacity below 1")
        modes = entry(wanted, "/BM")
        first = str(follow(modes[0])) if isinstance(modes, ArrayObject) and modes else str(modes)
        if "/BM" in wanted and first not in ("/Normal", "/Compatible"):
            self.found.transparency.add(f"the blend mode {first.lstrip('/')}")
        if "/SMask" in wanted and name(wanted, "/SMask") != "/None":
            self.found.transparency.add("a soft mask")
        if "/OP" in wanted:
            line = str(entry(wanted, "/OP")).lower() == "true"
            fill = str(entry(wanted, "/op")).lower() == "true" if "/op" in wanted else line
            return replace(state, over_line=line, over_fill=fill)
        if "/op" in wanted:
            return replace(state, over_fill=str(entry(wanted, "/op")).lower() == "true")
        return state

    def pattern(self, key: str, resources: PdfObject, state: _State) -> None:
        """A pattern becomes the colour: what it paints counts as painted."""
        self.left -= 1
        held = entry(dictionary(resources, "/Pattern"), key)
        if self.left < 0 or not isinstance(held, DictionaryObject):
            return
        if number(held, "/PatternType") == 2:
            self.shade(entry(held, "/Shading"), resources)
        elif isinstance(held, StreamObject) and self.left > 0:
            own = entry(held, "/Resources")
            self.left -= 50  # patterns of patterns are rare, and looked into less deep
            inner = replace(state, matrix=matrix_of(entry(held, "/Matrix")))
            self.run(held.get_data(), own if isinstance(own, DictionaryObject) else resources, inner, ())


class _Name(str):
    """A name that has not come from pypdf."""

    __slots__ = ()


Change = Callable[[_Walk, str, list[Operand], PdfObject, _State], _State]


def _move(walk: _Walk, operator: str, operands: list[Operand], resources: PdfObject, state: _State) -> _State:
    values = _numbers(operands)
    return replace(state, matrix=times(matrix_of_six(values), state.matrix)) if len(values) == 6 else state


def _set_mode(
    walk: _Walk, operator: str, operands: list[Operand], resources: PdfObject, state: _State
) -> _State:
    return replace(state, mode=int(values[0])) if (values := _numbers(operands)) else state


def _set_colour(
    walk: _Walk, operator: str, operands: list[Operand], resources: PdfObject, state: _State
) -> _State:
    """`g`, `rg`, `k` and their capitals."""
    colour = PaintedColour(OPERATORS[operator], _numbers(operands))
    return replace(state, line=colour) if operator.isupper() else replace(state, fill=colour)


def _set_space(
    walk: _Walk, operator: str, operands: list[Operand], resources: PdfObject, state: _State
) -> _State:
    """`cs` and `CS`."""
    space = space_of(_Name(operands[0]), resources) if operands and isinstance(operands[0], str) else GRAY
    colour = PaintedColour(space, space.first)
    return replace(state, line=colour) if operator == "CS" else replace(state, fill=colour)


def _set_values(
    walk: _Walk, operator: str, operands: list[Operand], resources: PdfObject, state: _State
) -> _State:
    """`sc`, `scn` and their capitals."""
    if operands and isinstance(operands[-1], str):
        walk.pattern(operands[-1], resources, state)
    old = state.line if operator.isupper() else state.fill
    colour = PaintedColour(old.space, _numbers(operands))
    return replace(state, line=colour) if operator.isupper() else replace(state, fill=colour)


CHANGES: dict[str, Change] = {
    "cm": _move,
    "Tr": _set_mode,
    **dict.fromkeys(OPERATORS, _set_colour),
    **dict.fromkeys(("cs", "CS"), _set_space),
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), _set_values),
}
"""Operators that change the state."""


def _numbers(operands: list[Operand]) -> tuple[float, ...]:
    return tuple(value for value in operands if isinstance(value, float))
