"""Whether the TeX that is installed makes tagged PDF: told by its files, before it runs."""

from __future__ import annotations

import functools
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.system.program_queries import told
from fascicle.typeset.environment import banner
from fascicle.typeset.job import Program
from fascicle.typeset.release import TAGGING, TAGGING_RELEASE, release_of

_KERNEL, _TAGS, _NUMBERS = "latex.ltx", "tagpdf.sty", "lualineno.sty"
_DATE = re.compile(r"\\edef\\fmtversion\s*(?:%.*\n\s*)*\{(\d{4}-\d{2}-\d{2})\}")
_BEGINNING = 1 << 18
"""Characters of LaTeX's source in which its date stands."""


@dataclass(frozen=True, slots=True)
class Capability:
    """What the TeX here can do for readers who cannot see the page."""

    lacking: str = ""
    """Why it cannot tag, in a few words; empty when it can."""
    numbers_lines: bool = False
    """Whether it has the package that numbers the lines of tagged text."""


def capability() -> Capability:
    """What the LuaLaTeX that builds take can do."""
    engine = shutil.which(Program.LUALATEX)
    return _capability(engine) if engine else Capability("LuaLaTeX is not installed")


@functools.cache
def _capability(engine: str) -> Capability:
    year = release_of(banner(engine)).year
    if year is not None and year < TAGGING_RELEASE:
        return Capability(f"TeX Live {year} cannot tag")
    files = _found(engine, (_KERNEL, _TAGS, _NUMBERS))
    date = _date(files.get(_KERNEL))
    if date < TAGGING:
        return Capability(f"LaTeX of {date} cannot tag" if date else "LaTeX tells no date")
    if _TAGS not in files:
        return Capability("the package tagpdf is missing")
    return Capability(numbers_lines=_NUMBERS in files)


def _found(engine: str, names: tuple[str, ...]) -> dict[str, Path]:
    """Those of the files that TeX finds, by name."""
    program = Path(engine).parent / "kpsewhich"
    command = [str(program) if program.exists() else "kpsewhich", *names]
    paths = map(Path, told(command).splitlines())
    return {path.name: path for path in paths if path.name in names}


def _date(kernel: Path | None) -> str:
    """The date of LaTeX by its source; empty when it tells none."""
    if kernel is None:
        return ""
    with kernel.open(encoding="utf-8", errors="replace") as stream:
        found = _DATE.search(stream.read(_BEGINNING))
    return found[1] if found else ""
