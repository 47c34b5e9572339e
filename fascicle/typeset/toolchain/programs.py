"""Which programs of TeX are here, and what is missing.

Quick to ask for a build, thorough for `doctor`.
"""

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

from fascicle.typeset import release
from fascicle.typeset.toolchain import installation, platforms, requirements
from fascicle.typeset.toolchain.installation import InstallOrigin
from fascicle.typeset.toolchain.requirements import Requirement

_PATIENCE = 30
"""Seconds that a program may take to tell its version."""
_FONT_FOLDERS = {
    "darwin": ("~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"),
    "linux": ("~/.fonts", "~/.local/share/fonts", "/usr/local/share/fonts", "/usr/share/fonts"),
}
UNKNOWN = "version unknown"
_ENGINES = ("lualatex", "pdflatex")
_VERSIONS: dict[str, str] = {}
_ANY_VERSION = r"(?:version |v)?(\d+\.\d[\w.]*)"


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


def diagnose(toolchain: Toolchain | None = None, *, tests: str = "", journals: bool = False) -> list[Finding]:
    """Everything that a build needs, found or not: programs with their versions, LaTeX packages, fonts.

    With `journals` what only their classes need comes after them, and with `tests`, a key of `requirements.TESTS`,
    that and what only the tests and benchmarks use.
    """
    toolchain = toolchain or find_toolchain()
    files = (
        *requirements.STYLES,
        *requirements.FONTS,
        *(requirements.JOURNAL_FILES if tests or journals else ()),
    )
    programs = (*requirements.PROGRAMS, *requirements.test_programs(tests))
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
    origin = installation.origin_of(toolchain.lualatex)
    if origin and origin.own_manager and requirement.texlive:
        return platforms.tlmgr_command((requirement.texlive,), installation.tlmgr(toolchain.lualatex))
    system = platforms.this_system()
    if system.name == "Debian":
        return platforms.apt_command((requirement.debian,))
    if origin is InstallOrigin.MACTEX or origin is InstallOrigin.TINYTEX:
        return platforms.brew_command(requirement.debian) or system.command
    return system.command


def is_native(toolchain: Toolchain) -> bool:
    """True when TeX is an installation of its own, with its own package manager, and no distribution's."""
    origin = installation.origin_of(toolchain.lualatex)
    return origin is not None and origin.own_manager


def _program(requirement: Requirement, toolchain: Toolchain) -> Finding:
    path = shutil.which(requirement.name)
    row = _finding(requirement, path or "", toolchain)
    if not path:
        return row
    banner = _banner(requirement.name, path)
    if requirement.name not in _ENGINES:
        match = re.search(_VERSIONS.get(requirement.name, _ANY_VERSION), banner)
        return replace(row, version=match[1] if match else UNKNOWN)
    engine = release.release_of(banner)
    advice = f"install TeX Live {release.OLDEST} or newer: docs/tex.md says how" if engine.outdated else ""
    return replace(row, version=engine.reported or UNKNOWN, outdated=engine.outdated, remedy=advice)


def _finding(requirement: Requirement, path: str, toolchain: Toolchain) -> Finding:
    return Finding(requirement, path, "", "" if path else remedy(requirement, toolchain))


def _banner(name: str, path: str) -> str:
    """What the program says of itself."""
    poppler = name.startswith("pdf") and name not in _ENGINES  # its tools know only the short option
    return _output([path, "-v" if poppler else "--version"])


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
