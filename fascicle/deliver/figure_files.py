"""Figures as files of their own, in a format that the journal takes, under the names that it wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fascicle.codes import Code
from fascicle.deliver.journals import FigureFormat, Journal, Resolution
from fascicle.deliver.names import file_name
from fascicle.diagnostics import Collector, Severity, Span
from fascicle.pdf.pdfium import LOCK
from fascicle.project.prepare import Prepared

if TYPE_CHECKING:
    from PIL import Image

_OWN = {
    ".pdf": FigureFormat.PDF,
    ".png": FigureFormat.PNG,
    ".jpg": FigureFormat.JPG,
    ".jpeg": FigureFormat.JPG,
}
_PIXELS = {FigureFormat.TIF: "TIFF", FigureFormat.PNG: "PNG", FigureFormat.JPG: "JPEG"}
_USUAL = 600
"""Pixels an inch of a drawing made of pixels where the journal does not say: what publishers ask of combinations."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A picture with the number of its figure."""

    number: int
    """Counted from 1 in the order of the text."""
    picture: Prepared
    """The picture."""
    span: Span
    """Where the text places it."""


def figure_files(
    figures: list[Numbered], journal: Journal, names: Mapping[str, str], problems: Collector, *, draft: bool
) -> dict[str, bytes]:
    """The files by name; what cannot be had is told. A plate has no file: its figure is not there yet."""
    made = {}
    for figure in figures:
        if figure.picture.file is None:
            continue
        stem = file_name(journal.rules.figure_name, {**names, "number": str(figure.number)})
        kind = kind_for(figure.picture.file, journal.rules.figure_formats)
        if kind is None:
            kinds = ", ".join(one.value for one in journal.rules.figure_formats)
            message = f"{figure.picture.path} cannot be made a file of a kind that the journal takes: {kinds}"
            problems.add(Code.JOURNAL_FIGURE, message, figure.span)
            continue
        _check_resolution(figure, journal, problems, draft=draft)
        made[f"{stem}.{kind.value}"] = converted(figure.picture.file, kind, journal.rules.figure_resolution)
    return made


def kind_for(file: Path, wanted: tuple[FigureFormat, ...]) -> FigureFormat | None:
    """The picture's own kind where the journal takes it, else the first that it can be made into."""
    own = _OWN[file.suffix.lower()]
    if not wanted or own in wanted:
        return own
    return next((kind for kind in wanted if kind in _PIXELS), None)


def converted(file: Path, kind: FigureFormat, wanted: Resolution) -> bytes:
    """The picture as `kind`; a drawing becomes pixels at the resolution that the journal asks of drawings."""
    if _OWN[file.suffix.lower()] is kind:
        return file.read_bytes()
    from PIL import Image

    dpi = wanted.line or wanted.combination or wanted.photograph or _USUAL
    if file.suffix.lower() == ".pdf":
        image, stated = _drawn(file, dpi), (dpi, dpi)
    else:
        image = Image.open(file)
        stated = image.info.get("dpi", (wanted.photograph or 300,) * 2)
    if kind is FigureFormat.JPG and image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    stream = BytesIO()
    options: dict[str, Any] = {"quality": 95, "subsampling": 0} if kind is FigureFormat.JPG else {}
    options |= {"compression": "tiff_lzw"} if kind is FigureFormat.TIF else {}
    image.save(stream, _PIXELS[kind], dpi=stated, **options)
    return stream.getvalue()


def _drawn(file: Path, dpi: int) -> Image.Image:
    import pypdfium2

    with LOCK, pypdfium2.PdfDocument(file) as document:
        image: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        return image


def _check_resolution(figure: Numbered, journal: Journal, problems: Collector, *, draft: bool) -> None:
    """A photograph's pixels against its own size: enlarged in print it would have fewer still."""
    file, wanted = figure.picture.file, journal.rules.figure_resolution.photograph
    if wanted is None or file is None or file.suffix.lower() == ".pdf":
        return
    from PIL import Image

    with Image.open(file) as image:
        dpi = image.width / (figure.picture.width / 72.27)
    if dpi + 1 < wanted:
        message = f"{figure.picture.path} has {dpi:.0f} pixels an inch at its own size, and the journal asks for {wanted}"
        severity = Severity.NOTE if draft else Severity.ERROR
        source = journal.source_of("figure_resolution")
        problems.add(Code.JOURNAL_FIGURE, message, figure.span, f"rule: {source}", severity=severity)
