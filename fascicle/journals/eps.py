"""Drawings as Encapsulated PostScript: the same bytes each time, with the fonts in them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from fascicle.core.system.ghostscript import run_ghostscript, written

_SWITCHES = ("-dFirstPage=1", "-dLastPage=1", "-sDEVICE=eps2write")
_PASSING = re.compile(rb"^%%(?:CreationDate|Invocation):.*\n", re.MULTILINE)
"""What tells when and how the file was made."""


def eps(pdf: bytes) -> bytes:
    """The first page of a PDF as EPS. Raises GhostscriptError."""
    with tempfile.TemporaryDirectory(prefix="fascicle-") as place:
        folder = Path(place)
        (folder / "in.pdf").write_bytes(pdf)
        run_ghostscript([*_SWITCHES, "-sOutputFile=out.eps", "in.pdf"], folder)
        return _PASSING.sub(b"", written(folder / "out.eps"))
