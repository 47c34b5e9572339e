"""Engines that wait, at lines of the main file, for the text's next change.

Only what follows is typeset then.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.system.subprocesses import Guardian
from fascicle.typeset import pause_point
from fascicle.typeset.environment import LARGE_PAGES, environment_of, programs_of
from fascicle.typeset.job import Job, Program
from fascicle.typeset.preloaded_format import Formats
from fascicle.typeset.run_folder import Files, RunFolder, put_input
from fascicle.typeset.runner import Runner, TexEngine

ENGINE_MEMORY = 210_000_000
"""Bytes that a waiting engine takes: 200 to 212 MB of a text with Han in it were measured, 140 at the document's begin."""
MEMORY = 1 << 30
"""Bytes that all waiting engines together may take, unless another limit is given."""
_LOADING = 2
"""Engines that load at a time: one for each of two cores."""
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class ParkingRequest:
    """Where an engine is to wait."""

    line: int
    """Line of the main file, counted from 1."""
    deep: bool
    """True beyond the document's begin."""


@dataclass(eq=False, slots=True)
class _Waiting:
    """An engine and what it has read."""

    engine: TexEngine
    wish: ParkingRequest
    head: str
    """The main file down to the line."""
    surroundings: object
    """Programs, environment and name."""
    inputs: Mapping[str, object]
    """Pictures and other files, by name: path, time and size."""

    @property
    def ready(self) -> bool:
        """Whether it has come to its line."""
        return (self.engine.folder / pause_point.PARKED).exists()

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.engine.child.process.poll() is None

    def fits(self, job: Job, files: Files, *, deep: bool) -> bool:
        """Whether it can go on with this job: all that it has read so far is the same there."""
        if self.wish.deep and not (deep and self.engine.start_files == files):
            return False
        known = _stamps(job)
        return (
            job.tex.startswith(self.head)
            and self.surroundings == _surroundings(job)
            and all(known.get(name, stamp) == stamp for name, stamp in self.inputs.items())
        )

    def signal(self, number: int) -> None:
        """Send a signal to its process group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.engine.child.process.pid, number)


class Parking:
    """The waiting engines of the run folder `folder`, and the thread that starts them anew. Used as a context."""

    def __init__(self, folder: Path, memory: int = MEMORY, *, beside: bool = False) -> None:
        self.places = max(2, memory // ENGINE_MEMORY)
        """How many engines may wait at a time."""
        self.beside = beside
        """True when engines for passes that may be needed are to be started beside these."""
        self._lock = threading.RLock()
        self._waiting: list[_Waiting] = []
        self.folder = folder / f"parked-{os.getpid()}"
        """Theirs alone; it goes away with them."""
        self._guardian = Guardian(self.folder)
        self._filling: threading.Thread | None = None
        self._round = 0
        self._started = 0

    def __enter__(self) -> Parking:
        shutil.rmtree(self.folder, ignore_errors=True)
        self._guardian.__enter__()
        return self

    def __exit__(self, *details: object) -> None:
        self.hold()
        if self._filling:
            self._filling.join()
        self._guardian.__exit__(None, None, None)
        shutil.rmtree(
            self.folder, ignore_errors=True
        )  # the guardian has done so, unless somebody has killed it

    def take(self, job: Job, files: Files, *, deep: bool) -> TexEngine | None:
        """The engine that has come furthest of those that fit; it has the job's text and waits for its order.

        A `deep` one has read `files`; without `deep` only those at the document's begin are given.
        """
        with self._lock:
            able = [one for one in self._waiting if one.alive and one.fits(job, files, deep=deep)]
            if not able:
                return None
            best = max(able, key=lambda one: (one.ready, one.wish.line))
            self._waiting.remove(best)
        try:
            _give(best.engine, job)
        except OSError:  # its folder was removed, or the disk is full: the build itself will tell
            _end(best.engine)
            return None
        best.signal(signal.SIGCONT)
        return best.engine

    def hold(self) -> None:
        """Start no more engines, and let those that load stand still: the time belongs to others now."""
        with self._lock:
            self._round += 1
            for one in self._waiting:
                if not one.ready:
                    one.signal(signal.SIGSTOP)

    def refill(self, job: Job, files: Files, output_options: Iterable[ParkingRequest]) -> None:
        """Have engines wait for `job` at these places, the most wanted first, as many as there are places for."""
        self.hold()
        if self._filling:
            self._filling.join()
        with self._lock:
            missing = self._sort_out(job, files, list(output_options)[: self.places])
            for one in self._waiting:
                one.signal(signal.SIGCONT)
            number = self._round
        self._filling = threading.Thread(
            target=self._fill, args=(job, files, missing, number), daemon=True, name="parking"
        )
        self._filling.start()

    def settled(self) -> None:
        """Wait until the engines wanted last have come to their lines."""
        if self._filling:
            self._filling.join()

    def _sort_out(self, job: Job, files: Files, output_options: list[ParkingRequest]) -> list[ParkingRequest]:
        """End the engines that nobody wants or that do not fit any more; the wishes that are left."""
        kept: list[_Waiting] = []
        for one in self._waiting:
            if one.alive and one.wish in output_options and one.fits(job, files, deep=True):
                output_options.remove(one.wish)
                kept.append(one)
            else:
                _end(one.engine)
        self._waiting = kept
        return output_options

    def _fill(self, job: Job, files: Files, output_options: list[ParkingRequest], number: int) -> None:
        """Start one engine after another, as many at a time as there are cores."""
        runner = self._runner(job)
        if runner is None:
            return
        for wish in [*output_options, None]:
            while self._loading() >= (_LOADING if wish else 1) and self._round == number:
                time.sleep(_POLL)
            with self._lock:
                if self._round != number:
                    return
                if wish:
                    self._start(runner, job, files, wish)

    def _loading(self) -> int:
        with self._lock:
            return sum(one.alive and not one.ready for one in self._waiting)

    def _runner(self, job: Job) -> Runner | None:
        environment = environment_of(job)
        programs = programs_of(job, environment)
        if Program.LUALATEX not in programs:
            return None
        # An engine that ends soon after its order would lose more by large pages than it gains.
        if not self.beside:
            del environment[LARGE_PAGES]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError:  # what is wrong with the folder, the build itself will tell
            return None
        runner = Runner(job, RunFolder(self.folder, job.name), self._guardian, environment, programs, 0.0)
        runner.preloaded = Formats(job, environment, programs).find()
        return runner

    def _start(self, runner: Runner, job: Job, files: Files, wish: ParkingRequest) -> None:
        self._started += 1
        try:
            engine = runner.start_tex(f"{self._started}", files, park=wish.line)
        except (
            OSError,
            RuntimeError,
        ):  # a full disk, the end of everything: without engines it only takes longer
            return
        engine.deep = wish.deep
        head = "".join(job.tex.splitlines(keepends=True)[: wish.line - 1])
        self._waiting.append(_Waiting(engine, wish, head, _surroundings(job), _stamps(job)))


def _give(engine: TexEngine, job: Job) -> None:
    """Put the job's text and its new pictures into the folder of an engine that waits."""
    main = engine.folder / f"{job.name}.tex"
    fresh = main.with_suffix(".txt")
    fresh.write_text(job.tex, "utf-8", newline="\n")
    fresh.replace(main)
    for name, path in job.inputs.items():
        if not (engine.folder / name).is_symlink() and not (engine.folder / name).exists():
            # The engine's wall was built before this picture was known: it reads its own folder alone.
            put_input(path, engine.folder / name, copied=True)


def _end(engine: TexEngine) -> None:
    engine.child.kill()
    shutil.rmtree(engine.folder, ignore_errors=True)


def _surroundings(job: Job) -> object:
    return job.name, job.folder, job.cache, job.epoch, dict(job.environment), job.lualatex


def _stamps(job: Job) -> dict[str, object]:
    """Path, time and size of each input."""
    found: dict[str, object] = {}
    for name, path in job.inputs.items():
        with contextlib.suppress(OSError):
            status = path.stat()
            found[name] = (path, status.st_mtime_ns, status.st_size)
    return found
