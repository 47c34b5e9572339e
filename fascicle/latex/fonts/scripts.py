"""Scripts that need shaping, and who prints them where a system has their fonts."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Script:
    """A script, and the fonts that print it, the best first."""

    name: str
    """What it is called in messages."""
    tag: str
    """OpenType's tag."""
    ranges: tuple[tuple[int, int], ...]
    """First and last code points."""
    fonts: tuple[tuple[str, str], ...]
    """File names of a regular and a bold font."""
    package: str
    """Debian's package of the first of them."""
    scale: float = 1.0
    """Size of the fonts beside Latin letters."""
    leftward: bool = False
    """Whether it is written from right to left."""


_NOTO = "fonts-noto-core"


def _noto(name: str, *, bold: bool = True) -> tuple[str, str]:
    return f"Noto{name}-Regular.ttf", f"Noto{name}-{'Bold' if bold else 'Regular'}.ttf"


SCRIPTS = (
    Script("Arabic", "arab", ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
           (("Amiri-Regular.ttf", "Amiri-Bold.ttf"), ("amiri-regular.ttf", "amiri-bold.ttf"), _noto("NaskhArabic")),
           "fonts-hosny-amiri", 1.1, leftward=True),
    Script("Hebrew", "hebr", ((0x590, 0x5FF), (0xFB1D, 0xFB4F)), (_noto("SerifHebrew"),), _NOTO, 0.95, leftward=True),
    Script("Syriac", "syrc", ((0x700, 0x74F), (0x860, 0x86F)), (_noto("SansSyriac", bold=False),), _NOTO, leftward=True),
    Script("Devanagari", "dev2", ((0x900, 0x97F), (0xA8E0, 0xA8FF)), (_noto("SerifDevanagari"),), _NOTO),
    Script("Bengali", "bng2", ((0x980, 0x9FF),), (_noto("SerifBengali"),), _NOTO),
    Script("Tamil", "tml2", ((0xB80, 0xBFF),), (_noto("SerifTamil"),), _NOTO, 0.92),
    Script("Thai", "thai", ((0xE00, 0xE7F),), (_noto("SerifThai"),), _NOTO),
    Script("Ethiopic", "ethi", ((0x1200, 0x139F), (0x2D80, 0x2DDF)), (_noto("SerifEthiopic"),), _NOTO, 0.92),
    Script("Coptic", "copt", ((0x2C80, 0x2CFF), (0x3E2, 0x3EF)), (_noto("SansCoptic", bold=False),), _NOTO, 0.95),
)  # fmt: skip
"""The scripts, with the fonts of Debian's packages."""
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts", "/Library/Fonts")


def script_of(char: str) -> Script | None:
    """The script of a character that needs shaping, or None."""
    point = ord(char)
    if point < 0x3E2:
        return None
    return next((one for one in SCRIPTS if any(low <= point <= high for low, high in one.ranges)), None)


def is_leftward(char: str) -> bool:
    """Whether a character is written from right to left."""
    script = script_of(char)
    return script is not None and script.leftward


def font_of(script: Script, *, bold: bool) -> str | None:
    """The file of the first font for a script that is installed; None when none is."""
    there = _installed()
    return next((pair[bold] for pair in script.fonts if pair[bold] in there), None)


@cache
def _installed() -> frozenset[str]:
    """Names of the font files of this system, looked for when a text first needs one."""
    folders = [*_FOLDERS, *filter(None, os.environ.get("OSFONTDIR", "").replace("//", "").split(os.pathsep))]
    names = (name for folder in folders for _, _, found in os.walk(folder) for name in found)
    return frozenset(name for name in names if Path(name).suffix.lower() in (".ttf", ".otf", ".ttc"))


def hint_for(characters: Iterable[str]) -> str | None:
    """What to install so that scripts among `characters` can be printed; None when nothing helps."""
    wanted = [script for char in sorted(set(characters)) if (script := script_of(char))]
    packages = dict.fromkeys(script.package for script in wanted if font_of(script, bold=False) is None)
    if not packages:
        return None
    names = " and ".join(dict.fromkeys(script.name for script in wanted))
    return f"install {' '.join(packages)} (Debian's packages), which print {names}"
