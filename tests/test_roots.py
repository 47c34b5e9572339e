"""The door to roots of other releases: what it says when it cannot go on. That it works, `.ci/run` shows."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "tools" / "roots"


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """The tool with these arguments; its cache is never touched."""
    environment = {**os.environ, "FASCICLE_ROOTS": "/nowhere/at/all", **changes}
    return subprocess.run(
        [TOOL, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_help_is_the_head_of_the_script() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "tools/roots [options] RELEASE COMMAND" in done.stdout
    assert "set -euo" not in done.stdout


@pytest.mark.parametrize("arguments", [(), ("13",), ("--unknown", "13", "make")])
def test_wrong_usage_is_answered_with_the_help(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "RELEASE is 12, 13, forky" in done.stderr


def test_what_a_root_needs_is_told(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    done = run("13", "make", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert done.returncode == 4
    assert "type sudo before the command" in done.stderr
