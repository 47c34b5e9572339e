"""The printing condition of an edition.

An ICC profile of TeX Live or of the project, held to what a press needs.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.suggestions import did_you_mean
from fascicle.core.system.program_queries import told
from fascicle.project.editions import Edition
from fascicle.project.sources import Sources

SRGB = "sRGB.icc"
"""What RGB means where nothing else is said; of TeX Live, package colorprofiles."""
_CLASS = {
    b"scnr": "a scanner's",
    b"mntr": "a screen's",
    b"prtr": "a printer's",
    b"link": "a device link",
    b"spac": "a colour space's",
    b"abst": "an abstract one",
    b"nmcl": "a list of named colours",
}
"""Profile classes of an ICC header (ICC.1:2010, table 18), in words."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A printing condition."""

    path: Path
    """The ICC file."""
    digest: str
    """What tells it from other profiles."""
    identifier: str
    """Name of the condition in the ICC's registry, or `Custom`."""
    info: str
    """What the condition is, for people."""


_NAMED = {
    "fogra39": ("FOGRA39L_coated.icc", "FOGRA39", "Coated FOGRA39 (ISO 12647-2:2004)"),
}
"""Profiles by name: file of TeX Live, identifier in the ICC's registry, description."""


def find_file(name: str) -> Path | None:
    """A file of TeX Live; None when it, or TeX, is not installed."""
    program = shutil.which("kpsewhich")
    if program is None:
        return None
    found = _asked(program, name)
    return Path(found) if found else None


@cache
def _asked(program: str, name: str) -> str:
    return told([program, name]).strip()


def profile_of(edition: Edition, sources: Sources, problems: Collector) -> Profile | None:
    """The edition's printing condition; None when it states none, or, with an error, one that cannot be used."""
    stated = edition.settings.profile
    if stated is None:
        return None
    if named := _NAMED.get(stated.lower()):
        path = find_file(named[0])
        if path is None:
            hint = "install texlive-base (Debian), or the package colorprofiles of TeX Live"
            message = f"the colour profile {named[0]} is not installed"
            problems.add(Code.TOOL_MISSING, message, edition.span("profile"), hint)
            return None
        return Profile(path, named[0], named[1], named[2])
    if not stated.lower().endswith((".icc", ".icm")):
        hint = did_you_mean(stated, list(_NAMED)) + "; or give the path of an ICC file in the project"
        message = f"there is no printing condition '{stated}'"
        problems.add(Code.BAD_COLOUR_PROFILE, message, edition.span("profile"), hint)
        return None
    data = sources.bytes(stated, problems, edition.span("profile"))
    if data is None or not _fits(stated, data, edition, problems):
        return None
    return Profile(
        sources.root / stated, sources.digest(stated), "Custom", _description(data) or Path(stated).stem
    )


def _fits(name: str, data: bytes, edition: Edition, problems: Collector) -> bool:
    """Whether a profile describes printing with the four inks."""
    span = edition.span("profile")
    if len(data) < 128 or data[36:40] != b"acsp":
        problems.add(Code.BAD_COLOUR_PROFILE, f"{name} is not an ICC colour profile", span)
        return False
    kind, space = data[12:16], data[16:20]
    hint = "ask the printer for the profile of the press and paper, or write 'fogra39'"
    if kind != b"prtr":
        found = _CLASS.get(kind, "of an unknown class")
        message = f"the colour profile {name} is {found}, and a printer's is needed"
        problems.add(Code.BAD_COLOUR_PROFILE, message, span, hint)
    elif space != b"CMYK":
        found = space.decode("ascii", "replace").strip()
        message = f"the colour profile {name} is for {found}, and one for CMYK is needed"
        problems.add(Code.BAD_COLOUR_PROFILE, message, span, hint)
    elif not _opens(data):
        problems.add(Code.BAD_COLOUR_PROFILE, f"the colour profile {name} is damaged", span, hint)
    else:
        return True
    return False


def _opens(data: bytes) -> bool:
    """Whether LittleCMS can convert with it."""
    from io import BytesIO

    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(data))
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), profile, "RGB", "CMYK")
    except (OSError, ImageCms.PyCMSError, TypeError, ValueError):
        return False
    return True


def _description(data: bytes) -> str:
    from io import BytesIO

    from PIL import ImageCms

    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data))).strip()
    except (OSError, ImageCms.PyCMSError):
        return ""
