"""How long a build takes beside latexmk and pandoc on the same text, and what our own process costs."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.pipeline import build_edition
from fascicle.run import Request
from tests.bench.harness import PROGRAM, ROUNDS, Figure, Table, compare, pandoc, probed, timed
from tests.bench.peers import Latexmk, Pandoc, copy_essay
from tests.conftest import need
from tests.large import write

WORDS = (
    "rural",
    "remote",
    "distant",
    "northern",
    "eastern",
    "western",
    "hilly",
    "southern",
    "inner",
    "upper",
)
SIZES = (6, 15, 30, 60)
"""Sections of the generated publications: about 30, 75, 150 and 300 pages."""

pytestmark = [pytest.mark.tex, pytest.mark.slow]


@pytest.fixture(scope="session")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The essay, built once, so that fonts and byte code are warm."""
    need("latexmk")
    project = copy_essay(tmp_path_factory.mktemp("essay"))
    timed([PROGRAM], project)
    return project


@pytest.fixture(scope="session")
def latexmk(essay: Path, tmp_path_factory: pytest.TempPathFactory) -> Latexmk:
    """The essay as latexmk has it, run once."""
    peer = Latexmk(essay, tmp_path_factory.mktemp("latexmk"))
    peer.cold()
    return peer


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Generated publications by their number of sections: 10 citations and 5 figures on 3 of them, 5 pages each."""
    made: dict[int, Path] = {}

    def give(sections: int) -> Path:
        if sections not in made:
            made[sections] = write(
                tmp_path_factory.mktemp(f"sections-{sections}"),
                sections=sections,
                citations=10 * sections,
                figures=100 * sections // 60,
                words=1900 * sections,
            )
        return made[sections]

    return give


def cold(project: Path) -> float:
    """Seconds of a build from nothing."""
    shutil.rmtree(project / "build", ignore_errors=True)
    return timed([PROGRAM], project)


def test_cold(table: Table, essay: Path, latexmk: Latexmk) -> None:
    """A build from nothing."""
    figure = compare("cold build / latexmk", lambda _: cold(essay), lambda _: latexmk.cold(), 0.8)
    assert table.add(figure).kept


def test_nothing_to_do(table: Table, essay: Path, latexmk: Latexmk) -> None:
    """A build of what is built."""
    figure = compare(
        "nothing to do / latexmk",
        lambda _: timed([PROGRAM], essay),
        lambda _: latexmk.run(),
        1.5,
        rounds=max(ROUNDS, 15),
    )
    assert table.add(figure).kept


@pytest.mark.parametrize(
    ("what", "file", "before", "after", "limit"),
    [
        ("word edited", "03-the-journey.md", "come from rural Sichuan", "come from {} Sichuan", None),
        ("heading edited", "03-the-journey.md", "Home*: The Journey", "Home*: The {} Journey", 0.75),
    ],
)
def test_edited(
    table: Table,
    essay: Path,
    latexmk: Latexmk,
    what: str,
    file: str,
    before: str,
    after: str,
    limit: float | None,
) -> None:
    """The same edit on both sides."""
    section = essay / "content" / file
    original = section.read_text(encoding="utf-8")
    assert before in original

    def ours(number: int) -> float:
        section.write_text(original.replace(before, after.format(WORDS[number % 10])), encoding="utf-8")
        return timed([PROGRAM], essay)

    def theirs(number: int) -> float:
        latexmk.export()
        return latexmk.run()

    try:
        figure = compare(f"{what} / latexmk", ours, theirs, limit)
    finally:
        section.write_text(original, encoding="utf-8")
        timed([PROGRAM], essay)
        latexmk.export()
        latexmk.run()
    assert table.add(figure).kept


def test_pandoc(table: Table, essay: Path, tmp_path: Path) -> None:
    """A build from nothing beside pandoc with citeproc, which prints the list of works without biber."""
    if pandoc() is None:
        table.skipped["cold build / pandoc --citeproc"] = "pandoc is missing (pip install pypandoc_binary)"
        pytest.skip("pandoc is missing (pip install pypandoc_binary)")
    peer = Pandoc(essay, tmp_path / "pandoc")
    peer.export()
    peer.run()
    figure = compare("cold build / pandoc --citeproc", lambda _: cold(essay), lambda _: peer.run(), 0.9)
    table.add(figure)


def test_share_of_python(table: Table, essay: Path) -> None:
    """What a cold build spends outside TeX and biber."""
    runs = []
    for _ in range(ROUNDS):
        shutil.rmtree(essay / "build")
        runs.append(probed(essay))
    whole = statistics.median(run.seconds for run in runs)
    note = f"of {whole:.2f} s"
    outside = tuple(100 * run.outside_tex / run.seconds for run in runs)
    busy = tuple(100 * run.cpu / (run.cpu + run.children) for run in runs)
    figures = [
        table.add(Figure("Python's share of a cold build, processor time", busy, "%", 10)),
        table.add(Figure("Python's share of a cold build, time outside step 5", outside, "%", note=note)),
        table.add(Figure("memory of our process: essay", tuple(run.memory for run in runs), "MB", 200)),
    ]
    assert all(figure.kept for figure in figures)


def test_large(table: Table, large: Callable[[int], Path]) -> None:
    """A publication of 300 pages: it builds, and our own process stays small."""
    project = large(SIZES[-1])
    run = probed(project, "build", "--time-limit", "900")
    note = f"from nothing {run.seconds:.0f} s, {run.outside_tex:.1f} s outside TeX; {run.cpu:.1f} s of processor time"
    assert table.add(Figure("memory of our process: 300 pages", (run.memory,), "MB", 200, note=note)).kept


def test_growth(table: Table, large: Callable[[int], Path]) -> None:
    """Steps 1 to 4, 6 and 7 take ten times as long for ten times the pages, not more."""
    costs = {sections: _python_seconds(large(sections)) for sections in SIZES}
    least = [statistics.median(costs[sections]) / sections for sections in SIZES]
    for sections in SIZES:
        note = f"{1000 * statistics.median(costs[sections]) / sections:.1f} ms a section"
        table.add(Figure(f"Python's time: {sections} sections", costs[sections], "s", note=note))
    growth = tuple(cost / least[0] for cost in least[1:])
    figure = Figure("Python's time for a section, long text / short text", growth, "×", 1.25)
    assert table.add(figure).kept
    assert max(growth) <= 1.25


def _python_seconds(project: Path) -> tuple[float, ...]:
    """Processor time of builds in which TeX has nothing to do, one after the other; the first one has let it work."""
    taken = []
    for _ in range(1 + ROUNDS):
        begun = time.process_time()
        result = build_edition(Request(project.resolve(), seconds=900.0), "screen", lambda event: None)
        taken.append(time.process_time() - begun)
        assert result.output, [str(found) for found in result.diagnostics]
    return tuple(taken[1:])
