"""Runs a TeX program in one folder until nothing changes: for the classes of journals.

The engine for editions works with LuaLaTeX in folders of its own and runs ahead of itself; a package for a journal
is compiled in the plain way in which the journal compiles it, and leaves the list of files that it has used.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fascicle.core.system.atomic_files import read_regular
from fascicle.core.system.subprocesses import CONSOLE, Ending, Guardian
from fascicle.typeset.environment import child_environment, font_cache_policy
from fascicle.typeset.job import Failure, FailureKind
from fascicle.typeset.run_folder import digest

_OPTIONS = ("-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "-recorder")
_DRAFT = {"xelatex": "-no-pdf"}
"""Options for a pass that writes no PDF, where it is not `-draftmode`."""
_PASSES = 6
_AUXILIARY = (".aux", ".toc", ".out", ".lof", ".lot", ".spl", ".ttt", ".fff")
_OUTPUT = 1 << 28
_WARNED = 1
"""BibTeX's exit status when it only warns."""
_FAILURES = {
    Ending.TIME_LIMIT: FailureKind.TIME_LIMIT,
    Ending.OUTPUT_LIMIT: FailureKind.OUTPUT_LIMIT,
    Ending.SIGNAL: FailureKind.CRASHED,
}


@dataclass(frozen=True, slots=True)
class SimpleJob:
    """A folder to be compiled."""

    folder: Path
    """It holds every file that the document brings; what TeX writes comes beside them."""
    name: str
    """Stem of the main file."""
    engine: str
    """pdflatex, lualatex or xelatex."""
    cache: Path
    """Folder for the fonts that TeX makes on its way."""
    epoch: int
    """The document's moment in seconds since 1970 UTC."""
    seconds: float = 120.0
    """Longest time for everything."""
    bibtex: bool = False
    """Whether BibTeX makes the list of works after the first pass."""


@dataclass(frozen=True, slots=True)
class SimpleOutcome:
    """What came of it."""

    pdf: bytes | None
    """The PDF; None when there is none."""
    log: str
    """TeX's log of the last pass."""
    used: frozenset[str]
    """Files of the folder that TeX has read, written ones left out."""
    passes: int
    """How often TeX ran."""
    failure: Failure | None
    """Why there is no result; None when there is one."""
    console: str = ""
    """What the last program wrote beside its log."""
    works: bytes = b""
    """The list of works that BibTeX made."""
    works_log: str = ""
    """What BibTeX said."""


def compile_simple(job: SimpleJob, *, list_alone: bool = False) -> SimpleOutcome:
    """Run TeX until the auxiliary files are stable, or with `list_alone` until BibTeX has made the list of works."""
    engine = shutil.which(job.engine)
    missing = job.engine if engine is None else "bibtex" if job.bibtex and not shutil.which("bibtex") else ""
    if engine is None or missing:
        return SimpleOutcome(None, "", frozenset(), 0, Failure(FailureKind.MISSING_PROGRAM, missing))
    given = {path.name for path in job.folder.iterdir()}
    deadline = time.monotonic() + job.seconds
    with tempfile.TemporaryDirectory() as home, Guardian() as guardian:
        job.cache.mkdir(parents=True, exist_ok=True)
        scratch = {"TMPDIR": home}  # where Metafont makes what pdfTeX lacks
        environment = child_environment(job.cache.resolve(), Path(home), job.epoch, scratch, engine)
        runner = _Runner(job, guardian, environment, deadline)
        failure = runner.begin(engine) if list_alone else runner.settle(engine)
    log = _text(job.folder / f"{job.name}.log")
    pdf = job.folder / f"{job.name}.pdf"
    made = read_regular(pdf) if failure is None and pdf.exists() else None
    used = _used(job) & given
    console = _text(job.folder / CONSOLE)
    works = job.folder / f"{job.name}.bbl"
    listed = read_regular(works) if job.bibtex and works.is_file() else b""
    said = _text(job.folder / f"{job.name}.blg")
    return SimpleOutcome(made, log, frozenset(used), runner.passes, failure, console, listed, said)


class _Runner:
    """Pass after pass of one program."""

    def __init__(
        self, job: SimpleJob, guardian: Guardian, environment: Mapping[str, str], deadline: float
    ) -> None:
        self.job = job
        self.guardian = guardian
        self.environment = environment
        self.deadline = deadline
        self.passes = 0

    def settle(self, engine: str) -> Failure | None:
        """Pass after pass. The first finds nothing that TeX reads back, so it is never the last and writes no PDF."""
        if failure := self.begin(engine):
            return failure
        while self.passes < _PASSES:
            before = self.state()
            if failure := self.turn(engine, draft=False):
                return failure
            if self.state() == before:
                written = (self.job.folder / f"{self.job.name}.pdf").exists()
                return None if written else Failure(FailureKind.TEX, "")
        return Failure(FailureKind.UNSETTLED, str(_PASSES))

    def begin(self, engine: str) -> Failure | None:
        """The first pass, and the list of works that BibTeX makes after it."""
        failure = self.turn(engine, draft=True)
        if failure or not self.job.bibtex:
            return failure
        return self.run(["bibtex", self.job.name], FailureKind.TEX, worst=_WARNED)

    def turn(self, engine: str, *, draft: bool) -> Failure | None:
        """One pass."""
        options = [*_OPTIONS, *([_DRAFT.get(self.job.engine, "-draftmode")] if draft else [])]
        failure = self.run([engine, *options, f"{self.job.name}.tex"], FailureKind.TEX)
        self.passes += failure is None
        return failure

    def run(self, command: list[str], kind: FailureKind, worst: int = 0) -> Failure | None:
        cache = self.job.cache.resolve()
        wall = font_cache_policy(cache, cache, seconds=self.job.seconds, output=_OUTPUT, processes=True)
        wall = replace(wall, writes=(*wall.writes, self.environment["TMPDIR"]))
        child = self.guardian.start(command, self.job.folder, self.environment, wall)
        ending = child.wait(self.deadline)
        if ending is not Ending.EXITED:
            return Failure(_FAILURES[ending], Path(command[0]).name)
        return None if 0 <= (child.process.returncode or 0) <= worst else Failure(kind, "")

    def state(self) -> dict[str, str]:
        """Digests of the files that TeX reads back."""
        return {
            path.name: digest(read_regular(path))
            for path in self.job.folder.iterdir()
            if path.suffix in _AUXILIARY and path.is_file() and not path.is_symlink()
        }


def _used(job: SimpleJob) -> set[str]:
    """Names of the files of the folder that the recorder lists as read."""
    here = job.folder.resolve()
    names = set()
    for line in _text(job.folder / f"{job.name}.fls").splitlines():
        kind, _, path = line.partition(" ")
        if kind == "INPUT":
            found = (here / path).resolve()
            if found.parent == here:
                names.add(found.name)
    return names


def _text(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
