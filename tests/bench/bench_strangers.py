"""How reading grows with what a stranger wrote to make it slow: each kind doubled four times."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from fascicle.pipeline.build import check_edition
from fascicle.pipeline.run import Request
from tests.bench.harness import Figure, Table
from tests.support.growing_readers import READERS
from tests.support.growth import KINDS, write

DOUBLINGS = 4


@pytest.mark.parametrize("kind", KINDS)
def test_growth(kind: str, table: Table, tmp_path: Path) -> None:
    """Four times as much takes some four times as long at most, beyond what any check costs: processor time, that of children included."""
    sizes = [KINDS[kind].sizes << doubling for doubling in range(DOUBLINGS + 1)]
    taken = [seconds(write(kind, size, tmp_path / str(size))) for size in sizes]
    note = ", ".join(f"{size:,}: {spent:.2f} s" for size, spent in zip(sizes, taken, strict=True))
    table.hold(Figure(f"checking, {kind}", (taken[-1] / taken[2],), "×", 6, note=note))


@pytest.mark.parametrize("name", READERS)
def test_readers(name: str, table: Table) -> None:
    """The same of single readers, of texts that once took them the square of their length."""
    taken = []
    for doubling in range(DOUBLINGS + 1):
        text = READERS[name].text(2**doubling / 4)
        begun = time.process_time()
        READERS[name].read(text)
        taken.append(time.process_time() - begun)
    note = ", ".join(f"{spent:.2f} s" for spent in taken)
    table.hold(Figure(f"reading, {name}", (taken[-1] / max(taken[2], 0.01),), "×", 6, note=note))


def seconds(project: Path) -> float:
    """Processor time of a check."""
    begun = sum(os.times()[:4])
    check_edition(Request(project), "screen")
    return sum(os.times()[:4]) - begun
