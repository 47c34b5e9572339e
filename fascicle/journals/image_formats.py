"""A picture in another format: drawings as EPS or as pixels of the resolution asked for, photographs as they are."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fascicle.journals.eps import eps
from fascicle.journals.profile import FigureFormat, Resolution
from fascicle.pdf.pdfium import LOCK
from fascicle.project.figures.images import open_picture
from fascicle.project.figures.metadata_removal import clean_pdf, tame_pdf

if TYPE_CHECKING:
    from PIL import Image

_OWN = {
    ".pdf": FigureFormat.PDF,
    ".png": FigureFormat.PNG,
    ".jpg": FigureFormat.JPG,
    ".jpeg": FigureFormat.JPG,
}
_PIXELS = {FigureFormat.TIF: "TIFF", FigureFormat.PNG: "PNG", FigureFormat.JPG: "JPEG"}
_DRAWN = (FigureFormat.EPS, FigureFormat.PDF)
_USUAL = 600
"""Pixels an inch of a drawing made of pixels where the journal does not say: what publishers ask of combinations."""
_LOOK = 150
"""Pixels an inch at which it is seen whether a drawing is in black and white alone."""
_HARD = {"no_smoothtext": True, "no_smoothimage": True, "no_smoothpath": True}


def kind_for(file: Path, wanted: tuple[FigureFormat, ...]) -> FigureFormat | None:
    """The kind that a picture is sent as: of a drawing the first that stays a drawing, of pixels their own where it is
    taken; else the first that it can be made into.
    """
    own = _OWN[file.suffix.lower()]
    if not wanted:
        return own
    drawn = next((kind for kind in wanted if kind in _DRAWN), None)
    pixels = next((kind for kind in wanted if kind in _PIXELS), None)
    if own is FigureFormat.PDF:
        return drawn or pixels
    return own if own in wanted else pixels or drawn


def converted(file: Path, kind: FigureFormat, wanted: Resolution) -> bytes:
    """The picture as `kind`. Raises GhostscriptError, or what Pillow raises for a damaged picture."""
    own = _OWN[file.suffix.lower()]
    if own is kind and own is not FigureFormat.PDF:
        return file.read_bytes()
    if kind in _DRAWN:
        pdf = tame_pdf(file.read_bytes()) if own is FigureFormat.PDF else _framed(file, wanted)
        return eps(pdf) if kind is FigureFormat.EPS else pdf
    return _as_drawing(file, kind, wanted) if own is FigureFormat.PDF else _as_pixels(file, kind, wanted)


def is_black_and_white(image: Image.Image) -> bool:
    """Whether a picture is line art: no grey and no colour in it."""
    if image.mode == "1":
        return True
    colours = image.convert("RGB").getcolors(2)
    return colours is not None and {colour for _, colour in colours} <= {(0, 0, 0), (255, 255, 255)}


def _framed(file: Path, wanted: Resolution) -> bytes:
    """A picture of pixels as the one thing on the page of a PDF, of its own size."""
    stream = BytesIO()
    with open_picture(file) as image:
        dpi = _stated(image, wanted)
        plain = image if image.mode in ("1", "L", "RGB", "CMYK") else image.convert("RGB")
        plain.save(stream, "PDF", dpi=dpi)
    return clean_pdf(stream.getvalue())  # Pillow writes the time


def _as_drawing(file: Path, kind: FigureFormat, wanted: Resolution) -> bytes:
    """A drawing as pixels: in black and white alone at the resolution of line art, else at that of combinations."""
    if wanted.line and kind is not FigureFormat.JPG and is_black_and_white(_drawn(file, _LOOK, **_HARD)):
        return _saved(_drawn(file, wanted.line, **_HARD).convert("1"), kind, (wanted.line, wanted.line))
    dpi = wanted.combination or wanted.line or wanted.photograph or _USUAL
    return _saved(_drawn(file, dpi), kind, (dpi, dpi))


def _as_pixels(file: Path, kind: FigureFormat, wanted: Resolution) -> bytes:

    with open_picture(file) as image:
        return _saved(image, kind, _stated(image, wanted))


def _stated(image: Image.Image, wanted: Resolution) -> tuple[float, float]:
    """The resolution that a picture of pixels tells of itself, else the journal's."""
    dpi: tuple[float, float] = image.info.get("dpi", (wanted.photograph or 300,) * 2)
    return dpi


def _saved(image: Image.Image, kind: FigureFormat, dpi: tuple[float, float]) -> bytes:
    if kind is FigureFormat.JPG and image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    options: dict[str, Any] = {}
    if kind is FigureFormat.JPG:
        options = {"quality": 95, "subsampling": 0}
    elif kind is FigureFormat.TIF:
        options = {"compression": "group4" if image.mode == "1" else "tiff_lzw"}
    stream = BytesIO()
    image.save(stream, _PIXELS[kind], dpi=dpi, **options)
    return stream.getvalue()


def _drawn(file: Path, dpi: int, **options: bool) -> Image.Image:
    import pypdfium2

    with LOCK, pypdfium2.PdfDocument(file) as document:
        image: Image.Image = document[0].render(scale=dpi / 72, **options).to_pil()
        return image
