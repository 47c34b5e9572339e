"""Many publications on a cluster whose workers are killed again and again: none is lost, and none is made twice.

`make stress` builds 40; for a thousand, by hand, in a folder in which the run goes on where it was stopped:

    export FASCICLE_STRESS=1 FASCICLE_STRESS_PUBLICATIONS=1000 FASCICLE_STRESS_SECONDS=30 FASCICLE_STRESS_SHELF=/tmp/shelf
    python -m pytest -n0 tests/cluster/test_many_deaths.py
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support.publications import TINY, write

PUBLICATIONS = int(os.environ.get("FASCICLE_STRESS_PUBLICATIONS", "40"))
PROGRAM = Path(sys.executable).with_name("fascicle")
SECONDS = float(os.environ.get("FASCICLE_STRESS_SECONDS", "20"))
pytestmark = [
    pytest.mark.stress,
    pytest.mark.skipif(
        not os.environ.get("FASCICLE_STRESS") or sys.platform != "linux",
        reason="begins processes of Dask and kills them; `make stress` runs it",
    ),
]


def _workers(pid: int) -> list[int]:
    """Processes that a process has begun and that hold a worker of Dask."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    spawned = [int(one) for children in threads for one in children.read_text().split()]
    return [one for one in spawned if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def test_none_is_lost_and_none_made_twice(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    shelf = Path(os.environ.get("FASCICLE_STRESS_SHELF") or tmp_path / "shelf")
    for number in range(PUBLICATIONS):
        if not (root := shelf / f"p{number:04}").exists():
            write(root, {**TINY, "content/01-one.md": f"---\ntitle: One\n---\n\nText number {number}.\n"})
    report = shelf.parent / f"{shelf.name}.json"
    command = [str(PROGRAM), "build", "html", "--all-in", str(shelf)]
    options = ["--cluster", "local", "--jobs", "2", "--report", str(report)]
    made: Counter[str] = Counter()
    killed = 0
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = time.monotonic()
        for line in process.stdout:
            if ": html: " in line and "up to date" not in line:
                made[line.partition(":")[0]] += 1
            if time.monotonic() - last > SECONDS and (workers := _workers(process.pid)):
                os.kill(workers[killed % len(workers)], signal.SIGKILL)
                last, killed = time.monotonic(), killed + 1
    assert process.returncode == 0
    assert killed or PUBLICATIONS < 20
    assert set(made.values()) <= {1}
    assert len(list(shelf.glob("p*/build/html/*.html"))) == PUBLICATIONS
    assert len(json.loads(report.read_text("utf-8"))["publications"]) == PUBLICATIONS
    print(f"{sum(made.values())} made, {killed} workers killed")
