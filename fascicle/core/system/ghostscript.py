"""Ghostscript as a program, in a fixed environment and with a time limit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from fascicle.core.system.atomic_files import read_regular
from fascicle.core.system.sandbox import SandboxPolicy, own_fonts, run

PROGRAM = "gs"
SECONDS = 120
"""Longest time that one run may take."""
_PERMIT = "--permit-file-read"
_SWITCHES = ("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE")


class GhostscriptError(Exception):
    """Ghostscript did not do what it was asked; the text says why."""


class NotInstalledError(GhostscriptError):
    """There is no Ghostscript."""

    def __init__(self) -> None:
        super().__init__(f"{PROGRAM} (Ghostscript) is not installed")


def is_installed() -> bool:
    """Whether the program is there."""
    return shutil.which(PROGRAM) is not None


def run_ghostscript(arguments: Sequence[str], folder: Path, seconds: float = SECONDS) -> None:
    """Run the program in `folder`, which also takes its temporary files. Raises GhostscriptError."""
    if not is_installed():
        raise NotInstalledError
    permitted = (path for flag, _, path in (part.partition("=") for part in arguments) if flag == _PERMIT)
    wall = SandboxPolicy((*own_fonts(), *permitted), (str(folder),), seconds)
    try:
        done = run([PROGRAM, *_SWITCHES, *arguments], wall, _environment(folder), folder, seconds)
    except OSError as error:
        raise GhostscriptError(f"{PROGRAM} cannot be run: {error.strerror or error}") from error
    except subprocess.TimeoutExpired as error:
        raise GhostscriptError(f"Ghostscript did not end within {seconds:g} seconds") from error
    if done.returncode:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        raise GhostscriptError(said[0] if said else "Ghostscript failed without saying why")


def written(file: Path) -> bytes:
    """What the program has written, a regular file alone. Raises GhostscriptError."""
    try:
        return read_regular(file)
    except OSError as error:
        raise GhostscriptError("Ghostscript wrote no file") from error


def _environment(folder: Path) -> dict[str, str]:
    """A small, fixed environment: the same result on every machine and day."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {"PATH": os.defpath, **kept, "LC_ALL": "C.UTF-8", "TMPDIR": str(folder), "SOURCE_DATE_EPOCH": "0"}
