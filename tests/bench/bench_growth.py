"""What a build costs as a text grows from 10 to 300 pages: time, Python's share of it, memory."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.bench.harness import ROUNDS, Figure, Probed, Table, probed
from tests.bench.peers import forget
from tests.support.large import write

SECTIONS = (2, 6, 20, 60)
"""Sections of the generated publications, each of five pages: 10, 30, 100 and 300 pages."""
WORDS = 1900
"""Words of a section."""

pytestmark = [pytest.mark.tex, pytest.mark.slow]


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Generated publications by their number of sections; each section has 10 citations and a figure or two."""
    made: dict[int, Path] = {}

    def give(sections: int) -> Path:
        if sections not in made:
            made[sections] = write(
                tmp_path_factory.mktemp(f"sections-{sections}"),
                sections=sections,
                citations=10 * sections,
                figures=100 * sections // 60,
                words=WORDS * sections,
            )
        return made[sections]

    return give


def test_cold_builds(table: Table, long: Callable[[int], Path]) -> None:
    """From nothing but warm fonts. Long texts once: what they cost is minutes, and the ratios are of one run."""
    cold(long(SECTIONS[0]))  # fonts
    for sections in SECTIONS:
        runs = [cold(long(sections)) for _ in range(3 if sections < 20 else 1)]
        busy = statistics.median(100 * run.cpu / (run.cpu + run.children) for run in runs)
        engine = statistics.median(run.engine for run in runs)
        note = f"Python {busy:.1f} % of processor time, largest engine {engine:.0f} MB"
        pages = pages_of(long(sections))
        table.add(Figure(f"cold build, {pages} pages", tuple(run.seconds for run in runs), "s", note=note))
        memory = Figure(f"memory of our process, {pages} pages", tuple(run.memory for run in runs), "MB", 200)
        table.hold(memory)


def test_python_by_the_page(table: Table, long: Callable[[int], Path]) -> None:
    """Steps 1 to 4, 6 and 7 take ten times as long for ten times the pages, not more."""
    costs = {sections: python_seconds(long(sections)) for sections in SECTIONS[1:]}
    least = statistics.median(costs[SECTIONS[1]]) / SECTIONS[1]
    for sections, taken in costs.items():
        note = f"{1000 * statistics.median(taken) / sections:.1f} ms a section"
        table.add(Figure(f"Python's time, {pages_of(long(sections))} pages", taken, "s", note=note))
    growth = tuple(statistics.median(taken) / sections / least for sections, taken in costs.items())[1:]
    table.hold(Figure("Python's time for a section, long text / short text", growth, "×", 1.25))
    assert max(growth) <= 1.25


def cold(project: Path) -> Probed:
    """A build from nothing, looked at from inside."""
    forget(project)
    return probed(project, "build", "--time-limit", "900")


def pages_of(project: Path) -> int:
    """Pages of the last build."""
    pages: int = json.loads((project / "build/screen/report.json").read_text("utf-8"))["pages"]
    return pages


def python_seconds(project: Path) -> tuple[float, ...]:
    """Processor time of builds in which TeX has nothing to do, one after the other; it has worked before."""
    taken = []
    for _ in range(1 + ROUNDS):
        begun = time.process_time()
        result = build_edition(Request(project.resolve(), seconds=900.0), "screen", lambda event: None)
        taken.append(time.process_time() - begun)
        assert result.output, [str(found) for found in result.diagnostics]
    return tuple(taken[1:])
