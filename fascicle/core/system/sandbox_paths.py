"""What every program of a build may read of the system.

Itself, its libraries, TeX, fonts. Not homes, not /proc.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/gnu/store"),
    *(
        "/etc/alternatives",
        "/etc/fonts",
        "/etc/texmf",
        "/etc/ghostscript",
        "/etc/papersize",
        "/etc/paperspecs",
    ),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone"),
    *("/var/lib/texmf", "/var/lib/tex-common", "/var/cache/fontconfig", "/var/lib/ghostscript"),
    # glibc asks whether it may have large pages; a run of TeX takes a tenth longer where it gets no answer.
    *("/sys/kernel/mm/transparent_hugepage", "/sys/devices/system/cpu"),
)
"""Files and folders that are alike for everybody on a machine."""
_LINKED = (
    *("/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/lib", "/usr/local/share"),
    *("/usr/local/share/fonts", "/usr/local/texlive", "/usr/share", "/usr/share/fonts", "/usr/share/texlive"),
    "/usr/share/texmf",
)
"""Folders in them that are links elsewhere on some machines."""
_TRUSTED = (
    *(
        "/etc/passwd",
        "/etc/group",
        "/etc/nsswitch.conf",
        "/etc/ld.so.preload",
        "/etc/python3",
        "/etc/matplotlibrc",
    ),
    *(
        "/etc/R",
        "/etc/java-11-openjdk",
        "/etc/java-17-openjdk",
        "/etc/java-21-openjdk",
        "/etc/java-25-openjdk",
        "/etc/crypto-policies",
    ),
    *(
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/proc/stat",
        "/proc/filesystems",
        "/proc/sys/vm",
        "/proc/sys/kernel",
    ),
)
"""What programs of one's own like to know of the machine."""
_NETWORK = (
    *("/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/gai.conf", "/etc/services", "/etc/protocols"),
    *("/etc/ssl/certs", "/etc/ssl/cert.pem", "/etc/ssl/openssl.cnf", "/etc/pki", "/etc/ca-certificates"),
)
DEVICES = ("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
NOTHING = "/dev/null"
_LISTS = ("TEXMFROOT", "TEXMFDIST", "OSFONTDIR", "SELFAUTOLOC")
"""Variables of the environment that name more folders of TeX's and of fonts."""
_FONT_FOLDER = re.compile(r"<dir\b[^>]*>([^<]+)</dir>")
_SEPARATORS = re.compile(r"[:;,{}]")


@cache
def system() -> tuple[str, ...]:
    """Those that are there, and where links of theirs lead."""
    there = tuple(path for path in SYSTEM if os.path.lexists(path))
    linked = (os.path.realpath(path) for path in _LINKED if os.path.exists(path))
    return (*there, *outermost(path for path in linked if not path.startswith((*there, "/private"))))


def of_trusted(*, network: bool) -> tuple[str, ...]:
    """What programs of a trusted publication may read besides."""
    return (*_TRUSTED, *(_NETWORK if network else ()))


def of_path(environment: Mapping[str, str]) -> Iterator[str]:
    """Every folder in which programs are looked for, each with the tree that it was installed as."""
    for folder in environment.get("PATH", os.defpath).split(":"):
        if os.path.isabs(folder):
            yield from _around(os.path.join(folder, "any"))


def of_program(program: str, environment: Mapping[str, str]) -> Iterator[str]:
    """What a program needs besides: where it lies itself, with what was installed around it."""
    found = shutil.which(program, path=environment.get("PATH", os.defpath)) or program
    yield from _around(found)
    for name in _LISTS:
        for part in _SEPARATORS.split(environment.get(name, "")):
            if (path := part.removeprefix("!!").rstrip("/")) and os.path.isabs(path):
                yield path


@cache
def _around(program: str) -> tuple[str, ...]:
    """The file, the folder that it is called in, and the tree that it was installed as."""
    found = {os.path.dirname(os.path.abspath(program)), os.path.realpath(program)}
    folder = os.path.dirname(os.path.realpath(program))
    found.add(folder)
    for above in (folder, os.path.dirname(folder)):
        tree = os.path.dirname(above)
        if os.path.basename(above) == "bin" and not _is_home(tree):
            found |= {tree, os.path.join(os.path.dirname(tree), "texmf-local")}
    return tuple(sorted(path for path in found if not _is_home(path)))


def _is_home(path: str) -> bool:
    """True for the user's home folder and what lies above it."""
    home = os.path.expanduser("~")
    return home == path or home.startswith(path.rstrip("/") + "/")


@cache
def of_fonts() -> tuple[str, ...]:
    """Where users keep fonts and what fontconfig knows of them."""
    home = os.path.expanduser("~")
    data = os.environ.get("XDG_DATA_HOME") or f"{home}/.local/share"
    names = (".fonts", ".config/fontconfig", ".cache/fontconfig", ".fonts.conf", "Library/Fonts")
    found = (*(f"{home}/{name}" for name in names), f"{data}/fonts", *_configured(home))
    return tuple(path for path in found if os.path.exists(path) and not _is_home(path))


def _configured(home: str) -> Iterator[str]:
    """The folders of fonts that fontconfig's settings name: Windows' own, for instance, where Linux runs beside it."""
    for file in ("/etc/fonts/fonts.conf", "/etc/fonts/local.conf", f"{home}/.config/fontconfig/fonts.conf"):
        with suppress(OSError):
            for path in _FONT_FOLDER.findall(Path(file).read_text("utf-8", "replace")):
                if os.path.isabs(folder := path.strip().replace("~", home, 1)):
                    yield folder


def outermost(paths: Iterable[str]) -> list[str]:
    """The paths without those that lie in another of them, in order."""
    kept: list[str] = []
    for path in sorted({os.path.abspath(path) for path in paths}):
        if not (kept and (path == kept[-1] or path.startswith(kept[-1].rstrip("/") + "/"))):
            kept.append(path)
    return kept
