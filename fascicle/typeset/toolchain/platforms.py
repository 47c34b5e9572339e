"""Which system this is, and the command that brings TeX and its company there."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from fascicle.typeset.toolchain import apt, requirements

OS_RELEASE = Path("/etc/os-release")

_COLLECTIONS = ("luatex", "latexrecommended", "latexextra", "bibtexextra")
"""The collections of TeX Live that hold what the templates use; other systems name their packages after them."""
_TLMGR = (*(f"collection-{name}" for name in _COLLECTIONS), "libertine", "dejavu", "tex-gyre-math")


@dataclass(frozen=True, slots=True)
class System:
    """One kind of system and its package manager."""

    name: str
    """What people call it."""
    command: str
    """The whole command that installs everything a build needs, ready to be typed."""


def _named(prefix: str, *others: str) -> str:
    """The collections under a distribution's names, and what it packs apart from them."""
    return " ".join((*(prefix + name for name in _COLLECTIONS), *others))


def apt_command(packages: tuple[str, ...] = ()) -> str:
    """The command that installs `packages` on Debian as this release names them; the whole list when none are named."""
    chosen, unknown = apt.choose(packages or requirements.debian_packages())
    return "sudo apt-get install --no-install-recommends " + " ".join((*chosen, *unknown))


def tlmgr_command(packages: tuple[str, ...] = (), program: str = "tlmgr") -> str:
    """The command that installs `packages` in a TeX Live that did not come from a distribution."""
    return f"{program} install " + " ".join(packages or _TLMGR)


def brew_command(package: str) -> str:
    """The command of Homebrew for what Debian calls `package`; empty where there is none."""
    return f"brew install {_BREW[package]}" if package in _BREW else ""


_RPM = ("texlive-libertine", "texlive-dejavu", "texlive-tex-gyre-math")
_CJK = ("google-noto-serif-cjk-fonts", "google-noto-sans-cjk-fonts")
_BY_ID = {
    "fedora": System(
        "Fedora",
        "sudo dnf install " + _named("texlive-collection-", *_RPM, "librsvg2-tools", "bubblewrap", *_CJK),
    ),
    "suse": System(
        "openSUSE",
        "sudo zypper install " + _named("texlive-collection-", *_RPM, "rsvg-convert", "bubblewrap", *_CJK),
    ),
    "arch": System(
        "Arch Linux",
        "sudo pacman -S --needed "
        + _named("texlive-", "texlive-fontsextra", "librsvg", "bubblewrap", "ttf-dejavu", "noto-fonts-cjk"),
    ),
    "alpine": System(
        "Alpine Linux", "sudo apk add texlive-full rsvg-convert bubblewrap font-noto-cjk font-dejavu"
    ),
}
_FAMILIES = {
    "rhel": "fedora",
    "centos": "fedora",
    "opensuse": "suse",
    "opensuse-leap": "suse",
    "opensuse-tumbleweed": "suse",
    "sles": "suse",
}
_BREW_FONTS = "--cask font-noto-serif-cjk font-noto-sans-cjk"
_BREW = {
    "fonts-noto-cjk": _BREW_FONTS,
    "librsvg2-bin": "librsvg",
    "ghostscript": "ghostscript",
    "poppler-utils": "poppler",
    "qpdf": "qpdf",
    "hyperfine": "hyperfine",
    "libreoffice-writer-nogui": "--cask libreoffice",
    "chromium": "--cask chromium",
}
"""Homebrew's names of what MacTeX does not have, by Debian's."""
_MAC = (
    "brew install --cask mactex-no-gui font-noto-serif-cjk font-noto-sans-cjk"
    ' && brew install librsvg && eval "$(/usr/libexec/path_helper)"'
)
_ELSEWHERE = "install TeX Live from https://tug.org/texlive/ and then type: " + tlmgr_command()


def this_system() -> System:
    """The system that this process runs on; an unknown one gets TeX Live's own installer."""
    if sys.platform == "darwin":
        return System("macOS", _MAC)
    for name in _identities():
        if name in ("debian", "ubuntu"):
            return System("Debian", apt_command())
        if found := _BY_ID.get(_FAMILIES.get(name, name)):
            return found
    return System("this system", _ELSEWHERE)


def _identities() -> list[str]:
    """ID and then ID_LIKE of os-release(5), small letters; none when there is no such file."""
    try:
        lines = OS_RELEASE.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return " ".join(values.get(key, "").strip("\"'") for key in ("ID", "ID_LIKE")).lower().split()
