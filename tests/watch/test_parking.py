"""Where engines wait after a change: near it, at its section's begin, and at the document's."""

from __future__ import annotations

from fascicle.core.diagnostics import Span
from fascicle.latex.line_map import LineMap, LinePlace
from fascicle.typeset.warm.parked_engines import ParkingRequest
from fascicle.watch.parking import parking_requests

TEX = "\\documentclass{a}\n\\begin{document}\ntitle\nA1\nA1\nA2\nB1\nB2\nB2\nB3\n\\end{document}"
"""A preamble, a title, two blocks of section a, three of section b."""


def place(file: str, block: int, *, template: bool = False) -> LinePlace:
    span = Span(file, block)
    return LinePlace(span, span, template)


MAP = LineMap(
    (
        place("main.tex", 1, template=True),
        place("main.tex", 2, template=True),
        place("publication.yaml", 1),
        place("a.md", 1),
        place("a.md", 1),
        place("a.md", 3),
        place("b.md", 1),
        place("b.md", 2),
        place("b.md", 2),
        place("b.md", 5),
        place("main.tex", 3, template=True),
    ),
)


def test_before_anything_is_known_they_wait_at_the_begin() -> None:
    assert parking_requests(TEX, MAP, None) == [
        ParkingRequest(3, True),
        ParkingRequest(3, True),
        ParkingRequest(2, False),
    ]


def test_near_the_change_first() -> None:
    assert parking_requests(TEX, MAP, 10) == [
        ParkingRequest(8, True),  # the block before the changed one
        ParkingRequest(8, True),
        ParkingRequest(7, True),  # the section
        ParkingRequest(3, True),
        ParkingRequest(2, False),
    ]


def test_not_before_the_section() -> None:
    assert parking_requests(TEX, MAP, 7)[0] == ParkingRequest(7, True)
    assert parking_requests(TEX, MAP, 8)[0] == ParkingRequest(7, True)


def test_a_change_of_the_title_or_the_preamble() -> None:
    assert parking_requests(TEX, MAP, 3) == parking_requests(TEX, MAP, 1) == parking_requests(TEX, MAP, None)
