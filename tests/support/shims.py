"""Stand-ins for programs of the system: shell scripts in a folder that goes first on PATH, and a log of their calls."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_EVERYDAY = "awk cat chmod cp dirname echo env find grep head id ln ls make mkdir printf pwd rm sed sh sleep tail test touch"


class Shims:
    """A PATH of its own: everyday programs, and those that a test makes up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """The only folder on PATH."""
        self.log = folder.parent / "calls.log"
        """One line for each call of a made-up program."""
        folder.mkdir(parents=True)
        for name in _EVERYDAY.split():
            if found := shutil.which(name):
                (folder / name).symlink_to(found)

    def add(self, name: str, body: str = "exit 0") -> None:
        """Make up the program `name`: it logs its call and then runs `body`, a piece of shell."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.log}"\n{body}\n', encoding="utf-8")
        path.chmod(0o755)

    def link(self, name: str, target: str) -> None:
        """Put a real program on the PATH under `name`."""
        (self.folder / name).symlink_to(target)

    @property
    def calls(self) -> list[str]:
        """The calls so far, program and arguments."""
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def environment(self, **extra: str) -> dict[str, str]:
        """An environment in which only these programs are found."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHON", "MAKEFLAGS", "MAKELEVEL")
        }
        return {**kept, "PATH": str(self.folder), **extra}
