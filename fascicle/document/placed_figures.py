"""A figure's file as the outputs place it: its size, its text, its credit."""

from __future__ import annotations

from dataclasses import dataclass

from fascicle.core.diagnostics import Span
from fascicle.document.tree import Inline


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
    span: Span | None = None
    """Where the ledger's entry stands."""
