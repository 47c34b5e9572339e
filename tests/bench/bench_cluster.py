"""Publications on a cluster of this machine: what they cost in processor time, and how that grows with the workers.

Efficiency is said twice. By the clock: N workers take an Nth of the time of one, up to the number of cores; it means something on an idle machine
alone. By processor time: what the cluster costs beside the pool of this machine, whose processes do the same work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from fascicle.core.system.workers import processors
from tests.bench.harness import ENVIRONMENT, PROGRAM, Figure, Table
from tests.support.publications import TINY, write

PUBLICATIONS = int(os.environ.get("FASCICLE_BENCH_PUBLICATIONS", "200"))
WORKERS = tuple(int(number) for number in os.environ.get("FASCICLE_BENCH_WORKERS", "1,2,4").split(","))
EDITION = os.environ.get("FASCICLE_BENCH_EDITION", "screen")
_TEXT = (
    "---\ntitle: Text {n}\n---\n\n"
    + "A paragraph of text number {n}, of some length, that says nothing at all. " * 40
)
_EXTRA = (
    "\n\n## A heading\n\n" + "Another paragraph, *emphatic*, with a note.[^1] " * 10 + "\n\n[^1]: The note.\n"
)

pytestmark = [pytest.mark.tex, pytest.mark.slow]


def _shelf(root: Path) -> Path:
    for number in range(PUBLICATIONS):
        text = _TEXT.format(n=number) + _EXTRA
        write(
            root / f"p{number:04}",
            {**TINY, "content/01-one.md": text, "content/publication.yaml": _DATA.format(n=number)},
        )
    return root


_DATA = (
    "title: Publication {n}\nauthors: [{{family: Small, given: Ann}}]\nlanguage: en-GB\ndate: 2024-02-29\n"
)


def _measured(shelf: Path, *options: str) -> tuple[float, float]:
    """Seconds by the clock and of all processors that a build of the shelf takes, from nothing."""
    for root in shelf.iterdir():
        shutil.rmtree(root / "build", ignore_errors=True)
    before, begun = os.times(), time.monotonic()
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(shelf.parent / "cache")}
    command = [str(PROGRAM), "build", EDITION, "-q", "--trust", "--all-in", str(shelf), *options]
    subprocess.run(command, check=True, env=environment)
    after = os.times()
    return time.monotonic() - begun, (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )


def test_workers(table: Table, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    shelf = _shelf(tmp_path / "shelf")
    _measured(shelf)  # fonts and formats are warm from here on
    _, pool = _measured(shelf)
    table.add(Figure("the pool, processor time of a publication", (pool / PUBLICATIONS,), "s"))
    first = 0.0
    for count in WORKERS:
        clock, spent = _measured(shelf, "--cluster", "local", "--jobs", str(count))
        first = first or clock * count
        name = f"{PUBLICATIONS} publications, {count} worker{'s'[: count != 1]}"
        table.add(Figure(f"{name}: processor time of a publication", (spent / PUBLICATIONS,), "s"))
        table.add(Figure(f"{name}: publications a minute and core", (60 * PUBLICATIONS / spent,), "a minute"))
        table.add(Figure(f"{name}: work of the pool / all work", (pool / spent,), "×"))
        cores = min(count, processors())
        table.add(
            Figure(
                f"{name}: efficiency by the clock", (first / clock / cores,), "×", note="of an idle machine"
            )
        )
