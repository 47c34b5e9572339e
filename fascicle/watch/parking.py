"""Where engines are to wait for the next change.

Near the last one, for the next is likely to come there.
"""

from __future__ import annotations

from fascicle.latex.line_map import LineMap
from fascicle.typeset.pause_point import begin_line
from fascicle.typeset.warm.parked_engines import ParkingRequest


def parking_requests(tex: str, linemap: LineMap, change: int | None) -> list[ParkingRequest]:
    """Lines of the main file, the most wanted first; `change` is the line of the last change.

    The block before the changed one, since a writer goes back a little more often than far: one engine for the first
    sight, one for the whole. Then the section's begin; just after the document's begin, where the auxiliary files have
    been read; and before it, for passes in which these are others.
    """
    begin = begin_line(tex)
    after = ParkingRequest(begin + 1, True)
    block, section = _near(linemap, change) if change else (0, 0)
    if block <= begin + 1:
        return [after, after, ParkingRequest(begin, False)]
    return [
        ParkingRequest(block, True),
        ParkingRequest(block, True),
        ParkingRequest(max(section, begin + 1), True),
        after,
        ParkingRequest(begin, False),
    ]


def _near(linemap: LineMap, change: int) -> tuple[int, int]:
    """The begin of the block before the changed one, and that of its section."""
    changed = linemap.at(change)
    if changed is None:
        return 0, 0
    block = _up(linemap, change)
    before = _up(linemap, block - 1)
    section = change
    while _file(linemap, section - 1) == changed.file:
        section -= 1
    return max(before, section), section


def _up(linemap: LineMap, line: int) -> int:
    """First line of the block that a line belongs to."""
    while line > 1 and linemap.block_at(line - 1) == linemap.block_at(line):
        line -= 1
    return line


def _file(linemap: LineMap, line: int) -> str:
    span = linemap.at(line)
    return span.file if span else ""
