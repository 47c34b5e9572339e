"""Three editions in one command against three commands after one another, each from nothing but warm fonts."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

EDITIONS = ("screen", "print", "review")
SHARE = 0.75
"""The most that one command for all may take of what three commands take."""
ROUNDS = 3

pytestmark = [pytest.mark.tex, pytest.mark.slow]


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("essay")
    for part in ("content", "bib", "figures"):
        shutil.copytree(ROOT / part, root / part)
    seconds(root, EDITIONS)  # fonts
    return root


def seconds(root: Path, editions: tuple[str, ...]) -> float:
    """A build from nothing, start of the program included."""
    for edition in editions:
        shutil.rmtree(root / "build" / edition, ignore_errors=True)
        shutil.rmtree(root / "build/run" / edition, ignore_errors=True)
        shutil.rmtree(root / f"build/run/{edition}-title-page", ignore_errors=True)
    begun = time.monotonic()
    program = Path(sys.executable).with_name("fascicle")
    command = [program, "build", *editions, "--allow-pending", "--quiet", "--project", root]
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begun


def test_three_editions_side_by_side(essay: Path) -> None:
    together, apart = [], []
    for _ in range(ROUNDS):
        apart.append(sum(seconds(essay, (edition,)) for edition in EDITIONS))
        together.append(seconds(essay, EDITIONS))
    share = min(together) / min(apart)
    print(f"\nthree commands {min(apart):.1f} s, one command {min(together):.1f} s: {share:.2f}")
    assert share <= SHARE
