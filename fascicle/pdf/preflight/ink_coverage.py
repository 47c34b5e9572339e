"""The most ink that any point of each page takes: Ghostscript separates the pages, Pillow adds up the inks."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import ImageMath

from fascicle.pdf.preflight.external_tools import Bench, ProgramError, run
from fascicle.project.figures.images import open_picture

DOTS = 100
"""Pixels an inch: fine enough for any area that a press could trap ink in, coarse enough for a second a page."""
FULL = 255


def most(pdf: bytes, bench: Bench) -> list[float]:
    """Per cent of ink at the darkest pixel of each page, spot colours as their process equivalents.

    Raises ProgramError when Ghostscript cannot separate the file.
    """
    found = bench.answer(f"ink {DOTS}", pdf, lambda: _most(pdf))
    return [float(amount) for amount in found] if isinstance(found, list) else []


def _most(pdf: bytes) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "file.pdf"
        source.write_bytes(pdf)
        ran = run(
            ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", f"-r{DOTS}", "-sCompression=lzw",
             "-dUseBleedBox", f"-sOutputFile={folder}/%05d.tif", str(source)],
            [str(source)], [folder],
        )  # fmt: skip
        pages = sorted(Path(folder).glob("*.tif"))
        if ran.returncode != 0 or not pages:
            raise ProgramError(
                f"Ghostscript could not read the file: {ran.stderr.decode(errors='replace')[-200:].strip()}"
            )
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
