"""The sheet of a print edition.

Trimmed page, bleed, room for marks, least margins; and what makes a sheet impossible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import EditionSettings
from fascicle.core.suggestions import did_you_mean
from fascicle.core.units import BIG_POINTS
from fascicle.project.editions import Edition

TRIMS: Mapping[str, str] = {
    "a4": "210x297mm",
    "a5": "148x210mm",
    "a6": "105x148mm",
    "b5": "176x250mm",
    "letter": "8.5x11in",
    "half-letter": "5.5x8.5in",
    "us-trade": "6x9in",
    "royal": "156x234mm",
    "demy": "138x216mm",
}
"""Sizes by name: ISO 216, ANSI, the usual sizes of books in Britain and the United States."""
MOST_BLEED = 5 * BIG_POINTS["mm"]
"""More bleed than this no printer asks for."""
SMALLEST, LARGEST = 70 * BIG_POINTS["mm"], 1000 * BIG_POINTS["mm"]
"""Bounds of a trimmed page's sides: below the first no line of text fits."""
MARK_OFFSET, MARK_GAP, MARK_LENGTH = 3 * BIG_POINTS["mm"], 1 * BIG_POINTS["mm"], 6 * BIG_POINTS["mm"]
"""Crop marks begin so far outside the trimmed page, at least so far outside the bleed, and are so long."""
MARK_ROOM = MARK_LENGTH + 1 * BIG_POINTS["mm"]
"""Room that marks need outside their offset."""
_EXACT = 0.005
"""Half of what boxes may be wrong by, in points."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in PostScript points."""


@dataclass(frozen=True, slots=True)
class Room:
    """Distance from the trimmed page's edges to the sheet's, in PostScript points."""

    bind: float
    """At the edge where the pages are bound."""
    outer: float
    """At the edge opposite."""
    upright: float
    """Above, and below."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as a printer gets it. All measures in PostScript points."""

    width: float
    """Width of the trimmed page."""
    height: float
    """Height of the trimmed page."""
    bleed: float
    """What is printed beyond the trimmed page and cut off."""
    bleed_at_bind: bool
    """Whether there is bleed where the pages are bound, too."""
    marks: bool
    """Whether crop and registration marks are printed."""
    room: Room
    """How much larger the sheet is than the trimmed page."""
    two_sided: bool = True
    """Whether left pages mirror right ones."""
    begins_left: bool = False
    """Whether page 0 is a left one, as where an article begins on an even page of its issue."""

    @property
    def media(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return (
            self.width + self.room.bind + self.room.outer,
            self.height + 2 * self.room.upright,
        )

    def boxes(self, index: int) -> dict[str, Box]:
        """Media, bleed and trim box of the page with this index; a right one is bound at its left edge."""
        wide, high = self.media
        left_page = self.two_sided and (index % 2 == 1) != self.begins_left
        left = self.room.outer if left_page else self.room.bind
        low, right = self.room.upright, left + self.width
        at_bind = self.bleed if self.bleed_at_bind else 0.0
        before, after = (self.bleed, at_bind) if left_page else (at_bind, self.bleed)
        bleed = (left - before, low - self.bleed, right + after, low + self.height + self.bleed)
        trim = (left, low, right, low + self.height)
        found = {"/MediaBox": (0.0, 0.0, wide, high), "/BleedBox": bleed, "/TrimBox": trim}
        return {name: _rounded(box) for name, box in found.items()}


def _rounded(box: Box) -> Box:
    left, low, right, high = (round(side, 4) + 0.0 for side in box)
    return left, low, right, high


def mark_offset(bleed: float) -> float:
    """How far outside the trimmed page crop marks begin."""
    return max(MARK_OFFSET, bleed + MARK_GAP)


def points(measure: str) -> float:
    """PostScript points of a measure such as `3mm`; its form is checked by the model."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+) ?(mm|cm|in|pt|bp)?", measure)
    if found is None or (found[2] is None and float(found[1])):
        raise ValueError(f"'{measure}' is no measure")
    return float(found[1]) * BIG_POINTS[found[2] or "pt"]


def size(stated: str) -> tuple[float, float] | None:
    """Width and height in PostScript points of `a5`, `6x9in`, `170 x 240 mm`; None when it is neither name nor size."""
    text = TRIMS.get(stated.strip().lower(), stated.strip().lower())
    number, unit = r"(\d+(?:\.\d+)?|\.\d+)", r"(mm|cm|in|pt|bp)"
    found = re.fullmatch(rf"{number} ?{unit}? ?[x×] ?{number} ?{unit}", text)
    if found is None:
        return None
    return float(found[1]) * BIG_POINTS[found[2] or found[4]], float(found[3]) * BIG_POINTS[found[4]]


def sheet_of(edition: Edition, two_sided: bool, problems: Collector) -> Sheet | None:
    """The edition's sheet; None when it states no trim, or, with an error, an impossible one."""
    settings = edition.settings
    if settings.trim is None:
        for key in ("bleed", "media"):
            if getattr(settings, key) is not None and key in edition.stated:
                message = f"'{key}' means nothing without 'trim', the size of the finished page"
                problems.add(Code.IMPOSSIBLE_PAGE, message, edition.span(key), "add a line 'trim: a5'")
        return None
    trim = _size_at("trim", settings.trim, edition, problems)
    bleed = points(settings.bleed) if settings.bleed else 0.0
    if bleed > MOST_BLEED + _EXACT:
        message = f"a bleed of {settings.bleed} is more than the 5 mm that printers can use"
        problems.add(Code.IMPOSSIBLE_PAGE, message, edition.span("bleed"), "3mm and 0.125in are usual")
        return None
    if trim is None:
        return None
    if min(trim) < SMALLEST or max(trim) > LARGEST:
        message = f"a page of {_told(*trim)} cannot be printed: sides are between 70 mm and 1 m"
        problems.add(Code.IMPOSSIBLE_PAGE, message, edition.span("trim"))
        return None
    return _placed(trim, bleed, edition, two_sided, problems)


def _placed(
    trim: tuple[float, float], bleed: float, edition: Edition, two_sided: bool, problems: Collector
) -> Sheet | None:
    """The trimmed page on its sheet, which is the one stated or as large as bleed and marks need."""
    settings = edition.settings
    at_bind, marks = settings.bleed_at_bind is not False, bool(settings.marks)
    need = mark_offset(bleed) + MARK_ROOM if marks else bleed
    room = Room(need if marks or at_bind else 0.0, need, need)
    if settings.media is not None:
        media = _size_at("media", settings.media, edition, problems)
        if media is None:
            return None
        beside, above = (media[0] - trim[0]) / 2, (media[1] - trim[1]) / 2
        if min(beside, above) < need - _EXACT:
            _too_large(trim, media, need, edition, problems)
            return None
        room = Room(beside, beside, above)
    return Sheet(*trim, bleed, at_bind, marks, room, two_sided)


def _too_large(
    trim: tuple[float, float], media: tuple[float, float], need: float, edition: Edition, problems: Collector
) -> None:
    if trim[0] > media[0] + _EXACT or trim[1] > media[1] + _EXACT:
        message = f"the trimmed page of {_told(*trim)} is larger than its sheet of {_told(*media)}"
        hint = "leave 'media' out: the sheet is then as large as it must be"
        problems.add(Code.IMPOSSIBLE_PAGE, message, edition.span("media"), hint)
        return
    what = "bleed and marks" if edition.settings.marks else "bleed"
    message = f"the sheet of {_told(*media)} has no room for the {what} of a trimmed page of {_told(*trim)}"
    least = _told(trim[0] + 2 * need, trim[1] + 2 * need)
    problems.add(
        Code.IMPOSSIBLE_PAGE, message, edition.span("media"), f"it needs a sheet of at least {least}"
    )


def _size_at(key: str, stated: str, edition: Edition, problems: Collector) -> tuple[float, float] | None:
    found = size(stated)
    if found is None:
        hint = did_you_mean(stated, list(TRIMS)) + "; or give a width and a height such as 170x240mm"
        message = f"'{stated}' is no page size for '{key}'"
        problems.add(Code.IMPOSSIBLE_PAGE, message, edition.span(key), hint)
    return found


def _told(width: float, height: float) -> str:
    return " × ".join(f"{round(side / BIG_POINTS['mm'], 1):g}" for side in (width, height)) + " mm"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a template must know of the page it sets. All measures in PostScript points."""

    sheet: Sheet
    """The page and the sheet it stands on."""
    margin: float
    """Least distance of text from the trimmed page's edges."""
    gutter: float
    """Least distance of text from the edge where the pages are bound."""


def layout_of(sheet: Sheet | None, settings: EditionSettings, pages: int) -> Layout | None:
    """The layout for a result of so many pages, blank ones counted; None without a sheet."""
    if sheet is None:
        return None
    margin = points(settings.margin) if settings.margin else 0.0
    return Layout(sheet, margin, max(margin, gutter_for(settings, pages)))


def gutter_for(settings: EditionSettings, pages: int) -> float:
    """Least inner margin at so many pages, in PostScript points; 0 when none is asked for."""
    steps = settings.gutter_by_pages
    begun = [start for start in steps if start <= pages] or list(steps)[:1]
    by_pages = points(steps[max(begun)]) if begun else 0.0
    return max(by_pages, points(settings.gutter) if settings.gutter else 0.0)


def padded(settings: EditionSettings, pages: int) -> int:
    """Pages with the blank ones that the edition adds at the end."""
    wanted = pages + (1 if settings.last_page_blank else 0)
    return wanted + -wanted % (settings.page_multiple or 1)
