"""Several editions at once, each in a process of its own, on the cores at hand."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from queue import Empty

from fascicle.events import Event, Listener
from fascicle.pipeline import Result, build_edition
from fascicle.run import Request

PATIENCE = 5.0
"""Seconds that an interrupted edition has to end its programs."""
_POLL = 0.2
_MOMENT = 0.3
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class _Crash:
    """A fault of the program itself, in the process of one edition."""

    edition: str
    told: str


_Message = Event | Result | _Crash


def build_editions(request: Request, editions: Sequence[str], listen: Listener) -> Iterator[Result]:
    """Make `editions`, at once where there is more than one core; the results come in the order asked for.

    When the caller is interrupted or ends in any other way, all processes end with it.
    """
    if len(editions) < 2 or processors() < 2:
        for edition in editions:
            yield build_edition(request, edition, listen)
        return
    with_others = replace(request, alone=False)
    context = _context()
    queue: Queue[_Message] = context.Queue()
    waiting = list(editions)
    running: dict[str, BaseProcess] = {}
    done: dict[str, Result] = {}
    told = 0
    try:
        while told < len(editions):
            while waiting and len(running) <= processors():
                edition = waiting.pop(0)
                running[edition] = context.Process(
                    target=_child, args=(with_others, edition, queue), daemon=True
                )
                running[edition].start()
            for result in _messages(queue, running, listen):
                running.pop(result.edition).join()
                done[result.edition] = result
            while told < len(editions) and editions[told] in done:
                yield done[editions[told]]
                told += 1
    finally:
        _end(running)


def _context() -> ForkContext | SpawnContext:
    """Forking costs no new start of Python; beside macOS's own threads it is not safe."""
    if sys.platform == "linux":
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _messages(queue: Queue[_Message], running: dict[str, BaseProcess], listen: Listener) -> Iterator[Result]:
    """Tell the events that have come, and give the results among them; wait for one message at most."""
    try:
        message = queue.get(timeout=_POLL)
    except Empty:
        for edition, process in running.items():
            if process.exitcode is not None and queue.empty():
                raise RuntimeError(
                    f"the process of the edition '{edition}' ended with status {process.exitcode}"
                ) from None
        return
    if isinstance(message, _Crash):
        raise RuntimeError(f"the edition '{message.edition}' failed\n{message.told}")
    if isinstance(message, Result):
        yield message
    else:
        listen(message)


def _child(request: Request, edition: str, queue: Queue[_Message]) -> None:
    """One edition in its own process. An interrupt reaches it as it reaches its parent, which tells of it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        queue.put(build_edition(request, edition, queue.put))
    except KeyboardInterrupt:
        queue.cancel_join_thread()
        sys.exit(INTERRUPTED)
    except BaseException:
        queue.put(_Crash(edition, traceback.format_exc()))


def _end_with_parent() -> None:
    """A parent that was killed leaves nobody who wants the result; the guardians of TeX end with this process."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(INTERRUPTED)


def _end(running: dict[str, BaseProcess]) -> None:
    """End what still runs. From a keyboard the interrupt has reached every process; a `kill` reached ours alone."""
    with suppress(KeyboardInterrupt):
        _wait(running, _MOMENT)
        for process in running.values():
            if process.is_alive() and process.pid:
                os.kill(process.pid, signal.SIGINT)
        _wait(running, PATIENCE)
    for process in running.values():
        process.terminate()
        process.join(PATIENCE)


def _wait(running: dict[str, BaseProcess], seconds: float) -> None:
    """Wait for all of them together."""
    deadline = time.monotonic() + seconds
    for process in running.values():
        process.join(max(deadline - time.monotonic(), 0))
