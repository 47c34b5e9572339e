"""Drawings as Encapsulated PostScript: the same bytes each time, with the fonts in them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from fascicle.core.system.atomic_files import read_regular
from fascicle.core.system.ghostscript import GhostscriptError, run_ghostscript

_SWITCHES = ("-dFirstPage=1", "-dLastPage=1", "-sDEVICE=eps2write")
_PASSING = re.compile(rb"^%%(?:CreationDate|Invocation):.*\n", re.MULTILINE)
"""What tells when and how the file was made."""


def eps(pdf: bytes) -> bytes:
    """The first page of a PDF as EPS. Raises GhostscriptError."""
    with tempfile.TemporaryDirectory(prefix="fascicle-") as place:
        folder = Path(place)
        (folder / "in.pdf").write_bytes(pdf)
        run_ghostscript([*_SWITCHES, "-sOutputFile=out.eps", "in.pdf"], folder)
        if not (folder / "out.eps").exists():
            raise GhostscriptError("Ghostscript wrote no file")
        return _PASSING.sub(b"", read_regular(folder / "out.eps"))
