"""What an edition's standard and printer ask of its text and pictures, before anything is typeset."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Severity
from fascicle.core.model import Colour
from fascicle.core.suggestions import did_you_mean
from fascicle.latex.assemble import Assembled
from fascicle.pdf.standards.standard import PRINT_INTENT, Standard
from fascicle.pdf.standards.table import STANDARDS
from fascicle.project.editions import Edition
from fascicle.project.figures.icc_profiles import Profile
from fascicle.project.page_geometry import Sheet

if TYPE_CHECKING:
    from fascicle.project.figures.raster_inks import ColourConversion

STRICT_IN_PRINT = frozenset(
    {
        Code.PERMISSION_PENDING,
        Code.PERMISSION_EXPIRED,
        Code.PICTURE_AWAITED,
        Code.MISSING_ALT,
        Code.MISSING_CREDIT,
        Code.MISSING_RIGHTS,
    }
)
"""What may be open in a draft and must be settled in print."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a print edition is printed on."""

    sheet: Sheet | None = None
    """Page, bleed and marks; None leaves the page to the template."""
    profile: Profile | None = None
    """The printing condition; None when there is none."""
    recompose: Callable[[int], Assembled | None] | None = None
    """Step 4 once more for a result of so many pages, on which the inner margin may depend."""


def paper_unused(edition: Edition, problems: Collector) -> None:
    """The template's own choice of paper gives way to a trim; whoever states both is told."""
    span = edition.places.spans.get(("editions", edition.name, "options", "paper"))
    if edition.settings.trim is not None and span is not None:
        hint = "leave the option out, or set 'trim' to the size that you want"
        message = "the option 'paper' does nothing here: 'trim' decides the page"
        problems.add(Code.PAPER_UNUSED, message, span, hint)


def standard_of(edition: Edition, problems: Collector) -> Standard:
    """The edition's PDF standard; plain PDF, with an error, when it names one that is not known."""
    stated = edition.settings.standard
    if stated is None or stated == "none":
        return STANDARDS["plain"]
    if stated not in STANDARDS:
        hint = did_you_mean(stated, sorted({*STANDARDS, "none"} - {"plain"}))
        message = f"there is no PDF standard '{stated}'"
        problems.add(Code.UNKNOWN_STANDARD, message, edition.span("standard"), hint)
        return STANDARDS["plain"]
    return STANDARDS[stated]


def inks_of(edition: Edition, profile: Profile | None, problems: Collector) -> ColourConversion | None:
    """What the edition's pictures are to become; None when their colours stay as they are."""
    standard = standard_of(edition, problems)
    keep = edition.settings.colour is Colour.KEEP
    if keep and standard.inks_alone:
        hint = "leave 'colour' out, or use the standard x-4"
        message = f"{standard.title} allows printing inks alone, and the edition keeps RGB pictures"
        span = edition.span("colour") or edition.span("standard")
        problems.add(Code.COLOURS_NOT_ALLOWED, message, span, hint)
    if profile is None or standard.intent != PRINT_INTENT:
        return None
    from fascicle.project.figures.raster_inks import ColourConversion  # for print alone

    return ColourConversion(
        profile=profile.path,
        digest=profile.digest,
        keep_rgb=keep,
        opaque=standard.opaque,
        max_ink=edition.settings.max_ink,
        version=standard.version,
    )


def wants_rgb(edition: Edition) -> bool:
    """Whether the edition's file describes colours of a screen, which printing inks are none of."""
    standard = standard_of(edition, Collector())
    return bool(standard.intent) and standard.intent != PRINT_INTENT


def held_to_ledger(found: Iterable[Diagnostic], edition: Edition, *, allow_pending: bool) -> list[Diagnostic]:
    """What the ledger leaves open: as it is in a draft and where it is allowed, else an error each."""
    if edition.draft or allow_pending:
        return list(found)
    return [_strict(one) if one.code in STRICT_IN_PRINT else one for one in found]


def _strict(found: Diagnostic) -> Diagnostic:
    hint = "settle it before printing; a proof can be made with --allow-pending"
    return replace(found, severity=Severity.ERROR, hints=(*found.hints, hint))
