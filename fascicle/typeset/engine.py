"""Typesets one edition with LuaLaTeX, pass after pass, until all files are stable."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from fascicle.core.system.disk import is_full
from fascicle.core.system.locks import LockedError
from fascicle.core.system.subprocesses import Guardian
from fascicle.core.system.workers import processors
from fascicle.typeset.environment import environment_of, programs_of
from fascicle.typeset.font_cache import FontCache
from fascicle.typeset.job import (
    Failure,
    FailureKind,
    Job,
    Listener,
    Pass,
    PassEvent,
    Program,
    RerunReason,
    TypesetOutcome,
)
from fascicle.typeset.passes import FLEETING, changed_files, rerun_reason, structure
from fascicle.typeset.pause_point import begin_line
from fascicle.typeset.preloaded_format import Formats
from fascicle.typeset.result_cache import Last, Results
from fascicle.typeset.run_folder import Files, RunFolder, SavedState
from fascicle.typeset.runner import Runner, StoppedError, TexEngine, TexResult, console_text
from fascicle.typeset.warm import warm_preamble
from fascicle.typeset.warm.parked_engines import Parking


def typeset(
    job: Job,
    listener: Listener = lambda event: None,
    parking: Parking | None = None,
    stop: Event | None = None,
) -> TypesetOutcome:
    """Typeset `job` in its run folder. Every way in which it can fail is an `TypesetOutcome`, never an exception.

    Engines of `parking` that fit go on from where they wait. Once `stop` is set, the job is given up. An interrupt ends
    all programs, leaves the last good result alone, and goes on to the caller.
    """
    folder = RunFolder(job.folder, job.name)
    record = _Record(folder, listener)
    try:
        with folder.lock(job.limits.lock, lambda: listener(PassEvent(None, None, 0))):
            folder.clean()
            try:
                return _typeset(job, folder, record, parking, stop)
            finally:
                folder.clean()
    except LockedError:
        return record.failure(Failure(FailureKind.LOCKED, str(job.folder)))
    except OSError as error:
        return record.failure(_surroundings(error, job.folder))


def _typeset(
    job: Job, folder: RunFolder, record: _Record, parking: Parking | None, stop: Event | None
) -> TypesetOutcome:
    """Typeset under the lock."""
    environment = environment_of(job)
    programs = programs_of(job, environment)
    if Program.LUALATEX not in programs:
        return record.failure(Failure(FailureKind.MISSING_PROGRAM, str(Program.LUALATEX)))
    results = Results(job, environment, programs)
    if job.reuse and (last := results.last()):
        return record.again(last)
    cache = FontCache(job.cache, job.tex)
    cache.prepare()
    deadline = time.monotonic() + job.limits.seconds
    with Guardian() as guardian:
        runner = Runner(job, folder, guardian, environment, programs, deadline, stop)
        formats = Formats(job, environment, programs)
        runner.preloaded = formats.find()
        work = _Passes(job, folder, runner, record, results, parking, formats)
        try:
            if not cache.warm:
                with cache.filling(job.limits.seconds):
                    return work.run(parallel=False)
            return work.run(parallel=job.parallel and processors() > 1)
        except StoppedError as ending:
            return record.failure(ending.failure)
        finally:
            work.give_back()


@dataclass
class _Record:
    """What has happened so far."""

    folder: RunFolder
    listener: Listener
    passes: list[Pass] = field(default_factory=list)
    log: str = ""
    log_path: Path | None = None
    console: str = ""

    def begin(self, program: Program, reason: RerunReason) -> None:
        """Tell that a program begins."""
        self.listener(PassEvent(program, reason, self._count(program) + 1))

    def end(self, program: Program, reason: RerunReason, seconds: float, pdf: Path | None = None) -> None:
        """Note and tell that a program has ended, and which pages it has made."""
        self.passes.append(Pass(program, reason, seconds))
        self.listener(PassEvent(program, reason, self._count(program), seconds, pdf))

    def take_log(self, engine: TexEngine) -> None:
        """Keep the engine's log in the run folder, and its text; and what it wrote beside the log."""
        self.console = console_text(engine)
        if path := self.folder.take(engine.folder, ".log"):
            self.log_path = path
            self.log = path.read_text("utf-8", errors="replace")

    def failure(self, failure: Failure) -> TypesetOutcome:
        """The outcome of a job that gave no PDF."""
        return TypesetOutcome(None, None, tuple(self.passes), self.log, self.log_path, failure, self.console)

    def again(self, last: Last) -> TypesetOutcome:
        """The outcome of a job that has nothing to do."""
        log = last.log_path.read_text("utf-8", errors="replace")
        return TypesetOutcome(last.pdf, last.synctex, (), log, last.log_path, None)

    def success(self, pdf: Path, synctex: Path | None) -> TypesetOutcome:
        """The outcome of a job that gave a PDF."""
        return TypesetOutcome(pdf, synctex, tuple(self.passes), self.log, self.log_path, None)

    def _count(self, program: Program) -> int:
        return sum(one.program is program for one in self.passes)


class _Passes:
    """One job under way."""

    def __init__(
        self,
        job: Job,
        folder: RunFolder,
        runner: Runner,
        record: _Record,
        results: Results,
        parking: Parking | None,
        formats: Formats,
    ) -> None:
        self._job = job
        self._folder = folder
        self._runner = runner
        self._record = record
        self._results = results
        self._parking = parking
        self._formats = formats
        self._borrowed: list[TexEngine] = []

    def run(self, parallel: bool) -> TypesetOutcome:
        """All passes; once more from nothing when the first one fails on what an earlier job has left."""
        kept = self._folder.kept()
        if kept.files:
            try:
                return self._passes(kept, parallel, RerunReason.CHANGED)
            except _StaleError:
                self._folder.forget()
                return self._passes(SavedState(), parallel, RerunReason.STALE)
        return self._passes(kept, parallel, RerunReason.FIRST)

    def _passes(self, kept: SavedState, parallel: bool, reason: RerunReason) -> TypesetOutcome:
        """Passes until all is stable."""
        runner = self._runner
        files = dict(kept.files)
        cold, limit = not files, self._job.limits.passes
        if runner.preloaded is None:
            seconds = self._job.limits.lock
            runner.preloaded = self._formats.find_or_make(runner.make_format, runner.proves, seconds)
        engine, next_engine = self._first_engines(kept, files, parallel)
        for number in range(1, limit + 1):
            if engine.gated:
                runner.release(engine, files)
            engine, result = self._one_pass(engine, number, reason, stale=number == 1 and not cold)
            before, files = engine.files, dict(result.files)
            changed = rerun_reason(before, files, result.read)
            if changed is None and not engine.draft:
                return self._settle(engine, files)
            reason = changed or RerunReason.FINAL
            if next_engine and result.misled:
                next_engine.child.kill()
                next_engine = None
            if number < limit:
                next_engine = next_engine or self._parked(files, deep=False)
                engine = next_engine or runner.start_tex(str(number + 1), files)
                next_engine = None
        names = ", ".join(changed_files(before, files, result.read))
        raise StoppedError(Failure(FailureKind.UNSETTLED, names))

    def _first_engines(
        self, kept: SavedState, files: dict[str, bytes], parallel: bool
    ) -> tuple[TexEngine, TexEngine | None]:
        """The engine of the first pass, and that of the second where it is likely."""
        runner, begin = self._runner, begin_line(self._job.tex)
        again = parallel and self._likely_again(kept)
        draft = not files or again  # what is likely to be done again need write no PDF
        engine = self._parked(files, deep=True)
        engine = engine or runner.start_tex("1", files, draft=draft)
        engine.draft = draft
        next_engine = runner.start_tex("2", files, park=begin) if again else None
        return engine, next_engine

    def _likely_again(self, kept: SavedState) -> bool:
        """Whether a second pass is to be expected, so that its engine is worth starting beside the first.

        Engines that are parked wait for it already, and one more would only take time from the one that runs.
        """
        if self._parking and not self._parking.beside:
            return False
        return kept.structure != structure(self._job.tex)

    def _parked(self, files: Files, *, deep: bool) -> TexEngine | None:
        """An engine that waits for a text such as ours; a `deep` one has read the files already."""
        if self._parking is None:
            return None
        engine = self._parking.take(self._job, files, deep=deep)
        if engine is None:
            return None
        self._borrowed.append(engine)
        return engine

    def give_back(self) -> None:
        """End the engines that had waited for this job."""
        for engine in self._borrowed:
            engine.child.kill()
            shutil.rmtree(engine.folder, ignore_errors=True)

    def _one_pass(
        self, engine: TexEngine, number: int, reason: RerunReason, stale: bool
    ) -> tuple[TexEngine, TexResult]:
        """Wait for a pass; again without a gate when the preamble had read what was not there yet."""
        runner, record = self._runner, self._record
        record.begin(Program.LUALATEX, reason)
        try:
            try:
                result = runner.finish_tex(engine)
            except StoppedError as ending:
                if engine not in self._borrowed or ending.failure.kind is not FailureKind.CRASHED:
                    raise
                result = None  # it had waited for long, and somebody has killed it meanwhile
            if result is None or result.misled:
                engine = runner.start_tex(f"{number}-again", engine.files)
                result = replace(runner.finish_tex(engine), misled=True)
        finally:
            record.take_log(engine)
        pdf = engine.folder / f"{self._job.name}.pdf"
        whole = not (result.failed or engine.draft) and pdf.exists()
        record.end(Program.LUALATEX, reason, result.seconds, pdf if whole else None)
        if result.failed:
            if stale:
                raise _StaleError
            raise StoppedError(Failure(FailureKind.TEX, ""))
        return engine, result

    def _settle(self, engine: TexEngine, files: Files) -> TypesetOutcome:
        """Take the result and keep what the next job starts from."""
        synctex = self._folder.take(engine.folder, ".synctex.gz")
        pdf = self._folder.take(engine.folder, ".pdf")
        if pdf is None:
            raise StoppedError(Failure(FailureKind.TEX, "no pages"))
        lasting = {name: content for name, content in files.items() if not name.endswith(FLEETING)}
        kept = SavedState(lasting, structure(self._job.tex))
        self._folder.keep(kept)
        warm_preamble.remember(self._job)
        if self._job.reuse:
            self._results.keep(self._runner.recorder(engine))
        return self._record.success(pdf, synctex)


class _StaleError(Exception):
    """The first pass failed on the files of an earlier job."""


def _surroundings(error: OSError, folder: Path) -> Failure:
    """What an error of the file system means for the job."""
    if is_full(error):
        return Failure(FailureKind.DISK_FULL, str(folder))
    return Failure(FailureKind.NOT_WRITABLE, f"{error.filename or folder}: {error.strerror or error}")
