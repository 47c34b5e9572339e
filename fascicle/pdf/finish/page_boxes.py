"""Pages as a printer gets them: boxes, blank pages at the end, crop and registration marks."""

from __future__ import annotations

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from fascicle.pdf.objects import dictionary, entry, inherited
from fascicle.project.page_geometry import MARK_LENGTH, Sheet, mark_offset

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
"""Every box that a page can have (ISO 32000-1, table 30)."""
LINE = 0.25
"""Width of marks in points: a hairline that every press holds."""
TARGET = 6.0
"""Radius of a registration target's cross in points; its circle is half as large."""
REGISTRATION = "/FascicleAll"
"""Name of the colour of all inks in a page's resources."""
_ARC = 0.5523
"""Length of the handles of a Bézier quarter circle of radius 1."""


def pad(writer: PdfWriter, multiple: int, last_blank: bool) -> None:
    """Add blank pages until their number is a multiple of `multiple`; one at least when the last must be blank."""
    if not writer.pages:
        return
    wide, high = (float(side) for side in writer.pages[0].mediabox.upper_right)
    wanted = len(writer.pages) + (1 if last_blank else 0)
    wanted += -wanted % multiple
    while len(writer.pages) < wanted:
        page = writer.add_blank_page(width=wide, height=high)
        page[NameObject("/Resources")] = DictionaryObject()


def set_boxes(writer: PdfWriter, sheet: Sheet) -> None:
    """Write each page's boxes as the sheet has them."""
    for index, page in enumerate(writer.pages):
        for key in BOXES:
            page.pop(key, None)
        for key, box in sheet.boxes(index).items():
            page[NameObject(key)] = ArrayObject(FloatObject(side) for side in box)
        page.pop("/Rotate", None)


def draw_marks(writer: PdfWriter, sheet: Sheet) -> None:
    """Draw each page's marks below its content."""
    colour = writer._add_object(_registration_colour(writer))
    drawn: dict[bytes, IndirectObject] = {}
    for index, page in enumerate(writer.pages):
        content = marks(sheet, index)
        if content not in drawn:
            stream = DecodedStreamObject()
            stream.set_data(content)
            drawn[content] = writer._add_object(stream)
        spaces = _resource(page, "/ColorSpace")
        spaces[NameObject(REGISTRATION)] = colour
        page[NameObject("/Contents")] = ArrayObject([drawn[content], *_contents(page)])


def _contents(page: PageObject) -> list[IndirectObject]:
    held = page.raw_get("/Contents") if "/Contents" in page else None
    followed = entry(page, "/Contents")
    if isinstance(followed, ArrayObject):
        return list(followed)
    return [held] if isinstance(held, IndirectObject) else []


def _resource(page: PageObject, kind: str) -> DictionaryObject:
    """The page's own dictionary of resources of one kind, made where there is none."""
    shared = inherited(page, "/Resources")
    own = DictionaryObject(shared) if isinstance(shared, DictionaryObject) else DictionaryObject()
    page[NameObject("/Resources")] = own
    held = DictionaryObject(dictionary(own, kind))
    own[NameObject(kind)] = held
    return held


def _registration_colour(writer: PdfWriter) -> ArrayObject:
    """The colour that prints with every ink (ISO 32000-1, 8.6.6.4), and what it is where there are four."""
    tint = DictionaryObject(
        {
            NameObject("/FunctionType"): NumberObject(2),
            NameObject("/Domain"): ArrayObject([NumberObject(0), NumberObject(1)]),
            NameObject("/C0"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/C1"): ArrayObject([NumberObject(1)] * 4),
            NameObject("/N"): NumberObject(1),
        }
    )
    return ArrayObject(
        [NameObject("/Separation"), NameObject("/All"), NameObject("/DeviceCMYK"), writer._add_object(tint)]
    )


def marks(sheet: Sheet, index: int) -> bytes:
    """The drawing of a page's marks: where to cut, and a target in the middle of each side. All outside the bleed."""
    left, low, right, high = sheet.boxes(index)["/TrimBox"]
    near = mark_offset(sheet.bleed)
    far = near + MARK_LENGTH
    lines = []
    for x in (left, right):
        for start, step in ((low, -1), (high, 1)):
            lines.append((x, start + step * near, x, start + step * far))
    for y in (low, high):
        for start, step in ((left, -1), (right, 1)):
            lines.append((start + step * near, y, start + step * far, y))
    middle = near + MARK_LENGTH / 2 + LINE
    targets = [
        ((left + right) / 2, low - middle),
        ((left + right) / 2, high + middle),
        (left - middle, (low + high) / 2),
        (right + middle, (low + high) / 2),
    ]
    parts = [f"q {REGISTRATION} CS 1 SCN {LINE} w 0 J []0 d"]
    parts += [f"{_numbers(*line[:2])} m {_numbers(*line[2:])} l S" for line in lines]
    parts += [_target(x, y) for x, y in targets]
    return ("\n".join([*parts, "Q"]) + "\n").encode()


def _target(x: float, y: float) -> str:
    """A cross with a circle around its middle."""
    half = min(TARGET, MARK_LENGTH / 2)
    r = half / 2
    k = r * _ARC
    cross = f"{_numbers(x - half, y)} m {_numbers(x + half, y)} l {_numbers(x, y - half)} m {_numbers(x, y + half)} l S"
    curves = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    return f"{cross}\n{_numbers(x + r, y)} m " + " ".join(f"{_numbers(*curve)} c" for curve in curves) + " S"


def _numbers(*values: float) -> str:
    return " ".join(f"{round(value, 4) + 0.0:g}" if abs(value) < 1 else f"{value:.4f}" for value in values)
