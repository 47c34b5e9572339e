"""Asks qpdf whether a PDF's structure is sound."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fascicle.pdf.preflight.external_tools import ProgramError, run

SOUND, ERRORS, WARNINGS = 0, 2, 3
"""qpdf's exit statuses."""


def faults(pdf: bytes) -> list[str]:
    """What qpdf finds wrong, one sentence each; nothing when all is sound."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        ran = run(["qpdf", "--check", "--no-warn", file.name], [file.name])
        if ran.returncode == WARNINGS:
            ran = run(["qpdf", "--check", file.name], [file.name])
        said = (ran.stdout + ran.stderr).decode(errors="replace").replace(f"{file.name}: ", "")
    if ran.returncode == SOUND:
        return []
    if ran.returncode not in (ERRORS, WARNINGS):
        raise ProgramError(f"qpdf ended with status {ran.returncode}")
    own = f"{Path(file.name).name}"
    return [
        line.strip().replace(own, "the file")
        for line in said.splitlines()
        if "WARNING" in line or "ERROR" in line.upper() or "damaged" in line
    ] or ["qpdf finds the file damaged"]
