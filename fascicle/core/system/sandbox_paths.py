"""What every program of a build may read of the system.

Itself, its libraries, TeX, fonts. Not homes, not /proc.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
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
DEVICES = ("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
NOTHING = "/dev/null"
_LISTS = ("TEXMFROOT", "TEXMFDIST", "OSFONTDIR", "SELFAUTOLOC")
"""Variables of the environment that name more folders of TeX's and of fonts."""
_SEPARATORS = re.compile(r"[:;,{}]")


@cache
def system() -> tuple[str, ...]:
    """Those that are there."""
    return tuple(path for path in SYSTEM if os.path.lexists(path))


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


def of_fonts() -> tuple[str, ...]:
    """Where users keep fonts and what fontconfig knows of them."""
    home = Path(os.path.expanduser("~"))
    names = (
        ".fonts",
        ".local/share/fonts",
        ".config/fontconfig",
        ".cache/fontconfig",
        ".fonts.conf",
        "Library/Fonts",
    )
    return tuple(str(home / name) for name in names if (home / name).exists())


def outermost(paths: Iterable[str]) -> list[str]:
    """The paths without those that lie in another of them, in order."""
    kept: list[str] = []
    for path in sorted({os.path.abspath(path) for path in paths}):
        if not (kept and (path == kept[-1] or path.startswith(kept[-1].rstrip("/") + "/"))):
            kept.append(path)
    return kept
