"""Drawings as Encapsulated PostScript, by Ghostscript: the same bytes each time, with the fonts in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from fascicle.core.system.atomic_files import read_regular
from fascicle.core.system.sandbox import Wall, own_fonts, run

CONVERTER = "gs"
"""The program."""
SECONDS = 120
"""Longest time that one drawing may take."""
_SWITCHES = ("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dFirstPage=1", "-dLastPage=1", "-sDEVICE=eps2write")
_PASSING = re.compile(rb"^%%(?:CreationDate|Invocation):.*\n", re.MULTILINE)
"""What tells when and how the file was made."""


class PostScriptError(Exception):
    """There is no EPS; the text says why."""


def has_converter() -> bool:
    """Whether the program is installed."""
    return shutil.which(CONVERTER) is not None


def eps(pdf: bytes) -> bytes:
    """The first page of a PDF as EPS. Raises PostScriptError."""
    if not has_converter():
        raise PostScriptError(f"{CONVERTER} (Ghostscript) is not installed")
    with tempfile.TemporaryDirectory(prefix="fascicle-") as place:
        folder = Path(place)
        (folder / "in.pdf").write_bytes(pdf)
        try:
            command = [CONVERTER, *_SWITCHES, "-sOutputFile=out.eps", "in.pdf"]
            environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TMPDIR": place}
            wall = Wall(own_fonts(), (place,), SECONDS)
            done = run(command, wall, environment, folder, SECONDS)
        except subprocess.TimeoutExpired as error:
            raise PostScriptError(f"Ghostscript did not end within {SECONDS} seconds") from error
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        if done.returncode or not (folder / "out.eps").exists():
            raise PostScriptError(said[0] if said else "Ghostscript failed without saying why")
        return _PASSING.sub(b"", read_regular(folder / "out.eps"))
