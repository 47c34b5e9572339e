"""Waiting that a signal's handler can end, whichever thread has taken the signal."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import pytest

from fascicle.core.system.signals import awaited, until


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
    event = threading.Event()
    give_up = threading.Timer(30, lambda: os.kill(os.getpid(), signal.SIGKILL))
    give_up.daemon = True
    give_up.start()
    with signalled_elsewhere(lambda number, frame: event.set()):
        until(event)
    give_up.cancel()


def test_a_result_and_an_exception_come_out() -> None:
    good: Future[int] = Future()
    bad: Future[int] = Future()
    threading.Timer(0.05, lambda: good.set_result(3)).start()
    threading.Timer(0.05, lambda: bad.set_exception(ValueError("no"))).start()
    assert awaited(good) == 3
    with pytest.raises(ValueError, match="no"):
        awaited(bad)
