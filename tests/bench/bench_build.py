"""How long a build of the essay takes beside latexmk on the same main file, and what our own process costs."""

from __future__ import annotations

import shutil
import statistics
from pathlib import Path

import pytest

from tests.bench.harness import PROGRAM, ROUNDS, Figure, Probed, Table, compare, probed, timed
from tests.bench.peers import Latexmk, forget, forget_kind

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

pytestmark = [pytest.mark.tex, pytest.mark.slow]


def cold(project: Path) -> float:
    """Seconds of the first build of a text; fonts, packages and style have been used by another."""
    forget(project)
    return timed([PROGRAM], project)


def first(project: Path) -> float:
    """Seconds of the first build of a text in its citation style and with its packages: nothing is there but fonts."""
    forget_kind(project)
    return timed([PROGRAM], project)


def cleaned(project: Path) -> float:
    """Seconds of a build after `make clean`, with what an earlier one has left beside the fonts."""
    shutil.rmtree(project / "build", ignore_errors=True)
    return timed([PROGRAM], project)


def test_first(table: Table, essay: Path, latexmk: Latexmk) -> None:
    """The first build of a text in its style at all."""
    name = "first build with these packages and this style / latexmk"
    table.add(compare(name, lambda _: first(essay), lambda _: latexmk.cold(), None))


def test_cold(table: Table, essay: Path, latexmk: Latexmk) -> None:
    """The first build of a text: citing, finishing and proving it besides what latexmk does with what was cited."""
    table.hold(compare("cold build / latexmk", lambda _: cold(essay), lambda _: latexmk.cold(), 1.1))


def test_after_make_clean(table: Table, essay: Path, latexmk: Latexmk) -> None:
    """The build of a text that was built before, whose results were removed."""
    cleaned(essay)
    name = "build after make clean / latexmk"
    table.add(compare(name, lambda _: cleaned(essay), lambda _: latexmk.cold(), None))


def test_nothing_to_do(table: Table, essay: Path, latexmk: Latexmk) -> None:
    """A build of what is built."""
    timed([PROGRAM], essay)
    latexmk.run()
    figure = compare(
        "nothing to do / latexmk",
        lambda _: timed([PROGRAM], essay),
        lambda _: latexmk.run(),
        1.0,
        rounds=max(ROUNDS, 15),
    )
    table.hold(figure)


@pytest.mark.parametrize(
    ("what", "file", "before", "after", "limit"),
    [
        ("word edited", "03-the-journey.md", "come from rural Sichuan", "come from {} Sichuan", None),
        ("heading edited", "03-the-journey.md", "Home*: The Journey", "Home*: The {} Journey", 1.0),
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
    timed([PROGRAM], essay)

    def ours(number: int) -> float:
        section.write_text(original.replace(before, after.format(WORDS[number % 10])), encoding="utf-8")
        return timed([PROGRAM], essay)

    def theirs(number: int) -> float:
        latexmk.export()
        return latexmk.run()

    try:
        theirs(0)
        figure = compare(f"{what} / latexmk", ours, theirs, limit)
    finally:
        section.write_text(original, encoding="utf-8")
        timed([PROGRAM], essay)
        latexmk.export()
        latexmk.run()
    table.hold(figure)


def test_bare(table: Table, essay: Path, latexmk: Latexmk, tmp_path: Path) -> None:
    """The first build on a machine, with no cache of fonts on either side, as a CI without caches has it."""
    runs: list[Probed] = []

    def ours(number: int) -> float:
        shutil.rmtree(essay / "build", ignore_errors=True)
        cache = {"XDG_CACHE_HOME": str(tmp_path / f"ours-{number}")}
        runs.append(probed(essay, environment=cache))
        return runs[-1].seconds

    def theirs(number: int) -> float:
        return latexmk.bare(tmp_path / f"theirs-{number}")

    name = "build on a bare machine / latexmk"
    figure = table.add(compare(name, ours, theirs, 0.8))
    shares = tuple(100 * run.cpu / (run.cpu + run.children) for run in runs)
    share = table.add(Figure("Python's share of a build on a bare machine, processor time", shares, "%", 10))
    timed([PROGRAM], essay)
    assert figure.kept
    assert share.kept


def test_share_of_python(table: Table, essay: Path) -> None:
    """What a build of a new text spends outside TeX, where nothing else is to be made."""
    runs = []
    for _ in range(ROUNDS):
        forget(essay)
        runs.append(probed(essay))
    whole = statistics.median(run.seconds for run in runs)
    outside = tuple(100 * run.outside_tex / run.seconds for run in runs)
    busy = tuple(100 * run.cpu / (run.cpu + run.children) for run in runs)
    figures = [
        table.add(Figure("Python's share of a cold build, processor time", busy, "%", 10)),
        table.add(
            Figure(
                "Python's share of a cold build, time outside step 5", outside, "%", note=f"of {whole:.2f} s"
            )
        ),
        table.add(Figure("memory of our process: essay", tuple(run.memory for run in runs), "MB", 200)),
        table.add(Figure("memory of the largest engine: essay", tuple(run.engine for run in runs), "MB")),
    ]
    assert all(figure.kept for figure in figures)
