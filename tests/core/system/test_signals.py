"""Waiting that a signal's handler can end, whichever thread has taken the signal."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import pytest

from fascicle.core.system.signals import awaited
from tests.conftest import ROOT


class _HeardError(Exception):
    pass


@contextmanager
def signalled_elsewhere(handler: object) -> Iterator[None]:
    """Have another thread take a signal, a moment from now, that `handler` is for."""
    before = signal.signal(signal.SIGUSR1, handler)  # type: ignore[arg-type]
    pause = threading.Event()

    def take() -> None:
        pause.wait(0.2)
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        pause.wait(5)

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield
    finally:
        pause.set()
        thread.join()
        signal.signal(signal.SIGUSR1, before)


def test_a_handler_is_heard_while_a_result_is_awaited() -> None:
    def handler(number: int, frame: object) -> None:
        raise _HeardError

    late: Future[int] = Future()
    give_up = threading.Timer(30, lambda: late.set_result(0))
    give_up.start()
    with signalled_elsewhere(handler), pytest.raises(_HeardError):
        awaited(late)
    assert not late.done()  # or else the handler was heard only when the waiting was over
    give_up.cancel()


def test_a_handler_may_set_the_event_that_its_own_thread_waits_for() -> None:
    """In a process of its own: waiting that nothing ends would take the other tests with it."""
    program = (
        "import threading\n"
        "from fascicle.core.system.signals import until\n"
        f"from {__name__} import signalled_elsewhere\n"
        "event = threading.Event()\n"
        "with signalled_elsewhere(lambda number, frame: event.set()):\n"
        "    until(event)\n"
        "print('awaited')\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "awaited\n", done.stderr


def test_a_result_and_an_exception_come_out() -> None:
    good: Future[int] = Future()
    bad: Future[int] = Future()
    threading.Timer(0.05, lambda: good.set_result(3)).start()
    threading.Timer(0.05, lambda: bad.set_exception(ValueError("no"))).start()
    assert awaited(good) == 3
    with pytest.raises(ValueError, match="no"):
        awaited(bad)
