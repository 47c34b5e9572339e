"""Where TeX comes from: the system's packages, TeX Live's own installer, MacTeX or TinyTeX.

And where it hides.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path


class InstallOrigin(StrEnum):
    """Who has installed TeX."""

    SYSTEM = "the system's packages"
    TEX_LIVE = "TeX Live's installer"
    MACTEX = "MacTeX"
    TINYTEX = "TinyTeX"

    @property
    def own_manager(self) -> bool:
        """True when tlmgr brings further packages."""
        return self is not InstallOrigin.SYSTEM


_PLACES = (
    "/Library/TeX/texbin",
    "~/.TinyTeX/bin/*",
    "~/Library/TinyTeX/bin/*",
    "~/texlive/20??/bin/*",
    "/usr/local/texlive/20??/bin/*",
    "/opt/texlive/20??/bin/*",
)
"""Folders of programs that installers make and that are not on every PATH."""


def origin_of(program: Path | None) -> InstallOrigin | None:
    """Who has installed a program of TeX's; None when it is not there."""
    if program is None or not program.exists():
        return None
    root = tree_of(program)
    if root is None:
        return InstallOrigin.SYSTEM
    if root.name in ("TinyTeX", ".TinyTeX"):
        return InstallOrigin.TINYTEX
    return InstallOrigin.MACTEX if sys.platform == "darwin" else InstallOrigin.TEX_LIVE


def tree_of(program: Path) -> Path | None:
    """The root of the installation that a program belongs to; None when it is a distribution's.

    Programs lie in `ROOT/bin/PLATFORM/` there, links to them anywhere, and `ROOT/tlpkg/` is tlmgr's.
    """
    folder = program.resolve().parent
    if folder.parent.name != "bin":
        return None
    root = folder.parent.parent
    return root if (root / "tlpkg").is_dir() else None


def tlmgr(program: Path | None) -> str:
    """What to type for tlmgr: as root where the installation is not the user's."""
    root = tree_of(program) if program else None
    return "sudo tlmgr" if root and not os.access(root, os.W_OK) else "tlmgr"


def off_the_path() -> Path | None:
    """The folder of a TeX that is installed but not on PATH, the newest one; None when there is none."""
    for place in _PLACES:
        pattern = Path(place).expanduser()
        for folder in sorted(
            Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor))), reverse=True
        ):
            if os.access(folder / "lualatex", os.X_OK):
                return folder
    return None
