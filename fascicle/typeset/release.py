"""Which release of TeX Live an engine belongs to, told from its banner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

OLDEST = 2022
"""The oldest release of TeX Live that the templates are tested with."""
TAGGING = "2026-06-01"
"""The oldest LaTeX whose tagged PDF passes a validator without errors of TeX."""
TAGGING_RELEASE = 2026
"""The release of TeX Live that has it."""

_LUAHBTEX: Mapping[tuple[int, ...], int] = {
    (1, 12): 2020,
    (1, 13): 2021,
    (1, 14): 2021,
    (1, 15): 2022,
    (1, 16): 2023,
    (1, 17): 2023,
    (1, 18): 2024,
    (1, 22): 2025,
    (1, 24): 2026,
}
"""TeX Live's release by LuaHBTeX's version."""
_BINDS_LUA = (1, 18)
"""From this version on LuaTeX holds Lua's own `io.open` to `openin_any`."""
_BANNER = re.compile(
    r"(?P<engine>Lua\w*TeX|pdfTeX),? (?:Version )?(?P<version>[\d.-]+\d)(?: \((?P<system>.*)\))?"
)
_YEAR = re.compile(r"TeX Live (\d{4})(/dev)?")
_LATEX = re.compile(r"LaTeX2e <(\d{4}-\d{2}-\d{2})>")


@dataclass(frozen=True, slots=True)
class Release:
    """What an engine is."""

    version: str
    """Its own version, such as `1.18.0`; empty when the banner tells none."""
    year: int | None
    """The release of TeX Live; None for other distributions."""
    binds_lua: bool = False
    """True for a LuaTeX that holds Lua's own `io.open` to `openin_any`, which its font loader, opening files by absolute
    paths, does not bear: those of TeX Live 2024 and later."""

    @property
    def reported(self) -> str:
        """`1.18.0, TeX Live 2024`."""
        return f"{self.version}, TeX Live {self.year}" if self.year else self.version

    @property
    def outdated(self) -> bool:
        """True for a TeX Live that is older than the templates need."""
        return self.year is not None and self.year < OLDEST


def release_of(banner: str) -> Release:
    """The release that an engine's banner stands for.

    Neither the year in the banner nor the file release-texlive.txt can be trusted: a development version names the
    release to come, and distributions pack such versions. Debian 13's TeX Live 2024 says 2025/dev, and the file 2025.
    """
    found = _BANNER.search(banner)
    if not found:
        return Release("", None)
    version, luatex = found["version"].rpartition("-")[2], found["engine"] != "pdfTeX"
    numbers = tuple(int(part) for part in version.split(".")[:2] if part)
    stated = _YEAR.search(found["system"] or "")
    year = int(stated[1]) - bool(stated[2]) if stated else None
    if year and luatex:
        year = _LUAHBTEX.get(numbers, year)
    return Release(version, year, luatex and numbers >= _BINDS_LUA)


def latex_date(log: str) -> str:
    """The date of the LaTeX that wrote a log, such as `2022-11-01`; empty when it tells none."""
    found = _LATEX.search(log)
    return found[1] if found else ""
