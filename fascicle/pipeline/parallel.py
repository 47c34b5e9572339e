"""Several editions at once, of one publication or of many, each in a process of its own, on the cores at hand."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic
from fascicle.core.events import Event, Listener
from fascicle.core.limits import limits
from fascicle.core.system.workers import (
    INTERRUPTED,
    PATIENCE,
    context,
    end,
    end_with_parent,
    forks,
    processors,
)
from fascicle.pipeline.build import BuildResult, build_edition, is_kept
from fascicle.pipeline.confined import limit_memory, too_large, too_long
from fascicle.pipeline.run import Request

_KILLED = "the usual cause is that memory ran out; build fewer at once with --jobs"
_TICK = 0.2
_ROUNDS = {"epub": 1, "html": 2}
"""Editions that take up what others have made: a book lists the pages of the PDF, a page offers both."""


@dataclass(frozen=True, slots=True)
class PoolJob:
    """One edition of one publication."""

    request: Request
    """The publication, and how it is to be built."""
    edition: str
    """The edition's name."""


JobListener = Callable[[PoolJob, Event], None]
"""Is told what goes on in which job."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault of the program itself."""

    reported: str
    """The traceback."""


_Message = Event | BuildResult | _Fault


@dataclass(frozen=True, slots=True)
class _Running:
    """A job under way."""

    job: PoolJob
    process: BaseProcess
    reader: Connection
    begun: float


def build_editions(
    request: Request, editions: Sequence[str], listen: Listener, at_once: int | None = None
) -> Iterator[BuildResult]:
    """Make `editions` of one publication; the results come in the order asked for."""
    if len(editions) < 2 and not (request.no_trust and forks()):
        for edition in editions:
            yield build_edition(request, edition, listen)
        return
    done: dict[str, BuildResult] = {}
    reported = 0
    for jobs in rounds([PoolJob(request, edition) for edition in editions]):
        for job, result in build_jobs(jobs, lambda _, event: listen(event), at_once):
            done[job.edition] = result
            while reported < len(editions) and editions[reported] in done:
                yield done[editions[reported]]
                reported += 1


def rounds(jobs: Sequence[PoolJob]) -> Iterator[list[PoolJob]]:
    """Jobs in groups, one after the other: those first that others take something from."""
    for number in sorted({_ROUNDS.get(job.edition, 0) for job in jobs}):
        yield [job for job in jobs if _ROUNDS.get(job.edition, 0) == number]


def takes_up(edition: str) -> bool:
    """Whether an edition takes something from others, so that it is made anew after them."""
    return edition in _ROUNDS


def build_jobs(
    jobs: Sequence[PoolJob],
    listen: JobListener,
    at_once: int | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[tuple[PoolJob, BuildResult]]:
    """Make all `jobs`, `at_once` of them at a time; each with its result, in the order of their ends.

    A job that fails, crashes or is killed gives a result that says so, and the others go on. `tick` is called now and
    then. When the caller is interrupted or ends in any other way, all processes end with it.
    """
    make = context()
    limit = at_once or _as_many_as_fit()
    shared = len(jobs) > 1 and limit > 1
    if len(jobs) > limit:
        _load_ahead(make)
    waiting = deque(jobs)
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < limit:
                running.append(_start(make, waiting.popleft(), shared))
            ready = wait([one.reader for one in running], _TICK)
            for one in [one for one in running if one.reader in ready]:
                message = _receive(one)
                if isinstance(message, BuildResult):
                    running.remove(one)
                    yield one.job, message
                else:
                    listen(one.job, message)
            for one in [one for one in running if _is_late(one)]:
                running.remove(one)
                end([one.process])
                yield one.job, _limited(one.job, too_long(), time.monotonic() - one.begun)
            tick()
    finally:
        end([one.process for one in running])


def _load_ahead(make: ForkContext | SpawnContext) -> None:
    """What every job will need is loaded once, for those that are forked: a twentieth of a small publication's cost."""
    if make.get_start_method() == "fork":
        import_module("fascicle.pipeline.pdf_output")
        import_module("fascicle.pipeline.finishing").load_ahead()
        gc.freeze()  # what is there already need not be looked through, nor its memory copied, in each of them


def _as_many_as_fit() -> int:
    """One job more than there are cores, for each of them waits now and then."""
    cores = processors()
    return cores + 1 if cores > 1 else 1


def _start(make: ForkContext | SpawnContext, job: PoolJob, shared: bool) -> _Running:
    """Begin a job. Each has a pipe of its own, so that one that is killed while it tells something stops no other."""
    reader, writer = make.Pipe(duplex=False)
    request = replace(job.request, alone=False) if shared else job.request
    process = make.Process(target=_child, args=(request, job.edition, writer), daemon=True)
    process.start()
    writer.close()
    return _Running(job, process, reader, time.monotonic())


def _receive(one: _Running) -> Event | BuildResult:
    """What a job tells; its end, in whatever way, is a result."""
    try:
        message: _Message = one.reader.recv()
    except (EOFError, OSError, pickle.UnpicklingError):
        end([one.process])
        message = _faulty(one, f"its process ended with {_status(one.process)}", _KILLED)
    if isinstance(message, _Fault):
        message = _faulty(
            one, message.reported.rstrip().rpartition("\n")[2], _written(one.job, message.reported)
        )
    if isinstance(message, BuildResult):
        one.process.join(PATIENCE)
        one.reader.close()
    return message


def _is_late(one: _Running) -> bool:
    """Whether a stranger's publication has taken all the time that it may; when it ends by itself nothing is lost."""
    return one.job.request.no_trust and time.monotonic() - one.begun > limits()["seconds"]


def _limited(job: PoolJob, found: Diagnostic, seconds: float) -> BuildResult:
    """The result of a job that met a limit."""
    return BuildResult(job.edition, (found,), seconds=seconds, kept=is_kept(job.request, job.edition))


def _status(process: BaseProcess) -> str:
    """How a process ended, in words."""
    code = process.exitcode or 0
    return f"the signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"


def _faulty(one: _Running, why: str, hint: str) -> BuildResult:
    """The result of a job in which the program itself failed."""
    edition, seconds = one.job.edition, time.monotonic() - one.begun
    found = Diagnostic(Code.PROGRAM_FAULT, f"the program itself failed: {why}", hints=(hint,))
    return BuildResult(edition, (found,), seconds=seconds, kept=is_kept(one.job.request, edition))


def _written(job: PoolJob, reported: str) -> str:
    """Keep a traceback where the one who reports it finds it; what to do with it."""
    path = job.request.state / "faults" / f"{job.edition}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(reported, encoding="utf-8")
    except OSError:
        return "please report it"
    return f"please report it, with the file {os.path.relpath(path, job.request.project)} of the publication"


def _child(request: Request, edition: str, writer: Connection) -> None:
    """One edition in its own process. An interrupt reaches it as it reaches its parent, which tells of it."""
    end_with_parent()
    if request.no_trust:
        limit_memory()
    try:
        writer.send(build_edition(request, edition, writer.send))
    except MemoryError:
        writer.send(_limited(PoolJob(request, edition), too_large(), 0.0))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BaseException:
        with suppress(OSError):
            writer.send(_Fault(traceback.format_exc()))
