"""Drawings as Encapsulated PostScript, by Ghostscript: the same bytes each time, with the fonts in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

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
    with tempfile.TemporaryDirectory(prefix="fascicle-") as place:
        folder = Path(place)
        (folder / "in.pdf").write_bytes(pdf)
        try:
            done = subprocess.run(
                [CONVERTER, *_SWITCHES, "-sOutputFile=out.eps", "in.pdf"],
                cwd=folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TMPDIR": place},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except FileNotFoundError as error:
            raise PostScriptError(f"{CONVERTER} (Ghostscript) is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise PostScriptError(f"Ghostscript did not end within {SECONDS} seconds") from error
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        if done.returncode or not (folder / "out.eps").exists():
            raise PostScriptError(said[0] if said else "Ghostscript failed without saying why")
        return _PASSING.sub(b"", (folder / "out.eps").read_bytes())
