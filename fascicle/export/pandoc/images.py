"""Pictures as Word shows them: PNG and JPEG as they are, drawings as PNG of enough pixels."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from fascicle.document.document import Document
from fascicle.document.figures.placed_figures import PlacedPicture, place_picture
from fascicle.pdf.pdfium import LOCK
from fascicle.project.figures.images import open_picture
from fascicle.project.figures.print_permission import Prepared

_MOST_DOTS = 4000
"""Dots along the longer side: 17 centimetres at 600 an inch."""


def placed_pictures(
    document: Document, prepared: Mapping[str, Prepared], folder: Path, dpi: int
) -> dict[str, PlacedPicture]:
    """The pictures by the path typed in the text, their files written to `folder` under names that tell nothing."""
    placed = {}
    for number, (path, picture) in enumerate(prepared.items(), start=1):
        file = _written(picture.file, folder, number, dpi) if picture.file else None
        placed[path] = place_picture(picture, file, document)
    return placed


def _written(source: Path, folder: Path, number: int, dpi: int) -> str:
    suffix = source.suffix.lower()
    if suffix == ".pdf":
        name = f"picture{number:02}.png"
        _rasterised(source, folder / name, dpi)
    elif suffix in (".jpg", ".jpeg") and _inks(source):
        name = f"picture{number:02}.jpg"
        _in_rgb(source, folder / name)
    else:
        name = f"picture{number:02}{re.sub('jpeg', 'jpg', suffix)}"
        shutil.copyfile(source, folder / name)
    return name


def _rasterised(source: Path, target: Path, dpi: int) -> None:
    """The first page of a drawing as PNG; one the size of a poster in as many dots as a page can show."""
    from pypdfium2 import PdfDocument

    with LOCK, PdfDocument(source) as document:
        scale = min(dpi / 72, _MOST_DOTS / max(document[0].get_size()))
        image = document[0].render(scale=scale).to_pil()
    dpi = round(scale * 72)
    image.save(target, "PNG", dpi=(dpi, dpi), optimize=True)


def _inks(source: Path) -> bool:

    with open_picture(source) as image:
        return image.mode == "CMYK"


def _in_rgb(source: Path, target: Path) -> None:
    """A photograph in printing inks, which Word shows in wrong colours, in those of a screen."""
    with open_picture(source) as image:
        dpi = image.info.get("dpi", (300, 300))
        image.convert("RGB").save(target, "JPEG", quality=95, subsampling=0, dpi=dpi)
