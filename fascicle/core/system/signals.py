"""Waiting on the main thread: awake now and then, since a signal that another thread has taken would not end its sleep."""

from __future__ import annotations

import time
from concurrent.futures import Future, wait
from threading import Event
from typing import TypeVar

NAP = 0.1
"""Seconds that a signal may go unheard."""

T = TypeVar("T")


def awaited(future: Future[T]) -> T:
    """The result of `future`, as soon as it has one; its exception is raised here."""
    while not future.done():
        wait([future], NAP)
    return future.result()


def until(event: Event) -> None:
    """Return once `event` is set, which a signal's handler may do.

    A handler that sets the event on which its own thread waits would find the event's lock taken; so it is only looked at.
    """
    while not event.is_set():
        time.sleep(NAP)
