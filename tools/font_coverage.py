"""Writes `fascicle/latex/fonts/coverage.json`: which characters each declared font file has, read from the files themselves.

Run by hand (`.venv/bin/python tools/font_coverage.py`) after a change of `fascicle/latex/fonts/typefaces.py`; the tests
compare the result with the fonts of the machine they run on.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from fascicle.latex.fonts.typefaces import CHOSEN_FILES, FONT_FILES

TARGET = Path(__file__).parents[1] / "fascicle" / "latex" / "fonts" / "coverage.json"


def ranges(characters: Iterable[int]) -> str:
    """Code points as hexadecimal ranges: `20-7e a0 c0-ff`."""
    found: list[list[int]] = []
    for point in sorted(characters):
        if found and point == found[-1][1] + 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return " ".join(f"{first:x}-{last:x}" if last > first else f"{first:x}" for first, last in found)


def characters_of(path: str) -> set[int]:
    """The code points that a font file maps to glyphs; collections share one table."""
    font = TTFont(path, fontNumber=0, lazy=True)
    return set(font.getBestCmap())


def main() -> None:
    """Read every declared font and write the table."""
    table = {}
    for name in (*FONT_FILES, *CHOSEN_FILES):
        found = subprocess.run(["kpsewhich", name], capture_output=True, text=True, check=True)  # noqa: S607
        table[name] = ranges(characters_of(found.stdout.strip()))
    TARGET.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
