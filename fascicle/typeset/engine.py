"""Typesets one edition: LuaLaTeX and biber, pass after pass, until every file that is read back is stable."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from fascicle.core.system.locks import LockedError
from fascicle.core.system.signals import NAP, awaited
from fascicle.core.system.subprocesses import Guardian
from fascicle.typeset import biber
from fascicle.typeset.environment import environment_of, programs_of
from fascicle.typeset.font_cache import FontCache
from fascicle.typeset.gate import begin_line
from fascicle.typeset.job import (
    Failure,
    FailureKind,
    Job,
    Listener,
    Outcome,
    Pass,
    PassEvent,
    Program,
    RerunReason,
)
from fascicle.typeset.passes import changed_files, rerun_reason, structure
from fascicle.typeset.preloaded_format import Formats
from fascicle.typeset.result_cache import Last, Results
from fascicle.typeset.run_folder import Files, Kept, RunFolder, is_full
from fascicle.typeset.runner import (
    BiberError,
    BiberResult,
    Engine,
    Runner,
    StoppedError,
    TexResult,
    console_text,
)
from fascicle.typeset.warm import early_biber, warm_preamble
from fascicle.typeset.warm.bcf_cache import Forms
from fascicle.typeset.warm.parked_engines import Parking


def typeset(
    job: Job,
    listener: Listener = lambda event: None,
    parking: Parking | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Typeset `job` in its run folder. Every way in which it can fail is an `Outcome`, never an exception.

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
) -> Outcome:
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
    # The pool ends after the guardian: its one thread waits for a child, and the guardian ends the children.
    with ThreadPoolExecutor(1) as pool, Guardian() as guardian:
        runner = Runner(job, folder, guardian, environment, programs, deadline, stop)
        formats = Formats(job, environment, programs)
        runner.preloaded = formats.find()
        work = _Work(job, folder, runner, record, results, pool, parking, formats, programs.values())
        try:
            if not cache.warm:
                with cache.filling(job.limits.seconds):
                    return work.run(parallel=False)
            return work.run(parallel=job.parallel and _processors() > 1)
        except StoppedError as ending:
            return record.failure(ending.failure)
        except BiberError as ending:
            record.blg = ending.blg
            return record.failure(Failure(FailureKind.BIBER, ""))
        finally:
            work.give_back()


@dataclass
class _Record:
    """What has happened so far."""

    folder: RunFolder
    listener: Listener
    passes: list[Pass] = field(default_factory=list)
    log: str = ""
    blg: str = ""
    log_path: Path | None = None
    console: str = ""

    def begin(self, program: Program, reason: RerunReason) -> None:
        """Tell that a program begins."""
        self.listener(PassEvent(program, reason, self._count(program) + 1))

    def end(self, program: Program, reason: RerunReason, seconds: float, pdf: Path | None = None) -> None:
        """Note and tell that a program has ended, and which pages it has made."""
        self.passes.append(Pass(program, reason, seconds))
        self.listener(PassEvent(program, reason, self._count(program), seconds, pdf))

    def take_log(self, engine: Engine) -> None:
        """Keep the engine's log in the run folder, and its text; and what it wrote beside the log."""
        self.console = console_text(engine)
        if path := self.folder.take(engine.folder, ".log"):
            self.log_path = path
            self.log = path.read_text("utf-8", errors="replace")

    def failure(self, failure: Failure) -> Outcome:
        """The outcome of a job that gave no PDF."""
        passes = tuple(self.passes)
        return Outcome(None, None, passes, self.log, self.blg, self.log_path, failure, self.console)

    def again(self, last: Last) -> Outcome:
        """The outcome of a job that has nothing to do."""
        log = last.log_path.read_text("utf-8", errors="replace")
        return Outcome(last.pdf, last.synctex, (), log, last.blg, last.log_path, None)

    def success(self, pdf: Path, synctex: Path | None) -> Outcome:
        """The outcome of a job that gave a PDF."""
        return Outcome(pdf, synctex, tuple(self.passes), self.log, self.blg, self.log_path, None)

    def _count(self, program: Program) -> int:
        return sum(one.program is program for one in self.passes)


class _Work:
    """One job under way."""

    def __init__(
        self,
        job: Job,
        folder: RunFolder,
        runner: Runner,
        record: _Record,
        results: Results,
        pool: ThreadPoolExecutor,
        parking: Parking | None,
        formats: Formats,
        programs: Iterable[Path],
    ) -> None:
        self._job = job
        self._folder = folder
        self._runner = runner
        self._record = record
        self._results = results
        self._pool = pool
        self._parking = parking
        self._formats = formats
        self._borrowed: list[Engine] = []
        self._bbl = f"{job.name}.bbl"
        self._bcf = f"{job.name}.bcf"
        self._cited_key = biber.cited_key(job.tex, job.cited)
        self._biber_key = ""
        self._runs_of_biber = 0
        self._engine_free = Event()  # set once no engine runs for biber's sake any more
        self._forms = Forms(job, programs)

    def run(self, parallel: bool) -> Outcome:
        """All passes; once more from nothing when the first one fails on what an earlier job has left."""
        kept = self._folder.kept()
        if kept.files:
            try:
                return self._passes(kept, parallel, RerunReason.CHANGED)
            except _StaleError:
                self._folder.forget()
                return self._passes(Kept(), parallel, RerunReason.STALE)
        return self._passes(kept, parallel, RerunReason.FIRST)

    def _passes(self, kept: Kept, parallel: bool, reason: RerunReason) -> Outcome:
        """Passes until all is stable."""
        runner, record = self._runner, self._record
        files, self._biber_key, record.blg = dict(kept.files), kept.biber_key, kept.blg
        cold, limit = not files, self._job.limits.passes
        sorting = self._start_ahead(kept, parallel)
        if runner.preloaded is None:  # beside biber, and the engine that tells what biber is to do
            self._preload(wait=bool(sorting and not parallel))
        if sorting and not parallel:
            self._collect(sorting, files)
            sorting = None
        engine, following = self._first_engines(kept, files, sorting, parallel)
        for number in range(1, limit + 1):
            if engine.gated:
                runner.release(engine, files)
            engine, result = self._one_pass(engine, number, reason, stale=number == 1 and not cold)
            before, files = engine.files, dict(result.files)
            self._run_biber(files)
            changed = rerun_reason(before, files, result.read)
            if changed is None and not engine.draft:
                return self._settle(engine, files)
            reason = changed or RerunReason.FINAL
            if following and result.misled:
                following.child.kill()
                following = None
            if number < limit:
                following = following or self._parked(files, deep=False)
                engine = following or runner.start_tex(str(number + 1), files)
                following = None
        names = ", ".join(changed_files(before, files, result.read))
        raise StoppedError(Failure(FailureKind.UNSETTLED, names))

    def _preload(self, *, wait: bool) -> None:
        """Make the format that holds the packages; not before no other engine runs, where one is to `wait` for that."""
        if wait:
            while not self._engine_free.wait(NAP):
                pass
        runner = self._runner
        seconds = self._job.limits.lock
        runner.preloaded = self._formats.find_or_make(runner.make_format, runner.proves, seconds)

    def _first_engines(
        self, kept: Kept, files: dict[str, bytes], sorting: _Ahead | None, parallel: bool
    ) -> tuple[Engine, Engine | None]:
        """The engine of the first pass, and that of the second where it is likely; biber, if it runs, is waited for."""
        runner, begin = self._runner, begin_line(self._job.tex)
        again = parallel and self._likely_again(kept)
        draft = not files or again  # what is likely to be done again need write no PDF
        engine = self._parked(files, deep=not sorting)
        engine = engine or runner.start_tex("1", files, park=begin if sorting else 0, draft=draft)
        engine.draft = draft
        following = runner.start_tex("2", files, park=begin) if again else None
        if sorting and engine.line < begin:
            runner.move(engine, begin)
        if sorting:  # a first pass that finds its list of works leaves page numbers that hold
            self._collect(sorting, files)
        return engine, following

    def _likely_again(self, kept: Kept) -> bool:
        """Whether a second pass is to be expected, so that its engine is worth starting beside the first.

        Engines that are parked wait for it already, and one more would only take time from the one that runs.
        """
        if self._parking and not self._parking.beside:
            return False
        return kept.structure != structure(self._job.tex)

    def _parked(self, files: Files, *, deep: bool) -> Engine | None:
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
        self, engine: Engine, number: int, reason: RerunReason, stale: bool
    ) -> tuple[Engine, TexResult]:
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

    def _settle(self, engine: Engine, files: Files) -> Outcome:
        """Take the result and keep what the next job starts from."""
        synctex = self._folder.take(engine.folder, ".synctex.gz")
        pdf = self._folder.take(engine.folder, ".pdf")
        if pdf is None:
            raise StoppedError(Failure(FailureKind.TEX, "no pages"))
        kept = Kept(files, self._biber_key, self._cited_key, self._record.blg, structure(self._job.tex))
        self._folder.keep(kept)
        self._forms.keep(files.get(self._bcf))
        warm_preamble.remember(self._job)
        if self._job.reuse:
            self._results.keep(self._runner.recorder(engine), self._record.blg)
        return self._record.success(pdf, synctex)

    # -- The bibliography ------------------------------------------------------------------------------

    def _start_ahead(self, kept: Kept, parallel: bool) -> _Ahead | None:
        """Let biber begin before the first pass, when it is known already that it must run."""
        bcf = kept.files.get(self._bcf)
        if bcf and kept.cited_key == self._cited_key:
            if not biber.uses_biber(bcf) or self._key(bcf) == kept.biber_key:
                return None
            return self._pool.submit(self._ahead, bcf)
        if self._job.cited and self._job.bibliographies:
            form = self._forms.read()
            guess = biber.filled(form, self._job.cited) if form else None
            return self._pool.submit(self._guessed if guess else self._ahead, guess)
        return None

    def _guessed(self, bcf: bytes | None) -> tuple[str, BiberResult] | None:
        """Run biber on a control file that is likely to be the right one; that it is not shows after the pass."""
        try:
            return self._ahead(bcf)
        except BiberError:
            return None

    def _ahead(self, bcf: bytes | None) -> tuple[str, BiberResult] | None:
        """Run biber in a thread of its own, on the last job's control file or on that of a small document."""
        try:
            if bcf is None:
                document = biber.early_document(self._job.tex, self._job.cited)
                bcf = self._runner.early_bcf(document) if document else None
        finally:
            self._engine_free.set()
        if bcf is None or not biber.uses_biber(bcf):
            return None
        key = self._key(bcf)
        if early := early_biber.take(self._job, key):
            return key, self._runner.watched(early)
        return key, self._runner.run_biber("biber-ahead", bcf)

    def _collect(self, sorting: _Ahead, files: dict[str, bytes]) -> None:
        """Wait for the biber that has been started ahead."""
        reason = RerunReason.BIBLIOGRAPHY if self._biber_key else RerunReason.FIRST
        self._record.begin(Program.BIBER, reason)
        if (early := awaited(sorting)) is not None:
            self._biber_done(early[0], early[1], reason, files)

    def _run_biber(self, files: dict[str, bytes]) -> None:
        """Run biber when the pass asks for other works than the last time, or when the bibliography is another."""
        bcf = files.get(self._bcf)
        if bcf is None or not biber.uses_biber(bcf):
            files.pop(self._bbl, None)
            return
        key = self._key(bcf)
        if key == self._biber_key and self._bbl in files:
            return
        reason = self._biber_reason(key)
        self._record.begin(Program.BIBER, reason)
        self._runs_of_biber += 1
        result = self._runner.run_biber(f"biber-{self._runs_of_biber}", bcf)
        self._biber_done(key, result, reason, files)

    def _biber_done(
        self, key: str, result: BiberResult, reason: RerunReason, files: dict[str, bytes]
    ) -> None:
        self._biber_key = key
        self._record.blg = result.blg
        self._record.end(Program.BIBER, reason, result.seconds)
        files[self._bbl] = result.bbl

    def _biber_reason(self, key: str) -> RerunReason:
        if not self._biber_key:
            return RerunReason.FIRST
        same_control = key.partition(":")[0] == self._biber_key.partition(":")[0]
        return RerunReason.BIBLIOGRAPHY if same_control else RerunReason.CITATIONS

    def _key(self, bcf: bytes) -> str:
        return biber.key(bcf, self._job.bibliographies)


_Ahead = Future[tuple[str, BiberResult] | None]


class _StaleError(Exception):
    """The first pass failed on the files of an earlier job."""


def _processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _surroundings(error: OSError, folder: Path) -> Failure:
    """What an error of the file system means for the job."""
    if is_full(error):
        return Failure(FailureKind.DISK_FULL, str(folder))
    return Failure(FailureKind.NOT_WRITABLE, f"{error.filename or folder}: {error.strerror or error}")
