"""Ghostscript as a program, in a fixed environment and with a time limit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PROGRAM = "gs"
SECONDS = 120
"""Longest time that one run may take."""
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
    try:
        done = subprocess.run(
            [PROGRAM, *_SWITCHES, *arguments],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except FileNotFoundError as error:
        raise NotInstalledError from error
    except OSError as error:
        raise GhostscriptError(f"{PROGRAM} cannot be run: {error.strerror or error}") from error
    except subprocess.TimeoutExpired as error:
        raise GhostscriptError(f"Ghostscript did not end within {seconds:g} seconds") from error
    if done.returncode:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        raise GhostscriptError(said[0] if said else "Ghostscript failed without saying why")


def _environment(folder: Path) -> dict[str, str]:
    """A small, fixed environment: the same result on every machine and day."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {"PATH": os.defpath, **kept, "LC_ALL": "C.UTF-8", "TMPDIR": str(folder), "SOURCE_DATE_EPOCH": "0"}
