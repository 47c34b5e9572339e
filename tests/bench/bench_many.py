"""Several publications in one command against one command for each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench.harness import PROGRAM, Table, compare, timed
from tests.support.publications import SOUND, write

PUBLICATIONS = 6
ROUNDS = 3

pytestmark = [pytest.mark.tex, pytest.mark.slow]


def test_side_by_side(table: Table, tmp_path: Path) -> None:
    """Each from nothing but warm fonts."""
    roots = [write(tmp_path / f"shelf/p{number}", SOUND) for number in range(PUBLICATIONS)]
    timed([PROGRAM, "-q"], roots[0])

    def clear() -> None:
        for root in roots:
            shutil.rmtree(root / "build", ignore_errors=True)

    def together(_: int) -> float:
        clear()
        return timed([PROGRAM, "build", "-q", "--all-in", "shelf"], tmp_path)

    def apart(_: int) -> float:
        clear()
        return sum(timed([PROGRAM, "-q"], root) for root in roots)

    name = f"{PUBLICATIONS} small publications, one command / {PUBLICATIONS}"
    table.add(compare(name, together, apart, None, rounds=ROUNDS))
