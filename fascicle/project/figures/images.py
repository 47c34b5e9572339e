"""Looks into picture files: format, natural size, soundness.

Says what is wrong at the place that names them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.units import TEX_POINTS

if TYPE_CHECKING:
    from PIL import Image

RASTER = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".tif": "TIFF", ".tiff": "TIFF"}
"""Raster endings and the format that Pillow calls them by."""
VECTOR = {".pdf": "PDF", ".svg": "SVG"}
"""Vector endings."""
DEFAULT_DPI = 300.0
"""Resolution of a raster picture that states none: what printers ask for (facts of T&F, Springer, IngramSpark)."""
MAX_PIXELS = 200_000_000
"""More pixels than an A2 plate at 600 dpi has; beyond it one picture costs gigabytes of memory."""
_LOAD_PIXELS = 25_000_000


@dataclass(frozen=True, slots=True)
class Probe:
    """What a sound picture file is."""

    format: str
    """PDF, SVG, PNG, JPEG or TIFF."""
    width: float
    """Natural width in TeX points (72.27 an inch)."""
    height: float
    """Natural height in TeX points."""


def stated_size(size: str) -> tuple[float, float]:
    """Width and height in TeX points of a text such as `150x100mm` (its form is checked by the model)."""
    unit = size[-2:]
    width, height = size[:-2].split("x")
    return float(width) * TEX_POINTS[unit], float(height) * TEX_POINTS[unit]


def probe(path: Path, name: str, span: Span | None, problems: Collector) -> Probe | None:
    """What the picture `name` at `path` is; None, with an error at `span`, when it cannot be used."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in RASTER and suffix not in VECTOR:
        kinds = "PDF, PNG, JPEG, TIFF, SVG, EPS, WebP or GIF"
        problems.add(
            Code.UNKNOWN_PICTURE_FORMAT, f"'{name}' is not a {kinds} file", span, "export it as one of these"
        )
        return None
    if path.stat().st_size == 0:
        problems.add(Code.CORRUPT_PICTURE, f"the picture {name} is an empty file", span)
        return None
    if suffix == ".svg":
        return Probe("SVG", 0.0, 0.0)  # its size is known once it is a PDF
    return (
        _probe_pdf(path, name, span, problems)
        if suffix == ".pdf"
        else _probe_raster(path, name, span, problems)
    )


def _corrupt(name: str, reason: object, span: Span | None, problems: Collector) -> None:
    hint = "open it in the program that made it and save or export it again"
    problems.add(Code.CORRUPT_PICTURE, f"the picture {name} cannot be read", span, hint, causes=[str(reason)])


def _probe_pdf(path: Path, name: str, span: Span | None, problems: Collector) -> Probe | None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(path.read_bytes()), strict=False)
        if reader.is_encrypted:
            _corrupt(name, "it is encrypted", span, problems)
            return None
        box = reader.pages[0].cropbox
        width, height = float(box.width) * TEX_POINTS["bp"], float(box.height) * TEX_POINTS["bp"]
        if reader.pages[0].rotation % 180:
            width, height = height, width
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        _corrupt(name, error, span, problems)
        return None
    if width <= 0 or height <= 0:
        _corrupt(name, "its first page has no size", span, problems)
        return None
    return Probe("PDF", width, height)


@contextmanager
def open_picture(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """A raster picture, open while the context lasts; raises what Pillow raises for one that it cannot read.

    Pillow warns of pictures that it finds large, and refuses larger ones; our own limit is told as a diagnostic.
    """
    from PIL import Image

    before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source) as image:
                yield image
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _probe_raster(path: Path, name: str, span: Span | None, problems: Collector) -> Probe | None:
    expected = RASTER[PurePosixPath(name).suffix.lower()]
    try:
        with open_picture(path) as image:
            if image.format not in (expected, "MPO" if expected == "JPEG" else expected):
                _corrupt(name, f"its name says {expected} but it is {image.format}", span, problems)
                return None
            width, height = image.size
            if width * height > MAX_PIXELS:
                _too_large(name, width, height, span, problems)
                return None
            dpi = resolution(image.info.get("dpi"))
            _read_through(image)
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        _corrupt(name, error, span, problems)
        return None
    return Probe(expected, width / dpi[0] * TEX_POINTS["in"], height / dpi[1] * TEX_POINTS["in"])


def _too_large(name: str, width: int, height: int, span: Span | None, problems: Collector) -> None:
    message = f"the picture {name} has {width} × {height} pixels, more than {MAX_PIXELS // 1_000_000} million"
    problems.add(
        Code.HUGE_PICTURE, message, span, "scale it down: 300 pixels an inch at printed size are enough"
    )


def _read_through(image: Image.Image) -> None:
    """Decode the picture, small where the format can, for a cut-off file shows only at its end."""
    width, height = image.size
    if image.format == "JPEG":
        image.draft("L", (width // 8, height // 8))
        image.load()
    elif width * height <= _LOAD_PIXELS:
        image.load()
    elif image.format == "PNG":
        image.verify()


def resolution(stated: object) -> tuple[float, float]:
    """Dots an inch across and down; what a file states is believed when it is believable."""
    if isinstance(stated, tuple) and len(stated) == 2:
        across, down = float(stated[0]), float(stated[1])
        if 20 <= across <= 10_000 and 20 <= down <= 10_000:
            return across, down
    return DEFAULT_DPI, DEFAULT_DPI
