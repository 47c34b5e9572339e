"""Contrast of the program's own colours: text of at least 4.5 to 1 on what it stands on, as WCAG 2 asks at level AA."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEET = (ROOT / "templates/html/style.css").read_text(encoding="utf-8")
CHANGES = (ROOT / "templates/html/changes.css").read_text(encoding="utf-8")
LEAST = 4.5
"""WCAG 2.2, 1.4.3 and technique G18."""
TEXT, GROUND = ("ink", "soft", "link"), ("paper", "wash", "mark")


def palette(after: str) -> dict[str, str]:
    """The colours of the first `:root` behind a mark."""
    found = re.search(r":root \{(.*?)\}", SHEET[SHEET.index(after) :], re.DOTALL)
    assert found
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", found[1]))


PALETTES = {
    "light": palette(":root"), "dark": palette("(prefers-color-scheme: dark)"), "print": palette("@media print")
}  # fmt: skip


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance, 0 to 1, of parts of red, green and blue of 0 to 1."""
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parts(colour: str) -> tuple[float, ...]:
    """`#rgb` or `#rrggbb` as parts of 0 to 1."""
    digits = colour.removeprefix("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    return tuple(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast(parts("#fff"), parts("#000")) == pytest.approx(21)
    assert contrast(parts("#777"), parts("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
def test_text_of_pages_and_books(name: str) -> None:
    colours = PALETTES[name]
    low = {
        (text, ground): round(found, 2)
        for text, ground in product(TEXT, GROUND)
        if (found := contrast(parts(colours[text]), parts(colours[ground]))) < LEAST
    }
    assert low == {}


def test_marks_of_changes() -> None:
    light, dark = CHANGES.split("@media (prefers-color-scheme: dark)")
    for name, sheet in (("light", light), ("dark", dark)):
        for colour in set(re.findall(r"(?<!-)\bcolor: (#[0-9a-f]{3,6})", sheet)):
            for ground in ("paper", "wash"):
                assert contrast(parts(colour), parts(PALETTES[name][ground])) >= LEAST, (name, colour, ground)


def test_colours_of_printed_text() -> None:
    defined = {
        found[1]: tuple(map(float, found[2].split(",")))
        for file in (ROOT / "templates").rglob("*.tex")
        for found in re.finditer(
            r"\\definecolor\{(\w+)\}\{rgb\}\{([\d.,]+)\}", file.read_text(encoding="utf-8")
        )
    }
    assert {"fasciclelink", "fascicleinserted", "fascicledeleted"} <= set(defined)
    assert {name for name, colour in defined.items() if contrast(colour, (1, 1, 1)) < LEAST} == set()
