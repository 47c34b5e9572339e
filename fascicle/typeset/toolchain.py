"""Which programs of TeX are here, and what is missing; quick to ask for a build, thorough for `doctor`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from fascicle.typeset import requirements, systems
from fascicle.typeset.requirements import Requirement

_PATIENCE = 30
"""Seconds that a program may take to tell its version."""
_FONT_FOLDERS = {
    "darwin": ("~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"),
    "linux": ("~/.fonts", "~/.local/share/fonts", "/usr/local/share/fonts", "/usr/share/fonts"),
}
_VERSIONS = {
    "lualatex": r"Version (\S+(?: \(TeX Live \d{4})?)",
}
_ANY_VERSION = r"(?:version |v)?(\d+\.\d[\w.]*)"
OLDEST_TEX_LIVE = 2022
"""The oldest release of TeX Live that the templates are tested with."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """The programs that say what else is here, each as an absolute path or None."""

    lualatex: Path | None
    """Sets the pages."""
    kpsewhich: Path | None
    """Finds TeX's files."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the doctor's report."""

    requirement: Requirement
    """What is needed."""
    path: str
    """Where it was found; empty when it is missing."""
    version: str
    """Its version, as far as it tells one."""
    remedy: str
    """The command that brings it here; empty when nothing is missing."""
    outdated: bool = False
    """True when it is here but older than a build can use."""

    @property
    def ok(self) -> bool:
        """True when it is here and not too old."""
        return bool(self.path) and not self.outdated


def find_toolchain(search_path: str | None = None) -> Toolchain:
    """Look for the programs on PATH (or `search_path`); starts none of them, so that a build loses no time."""

    def find(name: str) -> Path | None:
        found = shutil.which(name, path=search_path)
        return Path(found).absolute() if found else None

    return Toolchain(find("lualatex"), find("kpsewhich"))


def diagnose(toolchain: Toolchain | None = None, *, tests: bool = False) -> list[Finding]:
    """Everything that a build needs, found or not: programs with their versions, LaTeX packages, fonts.

    With `tests`, what only the tests and benchmarks use comes after them.
    """
    toolchain = toolchain or find_toolchain()
    files = (*requirements.STYLES, *requirements.FONTS, *(requirements.TEST_FILES if tests else ()))
    programs = (*requirements.PROGRAMS, *(requirements.TEST_PROGRAMS if tests else ()))
    with ThreadPoolExecutor() as pool:
        located = pool.submit(locate, [file.name for file in files], toolchain)
        rows = list(pool.map(lambda one: _program(one, toolchain), programs))
    found = located.result()
    return rows + [_finding(file, found.get(file.name, ""), toolchain) for file in files]


def locate(names: Iterable[str], toolchain: Toolchain) -> dict[str, str]:
    """Path of each file of `names` that is in TeX's trees or in a font folder of the system."""
    wanted = list(names)
    found: dict[str, str] = {}
    if toolchain.kpsewhich:
        output = _output([str(toolchain.kpsewhich), *wanted])
        found = {Path(line).name: line for line in output.splitlines()}
    missing_fonts = {name for name in wanted if name not in found and name.endswith((".otf", ".ttf", ".ttc"))}
    for folder in _font_folders() if missing_fonts else ():
        for parent, _, files in os.walk(folder):
            for name in missing_fonts.intersection(files):
                found.setdefault(name, str(Path(parent, name)))
    return found


def remedy(requirement: Requirement, toolchain: Toolchain) -> str:
    """The command that brings `requirement` to this system."""
    if is_native(toolchain) and requirement.texlive:
        return systems.tlmgr_command((requirement.texlive,))
    system = systems.this_system()
    return systems.apt_command((requirement.debian,)) if system.name == "Debian" else system.command


def is_native(toolchain: Toolchain) -> bool:
    """True when TeX is TeX Live's own installation, with its own package manager, and no distribution's."""
    if not toolchain.lualatex or not toolchain.lualatex.exists():
        return False
    return re.search(r"/texlive/\d{4}\w*/bin/", str(toolchain.lualatex.resolve())) is not None


def _program(requirement: Requirement, toolchain: Toolchain) -> Finding:
    path = shutil.which(requirement.name)
    row = _finding(requirement, path or "", toolchain)
    if not path:
        return row
    version = _version(requirement.name, path)
    year = re.search(r"TeX Live (\d{4})", version)
    outdated = year is not None and int(year[1]) < OLDEST_TEX_LIVE
    advice = f"install TeX Live {OLDEST_TEX_LIVE} or newer" if outdated else ""
    return replace(row, version=version, outdated=outdated, remedy=advice)


def _finding(requirement: Requirement, path: str, toolchain: Toolchain) -> Finding:
    return Finding(requirement, path, "", "" if path else remedy(requirement, toolchain))


def _version(name: str, path: str) -> str:
    """What the program says of itself, such as `1.15.0, TeX Live 2022`."""
    option = "-v" if name.startswith("pdf") else "--version"  # poppler's tools know only the short one
    match = re.search(_VERSIONS.get(name, _ANY_VERSION), _output([path, option]))
    return match[1].replace(" (", ", ") if match else "version unknown"


def _output(command: list[str]) -> str:
    """What `command` prints; nothing when it cannot run or takes too long."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout or done.stderr


def _font_folders() -> list[Path]:
    folders = [
        Path(folder).expanduser() for folder in _FONT_FOLDERS.get(sys.platform, _FONT_FOLDERS["linux"])
    ]
    return [folder for folder in folders if folder.is_dir()]
