"""The most ink that any point of each page takes.

Ghostscript separates the pages, Pillow adds up the inks.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import ImageMath

from fascicle.core.system.ghostscript import GhostscriptError, NotInstalledError, run_ghostscript
from fascicle.pdf.preflight.external_tools import LIMIT, ProgramError, ToolRunner
from fascicle.project.figures.images import open_picture

DOTS = 100
"""Pixels an inch: fine enough for any area that a press could trap ink in, coarse enough for a second a page."""
FULL = 255
_SWITCHES = ("-sDEVICE=tiff32nc", f"-r{DOTS}", "-sCompression=lzw", "-dUseBleedBox")


def most(pdf: bytes, tool_runner: ToolRunner) -> list[float]:
    """Per cent of ink at the darkest pixel of each page, spot colours as their process equivalents.

    Raises ProgramError when Ghostscript cannot separate the file.
    """
    found = tool_runner.answer(f"ink {DOTS}", pdf, lambda: _most(pdf))
    return [float(amount) for amount in found] if isinstance(found, list) else []


def _most(pdf: bytes) -> list[float]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "file.pdf").write_bytes(pdf)
        try:
            run_ghostscript([*_SWITCHES, "-sOutputFile=%05d.tif", "file.pdf"], folder, LIMIT)
        except NotInstalledError as error:
            raise ProgramError(str(error)) from error
        except GhostscriptError as error:
            raise ProgramError(f"Ghostscript could not read the file: {error}") from error
        pages = sorted(folder.glob("*.tif"))
        if not pages:
            raise ProgramError("Ghostscript found no page in the file")
        return [_darkest(page) for page in pages]


def _darkest(page: Path) -> float:
    """The largest sum of the four inks of one pixel."""
    with open_picture(page) as picture:
        inks = [ink.convert("I") for ink in picture.split()]
    total = inks[0]
    for ink in inks[1:]:
        total = ImageMath.lambda_eval(lambda at: at["a"] + at["b"], a=total, b=ink)
    highest = total.getextrema()[1]
    return round((highest if isinstance(highest, int | float) else highest[1]) * 100 / FULL, 1)
