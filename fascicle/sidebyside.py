"""Several editions at once, each in a process of its own, on the cores at hand."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from queue import Empty

from fascicle.events import Event, Listener
from fascicle.pipeline import Result, build_edition
from fascicle.processes import INTERRUPTED, context, end, end_with_parent, processors
from fascicle.run import Request

_POLL = 0.2


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
    make = context()
    queue: Queue[_Message] = make.Queue()
    waiting = list(editions)
    running: dict[str, BaseProcess] = {}
    done: dict[str, Result] = {}
    told = 0
    try:
        while told < len(editions):
            while waiting and len(running) <= processors():
                edition = waiting.pop(0)
                running[edition] = make.Process(
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
        end(running.values())


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
    end_with_parent()
    try:
        queue.put(build_edition(request, edition, queue.put))
    except KeyboardInterrupt:
        queue.cancel_join_thread()
        sys.exit(INTERRUPTED)
    except BaseException:
        queue.put(_Crash(edition, traceback.format_exc()))
