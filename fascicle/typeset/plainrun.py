"""Runs a TeX program and biber by turns in one folder until nothing changes: for the classes of journals.

The engine for editions works with LuaLaTeX in folders of its own and runs ahead of itself; a package for a journal
is compiled in the plain way in which the journal compiles it, and leaves the list of files that it has used.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.typeset.biber import biber_command, uses_biber
from fascicle.typeset.biber import control as canonical
from fascicle.typeset.environment import child_environment
from fascicle.typeset.job import Failure, FailureKind
from fascicle.typeset.passes import essence
from fascicle.typeset.process import Ending, Guardian
from fascicle.typeset.runfolder import digest

_OPTIONS = ("-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "-recorder")
_DRAFT = {"xelatex": "-no-pdf"}
"""Options for a pass that writes no PDF, where it is not `-draftmode`."""
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
    """Why there is no result; None when there is one."""
    asked: str = ""
    """What the last pass would have biber do, the same for the same list of works; empty when nothing is cited."""


def compile_plainly(job: PlainJob) -> PlainOutcome:
    """Run TeX, and biber where it is allowed and has something new to do, until the auxiliary files are stable."""
    return _run(job, _Runner.settle)


def list_works(job: PlainJob) -> PlainOutcome:
    """Run TeX and biber once each, for the list of works alone: the .bbl then lies in the folder, and there is no PDF."""
    return _run(job, _Runner.once)


def _run(job: PlainJob, work: Callable[[_Runner, str], Failure | None]) -> PlainOutcome:
    engine = shutil.which(job.engine)
    if engine is None:
        return PlainOutcome(None, "", "", frozenset(), 0, Failure(FailureKind.MISSING_PROGRAM, job.engine))
    given = {path.name for path in job.folder.iterdir()}
    deadline = time.monotonic() + job.seconds
    with tempfile.TemporaryDirectory() as home, Guardian() as guardian:
        job.cache.mkdir(parents=True, exist_ok=True)
        environment = child_environment(job.cache.resolve(), Path(home), job.epoch, engine=engine)
        runner = _Runner(job, guardian, environment, deadline)
        failure = work(runner, engine)
    log = _text(job.folder / f"{job.name}.log")
    pdf = job.folder / f"{job.name}.pdf"
    made = pdf.read_bytes() if failure is None and pdf.exists() else None
    used = _used(job) & given
    return PlainOutcome(made, log, runner.blg, frozenset(used), runner.passes, failure, runner.asked())


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
        """Pass after pass. The first finds nothing that TeX reads back, so it is never the last and writes no PDF."""
        while self.passes < _PASSES:
            before = self.state()
            if failure := self.turn(engine, draft=not self.passes):
                return failure
            if self.passes > 1 and self.state() == before:
                written = (self.job.folder / f"{self.job.name}.pdf").exists()
                return None if written else Failure(FailureKind.TEX, "")
        return Failure(FailureKind.UNSETTLED, str(_PASSES))

    def once(self, engine: str) -> Failure | None:
        """One pass that writes no PDF, and biber."""
        return self.turn(engine, draft=True)

    def turn(self, engine: str, *, draft: bool) -> Failure | None:
        """TeX, then biber."""
        options = [*_OPTIONS, *([_DRAFT.get(self.job.engine, "-draftmode")] if draft else [])]
        if failure := self.run([engine, *options, f"{self.job.name}.tex"], FailureKind.TEX):
            return failure
        self.passes += 1
        return self.sort()

    def run(self, command: list[str], kind: FailureKind) -> Failure | None:
        child = self.guardian.start(command, self.job.folder, self.environment, _OUTPUT)
        ending = child.wait(self.deadline)
        if ending is not Ending.EXITED:
            return Failure(_FAILURES[ending], Path(command[0]).name)
        return Failure(kind, "") if child.process.returncode else None

    def asked(self) -> str:
        """What biber is asked for; empty when there is nothing for it to do."""
        control = self.job.folder / f"{self.job.name}.bcf"
        content = control.read_bytes() if control.exists() else b""
        return digest(canonical(content)) if uses_biber(content) else ""

    def sort(self) -> Failure | None:
        """Run biber when the control file asks for something new."""
        asked = self.asked()
        if not self.job.bibliographies or asked in ("", self.sorted_for):
            return None
        program = shutil.which("biber")
        if program is None:
            return Failure(FailureKind.MISSING_PROGRAM, "biber")
        self.sorted_for = asked
        failure = self.run(biber_command(Path(program), self.job.name), FailureKind.BIBER)
        self.blg = _text(self.job.folder / f"{self.job.name}.blg")
        return failure

    def state(self) -> dict[str, str]:
        """Digests of the files that TeX reads back, without what changes no page."""
        return {
            path.name: digest(essence(path.read_bytes()) or b"")
            for path in self.job.folder.iterdir()
            if path.suffix in _AUXILIARY and path.is_file()
        }


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


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""
