"""Checks of fonts: inside the file, no bitmaps, every character known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.preflight.check import Check, CheckContext
from fascicle.pdf.reading.inspection import Font


def fonts_embedded(proof: CheckContext) -> Iterator[str]:
    """Every font program is in the file."""
    yield from _fonts(proof, lambda font: not font.embedded, "is not embedded")


def no_bitmap_fonts(proof: CheckContext) -> Iterator[str]:
    """No font is of type 3."""
    yield from _fonts(proof, lambda font: font.kind == "Type3", "is a Type 3 font")


def fonts_subset(proof: CheckContext) -> Iterator[str]:
    """Of every font, the file holds the characters used and no more."""
    yield from _fonts(
        proof, lambda font: font.embedded and not font.subset and font.kind != "Type3", "is whole"
    )


def characters_known(proof: CheckContext) -> Iterator[str]:
    """Every font tells its characters."""
    yield from _fonts(proof, lambda font: not font.unicode, "does not tell which characters it shows")


def _fonts(proof: CheckContext, wrong: Callable[[Font], bool], what: str) -> Iterator[str]:
    pages: dict[str, list[int]] = {}
    for font in filter(wrong, proof.file.fonts):
        pages.setdefault(font.name or "without a name", []).append(font.page)
    for font_name, found in pages.items():
        yield f"the font {font_name} {what} ({_pages(found)})"


def _pages(numbers: list[int]) -> str:
    """Page numbers for a sentence, at most five of them."""
    pages = sorted(set(numbers))
    if len(pages) == 1:
        return f"page {pages[0]}"
    shown = ", ".join(map(str, pages[:5]))
    return f"pages {shown} and {len(pages) - 5} more" if len(pages) > 5 else f"pages {shown}"


CHECKS = (
    Check(
        "fonts-embedded",
        "All fonts are in the file",
        Code.FONT_NOT_EMBEDDED,
        fonts_embedded,
        press="every font inside the file",
    ),
    Check("fonts-subset", "Fonts hold the characters used alone", Code.FONT_NOT_SUBSET, fonts_subset),
    Check("no-bitmap-fonts", "No font is made of bitmaps", Code.BITMAP_FONT, no_bitmap_fonts),
    Check("characters", "Text can be searched and copied", Code.TEXT_WITHOUT_UNICODE, characters_known),
)
"""In the order of the report."""
