"""Stand-ins for LuaLaTeX: small shell scripts whose whole behaviour stands in the test that uses them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from fascicle.typeset.job import Job, Limits

TEX = "\\documentclass{article}\n\\begin{document}\nText.\n\\end{document}\n"
GOOD = "echo '\\relax' >main.aux; echo PDF >main.pdf; echo 'Output written' >main.log"
"""A LuaLaTeX that settles at once."""


VERSION = "This is LuaHBTeX, Version 1.15.0 (TeX Live 2022)"


def install(folder: Path, lualatex: str | None = GOOD, version: str = VERSION) -> Mapping[str, str]:
    """Write the scripts and give the environment that finds them; None leaves the program out.

    A gated engine is told by its last argument; the script then waits for its line, as the real one does.
    """
    programs = folder / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    gate = f'test "$1" = --version && echo "{version}" && exit\n'
    gate += 'case "$*" in *io.read*) read -r line || exit 3; case $line in go|draft) ;; *) exit 3 ;; esac ;; esac\n'
    if lualatex is not None:
        (programs / "lualatex").write_text(f"#!/bin/sh\n{gate}{lualatex}\n")
        (programs / "lualatex").chmod(0o755)
    for name in (
        "sh",
        "sleep",
        "cat",
        "echo",
        "cp",
        "dd",
        "yes",
        "head",
        "kill",
        "wc",
        "touch",
        "date",
        "cksum",
    ):
        if not (programs / name).exists() and (found := _find(name)):
            (programs / name).symlink_to(found)
    return {"PATH": str(programs)}


def job(place: Path, environment: Mapping[str, str], **changes: object) -> Job:
    """A job in `place` whose programs are the stand-ins."""
    values: dict[str, object] = {
        "folder": place / "run",
        "tex": TEX,
        "cache": place / "cache",
        "environment": environment,
        "limits": Limits(seconds=20, lock=0.2),
    }
    return Job(**{**values, **changes})  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and only not yet waited for does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def _find(name: str) -> str | None:
    return next(
        (f"{place}/{name}" for place in ("/bin", "/usr/bin") if os.access(f"{place}/{name}", os.X_OK)), None
    )
