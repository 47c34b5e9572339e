"""Drawings that an earlier run has turned into PDF and found sound.

Their size is kept beside them.

To look into a PDF costs more than all else that a check of a short text does, and a drawing's name here is made of
what is in it, so that what was found once is true as long as the file is there.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

from fascicle.project.figures.conversion import FigureConverter, fresh_name, key_of
from fascicle.project.figures.images import Probe


def cached_drawing(name: str, digest: str, figure_converter: FigureConverter) -> tuple[Path, Probe] | None:
    """The PDF of the drawing `name` and its size; None when it must be made, or looked into, or turned into inks."""
    made = _made(name, digest, figure_converter)
    if made is None or not made.exists():
        return None
    try:
        width, height = map(float, json.loads(_note(made).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return (made, Probe("PDF", width, height)) if 0 < width < 1e5 and 0 < height < 1e5 else None


def remember(name: str, digest: str, made: Path, found: Probe, figure_converter: FigureConverter) -> None:
    """Keep the size of a drawing of which nothing had to be told."""
    if made == _made(name, digest, figure_converter):
        fresh = fresh_name(_note(made))
        fresh.write_text(json.dumps([found.width, found.height]), encoding="utf-8")
        fresh.replace(_note(made))


def _made(name: str, digest: str, figure_converter: FigureConverter) -> Path | None:
    if figure_converter.inks or PurePosixPath(name).suffix.lower() != ".svg":
        return None
    return figure_converter.folder / f"{key_of(digest, 'svg')}.pdf"


def _note(made: Path) -> Path:
    return made.with_suffix(".json")
