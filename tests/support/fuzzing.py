"""Trying a reader with whatever hypothesis thinks of: a few examples, or many for as long as there is time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.conftest import STRESS

SECONDS = float(os.environ.get("FASCICLE_FUZZ_SECONDS", "600"))
"""How long one reader is tried in `make stress`."""
_EXAMPLES, _AT_ONCE = 24, 400
_LONGEST = 20


@contextmanager
def in_time(seconds: int = _LONGEST) -> Iterator[None]:
    """End what hangs."""

    def ring(number: int, frame: object) -> None:
        raise TimeoutError(f"it does not end within {seconds} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def in_processor_time(seconds: int) -> Iterator[None]:
    """End what takes more than this many seconds of this process's own time, however busy the machine is."""

    def ring(number: int, frame: object) -> None:
        raise TimeoutError(f"it takes more than {seconds} seconds")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def try_out(read: Callable[[Any], object], *examples: SearchStrategy[Any]) -> None:
    """Have `read` read them: it may neither raise nor hang. The same seeds come in the same order each time."""
    begun, number = time.monotonic(), 0
    while not number or (STRESS and time.monotonic() - begun < SECONDS):
        for example in examples:
            _once(read, example, number)
        number += 1


def _once(read: Callable[[Any], object], example: SearchStrategy[Any], number: int) -> None:
    @seed(number)
    @settings(max_examples=_AT_ONCE if STRESS else _EXAMPLES, database=None)
    @given(example)
    def tried(value: Any) -> None:
        with in_time():
            read(value)

    tried()
