"""What runs on this machine, for tests that leave nothing behind."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PATIENCE = 10.0
"""Seconds in which what was killed has gone."""


def left_behind(folder: Path) -> list[str]:
    """Commands that work in `folder`, or on it, and do not end soon by themselves."""
    deadline = time.monotonic() + PATIENCE
    while (left := [*marked(str(folder)), *working_in(folder)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def marked(mark: str) -> list[str]:
    """Commands that have `mark` among their words."""
    return [command for command in commands() if mark in command and "ps -eo" not in command]


def working_in(folder: Path) -> list[str]:
    """Commands whose working directory is `folder` or lies below it; none where the system does not tell."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it has ended, or is somebody else's
            if place.readlink().is_relative_to(folder.resolve()):
                found.append(_command(place.with_name("cmdline")))
    return found


def commands() -> Iterator[str]:
    """Everything that runs. A small Linux has no ps, macOS no /proc."""
    if Path("/proc/self/cmdline").exists():
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):  # it has ended
                yield _command(file)
    else:
        yield from subprocess.check_output(["ps", "-eo", "pid,args"], text=True).splitlines()


def _command(file: Path) -> str:
    return file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
