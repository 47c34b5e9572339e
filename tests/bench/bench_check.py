"""How long `fascicle check` takes: beside a cold build of the essay, and as a text grows from 25 to 200 sections."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.bench.harness import PROGRAM, ROUNDS, Figure, Table, compare, timed
from tests.bench.peers import forget
from tests.support.essay import copy_essay
from tests.support.large import write

SIZES = (25, 50, 100, 200)
"""Sections of the generated publications, each of 700 words with four citations."""


def check(project: Path) -> float:
    """Seconds of `fascicle check` in a process of its own."""
    return timed([PROGRAM, "check", "-q"], project)


@pytest.mark.tex
@pytest.mark.slow
def test_a_fifth_of_a_cold_build(table: Table, tmp_path: Path) -> None:
    project = copy_essay(tmp_path / "essay")
    timed([PROGRAM], project)

    def cold(_: int) -> float:
        forget(project)
        return timed([PROGRAM], project)

    figure = compare("check / cold build, essay", lambda _: check(project), cold, 0.2)
    table.hold(figure)


def test_growth_with_the_sections(table: Table, tmp_path: Path) -> None:
    seconds: dict[int, tuple[float, ...]] = {}
    for sections in SIZES:
        root = tmp_path / str(sections)
        write(root, sections=sections, citations=4 * sections, figures=0, words=700 * sections)
        check(root)
        seconds[sections] = tuple(check(root) for _ in range(ROUNDS))
        table.add(Figure(f"check, {sections} sections", seconds[sections], "s"))
    first, last = (statistics.median(seconds[size]) for size in (SIZES[0], SIZES[-1]))
    times_the_text = SIZES[-1] / SIZES[0]
    growth = Figure("check, 200 / 25 sections, by size", (last / first / times_the_text,), "×", 1.1)
    table.hold(growth)
