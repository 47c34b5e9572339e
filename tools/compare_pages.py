"""Holds the pages of two PDFs against each other: their text must be equal, and each page look alike.

Run `python tools/compare_pages.py FIRST SECOND`: a line for each page that differs, then one for all of them; status 1
when any differs. `.ci/run` compares the essay of each release of TeX Live so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from difflib import unified_diff
from itertools import zip_longest
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

DOTS_PER_INCH = 72
TOLERANCE = 16
"""Greatest difference of a dot's grey, of 255, once each dot is mixed with its neighbours: a glyph drawn a thousandth of
an inch aside passes, a hairline or a full stop that is missing does not."""
_FINER = 4
"""How much finer pages are drawn at first: glyphs are put at whole dots, so that a hair aside may be a whole one."""
_SHOWN = 6


def main(arguments: list[str] | None = None) -> int:
    """Compare, print what differs, and give the exit status."""
    parser = argparse.ArgumentParser(description="Compare two PDFs page by page: text and looks.")
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument(
        "--tolerance", type=int, default=TOLERANCE, help="greatest difference of grey, of 255"
    )
    asked = parser.parse_args(arguments)
    reported, greatest, pages = [], 0, 0
    with pypdfium2.PdfDocument(asked.first) as first, pypdfium2.PdfDocument(asked.second) as second:
        for number, (one, other) in enumerate(zip_longest(first, second), start=1):
            pages = number
            if one is None or other is None:
                reported.append(f"page {number}: only in {asked.first if other is None else asked.second}")
                continue
            difference = grey_difference(one, other)
            greatest = max(greatest, difference)
            reported += [
                f"page {number}: {line}" for line in _differences(one, other, difference, asked.tolerance)
            ]
    print("\n".join([*reported, f"{pages} pages, greatest difference of grey {greatest} of 255"]))
    return 1 if reported else 0


def _differences(
    one: pypdfium2.PdfPage, other: pypdfium2.PdfPage, difference: int, tolerance: int
) -> Iterator[str]:
    texts = [page.get_textpage().get_text_bounded().splitlines() for page in (one, other)]
    if texts[0] != texts[1]:
        yield "the text differs"
        yield from list(unified_diff(*texts, lineterm="", n=0))[2 : 2 + _SHOWN]
    if difference > tolerance:
        yield f"it looks different: {difference} of 255 at the worst dot"


def grey_difference(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> int:
    """Greatest difference of two pages' greys, 255 for pages of different sizes."""
    first, second = picture(one), picture(other)
    if first.size != second.size:
        return 255
    return int(ImageChops.difference(first, second).getextrema()[1])


def picture(page: pypdfium2.PdfPage) -> Image.Image:
    """A page in greys, each dot mixed with its neighbours."""
    drawn = page.render(scale=_FINER * DOTS_PER_INCH / 72, grayscale=True).to_pil()
    return drawn.convert("L").reduce(_FINER).filter(ImageFilter.BoxBlur(1))


if __name__ == "__main__":
    sys.exit(main())
