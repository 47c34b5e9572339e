"""Checks of pictures: enough pixels for the size at which they are printed."""

from __future__ import annotations

import math
from collections.abc import Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Severity
from fascicle.pdf.objects import entry
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.preflight.checks.pages import intents
from fascicle.pdf.reading.interpreter import Placed

CLOSE = 0.6
"""Points, or pixels, by which a picture may differ from its file's size and still be that file."""
ROUNDING = 0.995
"""Part of a resolution that counts as all of it, since sizes are rounded."""


def fine_enough(proof: CheckContext) -> Iterator[Broken]:
    """Every raster picture has the promised number of pixels an inch at its printed size."""
    promised = proof.promises
    grave = Severity.ERROR if "GTS_PDFX" in intents(proof) else None
    for number, page in enumerate(proof.file.painted, start=1):
        worst: dict[str, Broken] = {}
        for placed in sorted(page.pictures, key=lambda placed: placed.resolution):
            least = promised.min_line_resolution if placed.bits == 1 else promised.min_resolution
            if least and placed.resolution < least * ROUNDING and not _plain(placed):
                figure = figure_of(proof, placed)
                message = (
                    f"{figure or 'a picture'} has {placed.resolution:.0f} pixels an inch on page {number}, "
                    f"and {least:g} were promised"
                )
                where = promised.places.get("min_line_resolution" if placed.bits == 1 else "min_resolution")
                worst.setdefault(
                    message, Broken(message, number, figure, where, grave, _enough(placed, least))
                )
        yield from worst.values()


def _enough(placed: Placed, least: float) -> str:
    """What makes the picture fine enough: the pixels that it wants, and the width that it has pixels for."""
    wide, high = (math.ceil(points / 72 * least) for points in placed.size)
    fits = math.floor(placed.size[0] / 72 * 25.4 * placed.resolution / least)
    larger = f"take a picture of at least {wide} × {high} pixels"
    return f"{larger}, or print it at most {fits} mm wide: {{width={fits}mm}}" if fits else larger


def figure_of(proof: CheckContext, placed: Placed) -> str:
    """The path of the picture that this is or is part of; empty when no picture of the text has its size."""
    for size in (*placed.forms, placed.pixels):
        for picture in proof.promises.pictures:
            if all(abs(one - two) <= CLOSE for one, two in zip(picture.size, size, strict=True)):
                return picture.path
    return ""


def _plain(placed: Placed) -> bool:
    """True for the few pixels with which drawing programs fill areas and paint shadings."""
    return max(placed.pixels) <= 4 or not entry(placed.picture, "/Width")


def no_resolution(proof: CheckContext) -> str:
    """Without a limit there is nothing to measure against."""
    promised = proof.promises
    return "" if promised.min_resolution or promised.min_line_resolution else "no resolution is promised"


CHECKS = (
    Check(
        "resolution",
        "Pictures are fine enough for their size",
        Code.LOW_RESOLUTION,
        fine_enough,
        True,
        no_resolution,
    ),
)
"""In the order of the report."""
