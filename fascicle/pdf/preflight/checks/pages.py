"""Checks of the pages: their boxes, their number, none of them empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.reading.inspection import BOXES, Box

EXACT = 0.01
"""Points by which a box may differ from what was promised."""
CHAIN = ("/TrimBox", "/BleedBox", "/MediaBox")
"""Each lies inside the next (ISO 32000-1, 14.11.2; ISO 15930)."""
LARGEST = 14_400
"""Most points of a page's side (ISO 32000-1, annex C)."""


def boxes_nested(proof: CheckContext) -> Iterator[Broken]:
    """Every page has a media box, and its other boxes lie inside one another; PDF/X says where the page is cut."""
    cut = "GTS_PDFX" in intents(proof)
    for number, boxes in enumerate(proof.file.boxes, start=1):
        media = boxes.get("/MediaBox")
        if not media:
            yield Broken(f"page {number} has no media box", number)
            continue
        if not 3 <= min(_sides(media)) <= max(_sides(media)) <= LARGEST:
            yield Broken(f"page {number} measures {_measure(media)}, which no page can", number)
        if cut and ("/TrimBox" in boxes) == ("/ArtBox" in boxes):
            yield Broken(f"page {number} needs a trim box or an art box, and one of them alone", number)
        present = [name for name in CHAIN if name in boxes]
        for inner, outer in (*pairwise(present), ("/CropBox", "/MediaBox"), ("/ArtBox", "/MediaBox")):
            if inner in boxes and outer in boxes and not _inside(boxes[inner], boxes[outer]):
                yield Broken(f"on page {number} the {_word(inner)} is larger than the {_word(outer)}", number)


def boxes_as_promised(proof: CheckContext) -> Iterator[Broken]:
    """Every box is the promised one, to the hundredth of a point."""
    promised = proof.promises.boxes
    reported = {one.page for one in boxes_nested(proof)}
    for index, boxes in enumerate(proof.file.boxes):
        if index + 1 in reported:
            continue
        wanted = promised[index % len(promised)]
        for name in BOXES:
            if name not in wanted:
                continue
            found, number = boxes.get(name), index + 1
            if found is None:
                yield Broken(f"page {number} has no {_word(name)}", number)
            elif any(abs(one - two) > EXACT for one, two in zip(found, wanted[name], strict=True)):
                message = f"the {_word(name)} of page {number} is {_corners(found)}, and {_corners(wanted[name])} was promised"
                yield Broken(message, number)


def skip_boxes(proof: CheckContext) -> str:
    """An edition without a trim leaves the page to its template."""
    return "" if proof.promises.boxes else "the edition states no page"


def no_blank_page(proof: CheckContext) -> Iterator[Broken]:
    """No page is empty, but those at the end that fill up a multiple."""
    blank = [number for number, page in enumerate(proof.file.painted, start=1) if not page.marks]
    promised, count = proof.promises, len(proof.file.reader.pages)
    filling = promised.pages_multiple - 1 + int(promised.last_page_blank)
    for number in blank:
        at_end = all(later in blank for later in range(number, count + 1)) and number > count - filling
        if not at_end:
            yield Broken(f"page {number} is empty", number)


def skip_blank_pages(proof: CheckContext) -> str:
    """Books have empty pages, opposite chapters that begin on the right."""
    return "empty pages are allowed" if proof.promises.blank_pages else ""


def number_of_pages(proof: CheckContext) -> Iterator[str | Broken]:
    """The printer can bind so many pages, and the last one is empty when it must be."""
    promised, count = proof.promises, len(proof.file.reader.pages)
    if count % promised.pages_multiple:
        yield f"the file has {count} pages, which is no multiple of {promised.pages_multiple}"
    if count < promised.min_pages:
        message = f"the file has {count} pages, and the printer binds no fewer than {promised.min_pages}"
        yield Broken(message, span=promised.places.get("min_pages"))
    if promised.max_pages and count > promised.max_pages:
        message = f"the file has {count} pages, and the printer binds no more than {promised.max_pages}"
        yield Broken(message, span=promised.places.get("max_pages"))
    if promised.last_page_blank and count and proof.file.painted[-1].marks:
        yield Broken("the last page is not empty", count)


def skip_number_of_pages(proof: CheckContext) -> str:
    """Most editions have as many pages as their text takes."""
    promised = proof.promises
    stated = promised.pages_multiple > 1 or promised.min_pages > 1 or promised.max_pages
    return "" if stated or promised.last_page_blank else "any number will do"


def intents(proof: CheckContext) -> str:
    """Subtypes of the output intents asked for, or else found."""
    if proof.output_options:
        return proof.output_options.standard.intent or ""
    return " ".join(proof.file.intents)


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _inside(inner: Box, outer: Box) -> bool:
    low = inner[0] >= outer[0] - EXACT and inner[1] >= outer[1] - EXACT
    return low and inner[2] <= outer[2] + EXACT and inner[3] <= outer[3] + EXACT


def _word(name: str) -> str:
    return f"{name.removeprefix('/').removesuffix('Box').lower()} box"


def _measure(box: Box) -> str:
    wide, high = _sides(box)
    return f"{wide:g} by {high:g} pt"


def _corners(box: Box) -> str:
    return "[" + " ".join(f"{side:.2f}" for side in box) + "]"


CHECKS = (
    Check(
        "boxes",
        "The pages' boxes lie inside one another",
        Code.WRONG_BOXES,
        boxes_nested,
        press="boxes of every page",
    ),
    Check(
        "page-size",
        "The pages are cut where it was promised",
        Code.WRONG_BOXES,
        boxes_as_promised,
        True,
        skip_boxes,
    ),
    Check("blank-pages", "No page is empty", Code.BLANK_PAGE, no_blank_page, True, skip_blank_pages),
    Check(
        "page-count",
        "The printer can bind the pages",
        Code.PAGE_COUNT,
        number_of_pages,
        True,
        skip_number_of_pages,
    ),
)
"""In the order of the report."""
