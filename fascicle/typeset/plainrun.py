"""Runs a TeX program and biber by turns in one folder until nothing changes: for the classes of journals.

The engine for editions works with LuaLaTeX in folders of its own and runs ahead of itself; a package for a journal
is compiled in the plain way in which the journal compiles it, and leaves the list of files that it has used.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.typeset.biber import biber_command, key, uses_biber
from fascicle.typeset.environment import child_environment
from fascicle.typeset.job import Failure, FailureKind
from fascicle.typeset.process import CONSOLE, Ending, Guardian

_OPTIONS = ("-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "-recorder")
_PASSES = 6
_AUXILIARY = (".aux", ".toc", ".out", ".lof", ".lot", ".bbl", ".spl", ".ttt", ".fff")
_OUTPUT = 1 << 28
_FAILURES = {
    Ending.TIME_LIMIT: FailureKind.TIME_LIMIT,
    Ending.OUTPUT_LIMIT: FailureKind.OUTPUT_LIMIT,
    Ending.SIGNAL: FailureKind.CRASHED,
}


@dataclass(frozen=True, slots=True)
class PlainJob:
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
    bibliographies: Mapping[str, str]
    """Text of the bibliography files, for biber; empty forbids biber, so that the .bbl at hand must do."""
    seconds: float = 120.0
    """Longest time for everything."""


@dataclass(frozen=True, slots=True)
class PlainOutcome:
    """What came of it."""

    pdf: bytes | None
    """The PDF; None when there is none."""
    log: str
    """TeX's log of the last pass."""
    blg: str
    """biber's log; empty when it did not run."""
    used: frozenset[str]
    """Files of the folder that TeX has read, written ones left out."""
    passes: int
    """How often TeX ran."""
    failure: Failure | None
    """Why there is no PDF; None when there is one."""


def compile_plainly(job: PlainJob) -> PlainOutcome:
    """Run TeX, and biber where it is allowed and has something new to do, until the auxiliary files are stable."""
    engine = shutil.which(job.engine)
    if engine is None:
        return PlainOutcome(None, "", "", frozenset(), 0, Failure(FailureKind.MISSING_PROGRAM, job.engine))
    given = {path.name for path in job.folder.iterdir()}
    deadline = time.monotonic() + job.seconds
    with tempfile.TemporaryDirectory() as home, Guardian() as guardian:
        job.cache.mkdir(parents=True, exist_ok=True)
        environment = child_environment(job.cache.resolve(), Path(home), job.epoch)
        runner = _Runner(job, guardian, environment, deadline)
        failure = runner.settle(engine)
    log = _text(job.folder / f"{job.name}.log")
    pdf = job.folder / f"{job.name}.pdf"
    made = pdf.read_bytes() if failure is None and pdf.exists() else None
    if failure is None and made is None:
        failure = Failure(FailureKind.TEX, "")
    used = _used(job) & given
    return PlainOutcome(made, log, runner.blg, frozenset(used), runner.passes, failure)


class _Runner:
    """The two programs by turns."""

    def __init__(
        self, job: PlainJob, guardian: Guardian, environment: Mapping[str, str], deadline: float
    ) -> None:
        self.job = job
        self.guardian = guardian
        self.environment = environment
        self.deadline = deadline
        self.passes = 0
        self.blg = ""
        self.sorted_for = ""

    def settle(self, engine: str) -> Failure | None:
        command = [engine, *_OPTIONS, f"{self.job.name}.tex"]
        while self.passes < _PASSES:
            before = self.state()
            if failure := self.run(command, FailureKind.TEX):
                return failure
            self.passes += 1
            if failure := self.sort():
                return failure
            if self.state() == before:
                return None
        return Failure(FailureKind.UNSETTLED, str(_PASSES))

    def run(self, command: list[str], kind: FailureKind) -> Failure | None:
        child = self.guardian.start(command, self.job.folder, self.environment, _OUTPUT)
        ending = child.wait(self.deadline)
        if ending is not Ending.EXITED:
            return Failure(_FAILURES[ending], Path(command[0]).name)
        return Failure(kind, "") if child.process.returncode else None

    def sort(self) -> Failure | None:
        """Run biber when the control file asks for something new."""
        control = self.job.folder / f"{self.job.name}.bcf"
        if not self.job.bibliographies or not control.exists():
            return None
        content = control.read_bytes()
        asked = key(content, self.job.bibliographies)
        if asked == self.sorted_for or not uses_biber(content):
            return None
        program = shutil.which("biber")
        if program is None:
            return Failure(FailureKind.MISSING_PROGRAM, "biber")
        self.sorted_for = asked
        failure = self.run(biber_command(Path(program), self.job.name), FailureKind.BIBER)
        self.blg = _text(self.job.folder / f"{self.job.name}.blg")
        return failure

    def state(self) -> str:
        """Digest of the files that TeX reads back."""
        sha = hashlib.sha256()
        for path in sorted(self.job.folder.iterdir()):
            if path.suffix in _AUXILIARY and path.is_file():
                sha.update(path.name.encode() + b"\0" + path.read_bytes())
        return sha.hexdigest()


def _used(job: PlainJob) -> set[str]:
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


def leftovers(name: str) -> frozenset[str]:
    """Files that compiling leaves in the folder and that belong into no package."""
    ends = (".aux", ".log", ".fls", ".out", ".bcf", ".blg", ".run.xml", ".pdf", ".toc", ".spl", ".synctex.gz")
    return frozenset({f"{name}{end}" for end in ends} | {CONSOLE})


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""
