"""A figure's file as the outputs place it: its size, its text, its credit."""

from __future__ import annotations

from dataclasses import dataclass

from fascicle.core.diagnostics import Span
from fascicle.core.units import BIG_POINTS
from fascicle.document.document import Document
from fascicle.document.locale.words import words
from fascicle.document.tree import Inline
from fascicle.project.figures.ledger import ledger_path
from fascicle.project.figures.print_permission import PlaceholderReason, Prepared


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture as the run folder holds it."""

    file: str | None
    """Name of the file that TeX includes; None prints a placeholder plate of the same size."""
    plate_reason: str
    """Why there is a plate, in the publication's language; empty when there is a file."""
    width_pt: float
    """Natural width in PostScript points (1/72 inch)."""
    height_pt: float
    """Natural height in PostScript points."""
    alt: str
    """What the picture shows, for those who cannot see it; may be empty."""
    credit: tuple[Inline, ...] = ()
    """Credit line, printed after the caption."""
    description: str = ""
    """A longer account of what it shows; may be empty."""
    span: Span | None = None
    """Where the ledger's entry stands."""


def place_picture(picture: Prepared, file: str | None, document: Document) -> PlacedPicture:
    """A prepared picture under the name of the file that the output has of it; None prints a placeholder plate."""
    printed = words(document.publication.data.language).plates
    own = ledger_path(picture.path)
    entry = document.publication.pictures.get(own)
    reasons = {PlaceholderReason.PENDING: printed.pending, PlaceholderReason.AWAITED: printed.missing}
    return PlacedPicture(
        file=file,
        plate_reason=reasons[picture.placeholder] if picture.placeholder else "",
        width_pt=picture.width * BIG_POINTS["pt"],
        height_pt=picture.height * BIG_POINTS["pt"],
        alt=picture.alt,
        credit=document.credits.get(own, ()),
        description=(entry.data.description or "") if entry and entry.data else "",
    )
