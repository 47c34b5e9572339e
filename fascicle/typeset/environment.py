"""The surroundings of LuaLaTeX.

Nothing of the user's own, no shell, paranoid about files, a fixed clock.
"""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from fascicle.core.system.program_queries import told
from fascicle.core.system.sandbox import SandboxPolicy, private
from fascicle.typeset.job import Job, Program
from fascicle.typeset.release import release_of

LARGE_PAGES = "GLIBC_TUNABLES"
"""The variable by which glibc is told of large pages."""
WRITTEN = "tex"
"""Folder of the font cache that TeX fills; the formats and all else beside it it may not write."""
_KEPT = ("PATH", "TMPDIR", "OSFONTDIR", "TEXMFROOT", "TEXMFDIST", "SELFAUTOLOC", "SYSTEMROOT")


def child_environment(
    cache: Path, home: Path, epoch: int, extra: Mapping[str, str] | None = None, engine: str = ""
) -> dict[str, str]:
    """The whole environment of a child.

    `cache` takes the font cache, `home` is an empty folder in the place of HOME, `engine` is the path of the TeX program
    that is to be started, if it is one.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "HOME": str(home),  # luaotfload and kpathsea look for settings there
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(cache / WRITTEN),
        "LC_ALL": "C.UTF-8",
        "TEXMFHOME": str(home),
        "TEXMFCONFIG": str(home),
        "TEXMFVAR": str(cache / WRITTEN),
        "TEXMFCACHE": str(cache / WRITTEN),
        "openin_any": _reading(engine) if engine else "p",
        "openout_any": "p",
        "shell_escape": "f",
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        "max_print_line": "10000",  # so that the log's lines are not cut into pieces of 79 characters
        "error_line": "254",
        "half_error_line": "238",
        # Memory in large pages, where there is glibc: TeX takes a tenth less time.
        LARGE_PAGES: "glibc.malloc.hugetlb=1",
        **(extra or {}),
    }


def environment_of(job: Job) -> dict[str, str]:
    """The environment of the programs of `job`."""
    path = job.environment.get("PATH", os.environ.get("PATH", os.defpath))
    engine = str(job.lualatex or shutil.which(Program.LUALATEX, path=path) or "")
    return child_environment(job.cache, job.cache / "home", job.epoch, job.environment, engine)


def sandbox_policy(job: Job) -> SandboxPolicy:
    """What TeX may reach besides its own folder: its inputs, formats, and the cache of fonts."""
    inputs = () if private() else tuple(map(os.path.realpath, (*job.inputs.values(), *job.reads)))
    return font_cache_policy(
        job.cache,
        job.formats or job.cache / "formats",
        *inputs,
        seconds=job.limits.seconds,
        output=job.limits.output,
    )


def font_cache_policy(
    cache: Path, formats: Path, *inputs: str, seconds: float, output: int, processes: bool = False
) -> SandboxPolicy:
    """The wall of a TeX program whose fonts are cached in `cache`."""
    for folder in (WRITTEN, "home"):
        (cache / folder).mkdir(parents=True, exist_ok=True)
    reads = (str((cache / "home").absolute()), str(formats.absolute()), *inputs)
    return SandboxPolicy(reads, (str((cache / WRITTEN).absolute()),), seconds, output, processes=processes)


@functools.cache
def banner(engine: str) -> str:
    """What a TeX program says of itself; empty when it cannot be started."""
    return told([engine, "--version"])


def _reading(engine: str) -> str:
    """Which files TeX may open by `openin_any`: p (paranoid) where the font loader can live with it, r (restricted) else."""
    return "r" if release_of(banner(engine)).binds_lua else "p"


def programs_of(job: Job, environment: Mapping[str, str]) -> dict[Program, Path]:
    """The programs that are installed."""
    given = {Program.LUALATEX: job.lualatex}
    path = environment.get("PATH", os.defpath)
    found = {program: given[program] or shutil.which(program, path=path) for program in Program}
    return {
        program: Path(where).absolute()
        for program, where in found.items()
        if where and os.access(where, os.X_OK)
    }


def font_cache(build: Path) -> Path:
    """LuaTeX's font cache: one for all publications of a user, in the build folder where there is no such place."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    wanted = Path(home) / "fascicle" / "fonts"
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return build / "fonts"
    return wanted if os.access(wanted, os.W_OK) else build / "fonts"


_copied: set[tuple[int, Path]] = set()
"""Copies that stay while a process lives, for its engines that wait."""


def private_cache(shared: Path, own: Path) -> Path:
    """A copy of the cache of fonts, made anew by each process, for programs that must not change what others will read."""
    if (os.getpid(), own) in _copied:
        return own
    _copied.add((os.getpid(), own))
    shutil.rmtree(own, ignore_errors=True)
    for name in (WRITTEN, "warm"):
        if (shared / name).is_dir():
            shutil.copytree(shared / name, own / name, symlinks=True)
    (own / "home").mkdir(parents=True, exist_ok=True)
    return own
