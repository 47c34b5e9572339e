"""How long after a saved change its page, the whole text and the settled result are there, beside latexmk on the same change."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench.harness import ROUNDS, Figure, Table
from tests.bench.peers import Latexmk
from tests.conftest import need
from tests.support.essay import copy_essay
from tests.support.following import Following
from tests.support.large import write

pytestmark = [pytest.mark.tex, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Delay:
    """Seconds after saving."""

    early: float
    """Until the changed page is shown."""
    whole: float
    """Until all pages are."""
    settled: float
    """Until the finished, proved file is in its place."""


def edited(path: Path, number: int, share: float) -> str:
    """The file's text with a word more in it, `share` of the way down, at the end of a line that is plain text."""
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(
        place
        for place in range(int(len(lines) * share), len(lines))
        if len(lines[place]) > 30 and lines[place][0].isalpha() and lines[place][-1].isalpha()
    )
    lines[at] += f" again{'st' * (number % 2)}"
    return "\n".join(lines)


def followed(following: Following, path: Path, number: int, share: float = 0.1) -> Delay:
    """Save a change, and wait until all has settled and the engines wait for the next."""
    text = edited(path, number, share)
    saved = time.monotonic()
    path.write_text(text, encoding="utf-8")
    settled = following.settled(saved)
    assert not settled.failed, settled.view.diagnostics
    views = [one for one in following.board.views if one.moment >= saved and one.view.pdf]
    whole = next(one for one in views if not one.view.early)
    following.watcher.engines_wait()
    return Delay(views[0].moment - saved, whole.moment - saved, settled.moment - saved)


def measured(table: Table, name: str, project: Path, folder: Path, section: str) -> tuple[Figure, Figure]:
    """The ratios of first sight and whole text to a run of latexmk on the same change, in turns."""
    need("latexmk")
    peer = Latexmk(project, folder)
    path = project / "content" / section
    ours: list[Delay] = []
    theirs: list[float] = []
    with Following(project) as following:
        peer.cold()
        followed(following, path, 0)  # from the document's begin: where the writer is, is not known yet
        for number in range(ROUNDS):
            ours.append(followed(following, path, number + 1))
            peer.export()
            theirs.append(peer.run())
    figures = []
    for what, limit in (("early", 0.12), ("whole", 0.25), ("settled", None)):
        seconds = tuple(getattr(delay, what) for delay in ours)
        ratios = tuple(mine / other for mine, other in zip(seconds, theirs, strict=True))
        label = {"early": "first sight", "whole": "whole text", "settled": "settled"}[what]
        figures.append(
            table.add(Figure(f"watch, {name}: {label} / latexmk", ratios, "×", limit, seconds, tuple(theirs)))
        )
    return figures[0], figures[1]


def test_essay(table: Table, tmp_path: Path) -> None:
    """The essay, a word added in the middle of its last third."""
    project = copy_essay(tmp_path / "essay")
    section = "10-two-ways-of-keeping-a-place.md"
    early, whole = measured(table, "essay, 8 pages", project, tmp_path / "latexmk", section)
    assert early.kept
    assert whole.kept


def test_article(table: Table, tmp_path: Path) -> None:
    """A made-up article of 60 pages, a word added in the middle of its last third."""
    project = write(tmp_path / "article", sections=12, citations=120, figures=20, words=24_000)
    early, whole = measured(table, "article, 63 pages", project, tmp_path / "latexmk", "010-section.md")
    assert early.kept
    assert whole.kept


def test_by_section(table: Table, tmp_path: Path) -> None:
    """The article, a word added in one section after the other: how the delay falls from first to last."""
    project = write(tmp_path / "article", sections=12, citations=120, figures=20, words=24_000)
    with Following(project) as following:
        for number in range(0, 12, 3):
            path = project / f"content/{number:03}-section.md"
            followed(following, path, 0)
            delays = [followed(following, path, turn + 1) for turn in range(3)]
            whole = statistics.median(delay.whole for delay in delays)
            table.add(
                Figure(
                    f"watch, article, section {number + 1} of 12: first sight",
                    tuple(delay.early for delay in delays),
                    "s",
                    None,
                    note=f"whole text {whole:.2f} s",
                )
            )
