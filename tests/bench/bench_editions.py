"""Three editions in one command against three commands after one another, each from nothing but warm fonts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench.harness import PROGRAM, Table, compare, timed

EDITIONS = ("screen", "print", "review")
SHARE = 0.75
"""The most that one command for all may take of what three commands take."""
ROUNDS = 3

pytestmark = [pytest.mark.tex, pytest.mark.slow]


def seconds(root: Path, editions: tuple[str, ...]) -> float:
    """A build from nothing, start of the program included."""
    for edition in editions:
        shutil.rmtree(root / "build" / edition, ignore_errors=True)
        shutil.rmtree(root / "build/run" / edition, ignore_errors=True)
        shutil.rmtree(root / f"build/run/{edition}-title-page", ignore_errors=True)
    return timed([PROGRAM, "build", *editions, "--allow-pending", "--quiet"], root)


def test_three_editions_side_by_side(table: Table, essay: Path) -> None:
    def together(_: int) -> float:
        return seconds(essay, EDITIONS)

    def apart(_: int) -> float:
        return sum(seconds(essay, (edition,)) for edition in EDITIONS)

    together(0)  # fonts
    figure = compare("three editions, one command / three", together, apart, SHARE, rounds=ROUNDS)
    table.hold(figure)
