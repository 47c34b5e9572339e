"""Worker processes: how they begin, how they end with their parent, and background work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from fascicle.core.events import Event, Listener
from fascicle.core.system.signals import NAP

PATIENCE = 5.0
"""Seconds that an interrupted process has to end its programs."""
INTERRUPTED = 130
_MOMENT = 0.3

T = TypeVar("T")


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def forks() -> bool:
    """Whether a process may be forked. Beside macOS's own threads it is not safe."""
    return sys.platform == "linux" and hasattr(os, "fork")


def context() -> ForkContext | SpawnContext:
    """Forking costs no new start of Python, where it may be done."""
    if forks():
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def end_with_parent() -> None:
    """For a child: a parent that was killed leaves nobody who wants the result. Guardians of TeX end with the child."""
    threading.Thread(target=_await_parent, daemon=True).start()


def _await_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(INTERRUPTED)


def end(running: Iterable[BaseProcess]) -> None:
    """End what still runs. From a keyboard the interrupt has reached every process; a `kill` reached ours alone."""
    processes = list(running)
    with suppress(KeyboardInterrupt):
        _wait(processes, _MOMENT)
        for process in processes:
            if process.is_alive() and process.pid:
                os.kill(process.pid, signal.SIGINT)
        _wait(processes, PATIENCE)
    for process in processes:
        process.terminate()
        process.join(PATIENCE)


def _wait(processes: Iterable[BaseProcess], seconds: float) -> None:
    """Wait for all of them together."""
    deadline = time.monotonic() + seconds
    for process in processes:
        process.join(max(deadline - time.monotonic(), 0))


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    result: T


@dataclass(frozen=True, slots=True)
class _Failed:
    reported: str


class Worker(Generic[T]):
    """One piece of work in a process of its own; where there is no core for it, it is done when it is asked for."""

    def __init__(self, work: Callable[[Listener], T], listen: Listener) -> None:
        self._work, self._listen = work, listen
        self.process: BaseProcess | None = None
        if forks() and processors() > 1:
            self._begin()

    def _begin(self) -> None:
        self._reader, writer = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(
            target=_child, args=(self._work, writer), daemon=True
        )
        with warnings.catch_warnings():
            # Python 3.12 warns of a fork beside threads. Ours hold no lock that the work could want.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        writer.close()
        self.process = process

    def result(self) -> T:
        """Wait for the end; what was told meanwhile is told now. A failure of the surroundings is raised here."""
        if self.process is None:
            return self._work(self._listen)
        while True:
            while not self._reader.poll(NAP):
                pass
            try:
                message: Event | _Done[T] | _Failed | OSError = self._reader.recv()
            except EOFError:
                self.process.join()
                raise RuntimeError(f"a process ended with status {self.process.exitcode}") from None
            if isinstance(message, _Done):
                self.process.join()
                return message.result
            if isinstance(message, OSError):
                raise message
            if isinstance(message, _Failed):
                raise RuntimeError(f"a process failed\n{message.reported}")
            self._listen(message)


def _child(work: Callable[[Listener], T], writer: Connection) -> None:
    """The work in its own process. An interrupt reaches it as it reaches its parent, which tells of it."""
    end_with_parent()
    try:
        writer.send(_Done(work(writer.send)))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        writer.send(error)
    except BaseException:
        writer.send(_Failed(traceback.format_exc()))


class Workers:
    """The pieces of work that go on beside the main one."""

    def __init__(self, listen: Listener) -> None:
        self._listen = listen
        self._begun: list[Worker[object]] = []

    def begin(self, work: Callable[[Listener], T]) -> Worker[T]:
        """Begin a piece of work."""
        worker = Worker(work, self._listen)
        self._begun.append(worker)  # type: ignore[arg-type]
        return worker

    def end(self) -> None:
        """End what still runs."""
        end(one.process for one in self._begun if one.process and one.process.is_alive())


@contextmanager
def background_workers(listen: Listener) -> Iterator[Workers]:
    """Pieces of work, none of which outlives the block: what nobody has waited for is ended there."""
    every = Workers(listen)
    try:
        yield every
    finally:
        every.end()
