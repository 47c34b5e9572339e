"""Runs LuaLaTeX once, in a fresh folder, and turns every bad ending into a named failure."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from fascicle.core.system.atomic_files import read_regular
from fascicle.core.system.sandbox import SandboxPolicy
from fascicle.core.system.subprocesses import CONSOLE, Child, Ending, Guardian
from fascicle.typeset import pause_point
from fascicle.typeset.environment import sandbox_policy
from fascicle.typeset.job import Failure, FailureKind, Job, Program
from fascicle.typeset.log.last_words import last_words
from fascicle.typeset.passes import files_read, is_auxiliary
from fascicle.typeset.preloaded_format import REFUSED, Dumped, Preloaded
from fascicle.typeset.run_folder import Files, RunFolder, put_files, regular_files

_OPTIONS = (
    "-no-shell-escape",
    "-interaction=nonstopmode",
    "-file-line-error",
    "-recorder",
)
_FORMAT = "preloaded.fmt"
_WARNING = re.compile(r"^(?:LaTeX|Package|Class) .*Warning:.*", re.MULTILINE)
_WORDS = {
    Ending.TIME_LIMIT: FailureKind.TIME_LIMIT,
    Ending.OUTPUT_LIMIT: FailureKind.OUTPUT_LIMIT,
    Ending.SIGNAL: FailureKind.CRASHED,
    Ending.STOPPED: FailureKind.STOPPED,
}


class StoppedError(Exception):
    """The job cannot go on."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


@dataclass(eq=False, slots=True)
class TexEngine:
    """A LuaLaTeX that has been started."""

    child: Child
    """Its process."""
    folder: Path
    """Its working directory."""
    gated: bool
    """True while it waits at the line where it is parked."""
    draft: bool
    """True when it writes no PDF."""
    start_files: Files
    """The files that it found when it started."""
    files: Files
    """The files that it finds at the document's begin."""
    begun: float
    """Moment of its start, or of its release."""
    line: int = 0
    """The line of the main file before which it waits."""
    preloaded: Preloaded | None = None
    """The format that it began with; None for LaTeX's own."""
    deep: bool = False
    """True when it waits beyond the document's begin, where it has read the files and writes them anew."""


@dataclass(frozen=True, slots=True)
class TexResult:
    """What one pass gave."""

    failed: bool
    """True when TeX reported an error."""
    files: Files
    """The auxiliary files that it wrote."""
    read: frozenset[str]
    """Names of the files that it read, relative to its working directory."""
    misled: bool
    """True when the preamble had read a file that was another by the time of the release."""
    seconds: float
    """Its wall-clock time."""


class Runner:
    """The program, the folder it works in, and the moment by which it must be done."""

    def __init__(
        self,
        job: Job,
        folder: RunFolder,
        guardian: Guardian,
        environment: Mapping[str, str],
        programs: Mapping[Program, Path],
        deadline: float,
        stop: Event | None = None,
    ) -> None:
        self.preloaded: Preloaded | None = None
        """A format for main files that begin as it does."""
        self._job = job
        self._folder = folder
        self._guardian = guardian
        self._environment = environment
        self._programs = programs
        self._deadline = deadline
        self._stop = stop
        self._wall = sandbox_policy(job)

    def start_tex(
        self, label: str, files: Files, *, park: int = 0, draft: bool = False, tex: str | None = None
    ) -> TexEngine:
        """Start LuaLaTeX on the job's main file, or on `tex`; it waits before line `park` of it, unless that is 0."""
        name = self._job.name
        tex = self._job.tex if tex is None else tex
        folder = self._new_pass(label, {f"{name}.tex": tex})
        put_files(folder, files)
        preloaded = self.preloaded if self.preloaded and self.preloaded.serves(tex) else None
        command = [str(self._programs[Program.LUALATEX]), *_OPTIONS, "-synctex=1", f"-jobname={name}"]
        command += ["-draftmode"] if draft and not park else []
        skip = 0
        if (
            preloaded
        ):  # by a name in its folder, for the engine first writes a list of its files beside its format
            (folder / _FORMAT).symlink_to(preloaded.path.absolute())
            command.append(f"-fmt={_FORMAT}")
            skip = preloaded.lines
        command += [pause_point.argument(name, park, skip) if park or skip else f"{name}.tex"]
        wall = self._wall
        if preloaded:  # one that is being proved lies elsewhere than the others
            wall = replace(wall, reads=(*wall.reads, str(preloaded.path.absolute())))
        child = self._start(command, folder, wall, bool(park))
        return TexEngine(child, folder, bool(park), draft, files, files, time.monotonic(), park, preloaded)

    def move(self, engine: TexEngine, line: int) -> None:
        """Let a gated engine go on to a line further down, and wait there."""
        engine.line = line
        engine.child.tell(pause_point.park(line))

    def release(self, engine: TexEngine, files: Files) -> None:
        """Let a gated engine go on, with `files` in its folder and no others; a deep one has them already."""
        if not engine.deep:
            for name in engine.start_files.keys() - files.keys():
                (engine.folder / name).unlink()
            put_files(engine.folder, files)
            engine.files = files
        engine.gated = False
        engine.begun = time.monotonic()
        engine.child.release(pause_point.DRAFT if engine.draft else pause_point.GO)

    def finish_tex(self, engine: TexEngine) -> TexResult:
        """Wait for an engine's end."""
        self._finish(engine.child, Program.LUALATEX)
        read, early = files_read(self.recorder(engine))
        return TexResult(
            failed=engine.child.process.returncode != 0,
            files=self._auxiliaries(engine.folder),
            read=frozenset(read),
            misled=_misled(engine, read, early),
            seconds=time.monotonic() - engine.begun,
        )

    def recorder(self, engine: TexEngine) -> str:
        """The list of the files that an ended engine has opened (.fls), those in its format included."""
        held = engine.preloaded.read if engine.preloaded else ()
        return _text(engine.folder / f"{self._job.name}.fls") + "".join(f"INPUT {path}\n" for path in held)

    def make_format(self, tex: str) -> Dumped:
        """Let `tex` dump a format."""
        name = self._job.name
        folder = self._folder.new_pass("format", {}, {f"{name}.tex": tex})
        command = [str(self._programs[Program.LUALATEX]), "-ini", *_OPTIONS, f"-jobname={name}"]
        child = self._start([*command, "&lualatex", f"{name}.tex"], folder, self._wall)
        self._finish(child, Program.LUALATEX)
        status, log = child.process.returncode, _text(folder / f"{name}.log")
        words = _last_words(folder, log)
        if status == 0 and (warning := _WARNING.search(log)):
            status, words = REFUSED, warning[0]  # it would be told once, and never again
        return Dumped(status, folder / f"{name}.fmt", _text(folder / f"{name}.fls"), words)

    def proves(self, preloaded: Preloaded, tex: str) -> str:
        """The engine's last words when the main file `tex` does not compile with a format; empty when it does."""
        before, self.preloaded = self.preloaded, preloaded
        try:
            engine = self.start_tex("proof", {}, draft=True, tex=tex)
        finally:
            self.preloaded = before
        self._finish(engine.child, Program.LUALATEX)
        if engine.child.process.returncode == 0:
            return ""
        return _last_words(engine.folder, _text(engine.folder / f"{self._job.name}.log"))

    def _new_pass(self, label: str, texts: Mapping[str, str]) -> Path:
        return self._folder.new_pass(label, self._job.inputs, texts)

    def _start(self, command: list[str], folder: Path, wall: SandboxPolicy, gated: bool = False) -> Child:
        """Start a program; what it writes for itself alone goes into its folder too, and away with it."""
        environment = {**self._environment, "TMPDIR": str(folder.absolute())}
        return self._guardian.start(command, folder, environment, wall, gated)

    def _finish(self, child: Child, program: Program) -> None:
        ending = child.wait(self._deadline, self._stop)
        if self._folder.full():
            raise StoppedError(Failure(FailureKind.DISK_FULL, str(self._folder.path)))
        if ending is Ending.EXITED:
            return
        detail = str(program)
        if ending is Ending.SIGNAL:
            detail += f" ({signal.Signals(-child.status).name})"
        raise StoppedError(Failure(_WORDS[ending], detail))

    def _auxiliaries(self, folder: Path) -> dict[str, bytes]:
        """The files that the pass wrote. What it found and left as it was is not among them."""
        given = {f"{self._job.name}.tex", CONSOLE, *self._job.inputs}
        return {
            name: read_regular(folder / name)
            for name in sorted(regular_files(folder))
            if name not in given and is_auxiliary(name) and (folder / name).stat().st_mtime_ns != 0
        }


def _misled(engine: TexEngine, read: set[str], early: set[str]) -> bool:
    """Whether an engine that was started early saw in its preamble what a later start would have seen otherwise.

    A file that came after its start, and that it did not read later on, may have been looked for in vain.
    """
    changed = any(engine.start_files.get(name) != engine.files.get(name) for name in early)
    came = engine.files.keys() - engine.start_files.keys()
    return changed or any(name not in read for name in came)


def console_text(engine: TexEngine) -> str:
    """What an engine has written beside its log."""
    return _text(engine.folder / CONSOLE)


def _last_words(folder: Path, log: str) -> str:
    """What an engine said at its end, in a line; never empty."""
    return " / ".join(last_words(_text(folder / CONSOLE), log)) or "the engine ended without a word"


def _text(path: Path) -> str:
    """A log's text, whatever bytes are in it; empty when it is not there."""
    try:
        return read_regular(path).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
