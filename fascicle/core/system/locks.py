"""Locks between processes, held by the operating system and so let go whenever their holder dies."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from fascicle.core.system.platform_support import NO_LINKS, NOT_INHERITED


@contextlib.contextmanager
def lock_file(path: Path) -> Iterator[int]:
    """A file to lock, made where it is not there, its folder too. A link in its place is an OSError, never followed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | NO_LINKS | NOT_INHERITED, 0o644)
    try:
        yield handle
    finally:
        os.close(handle)


class LockedError(Exception):
    """Another process held the lock for too long."""


def wait_for_lock(
    handle: int,
    seconds: float,
    waiting: Callable[[], None] = lambda: None,
    needless: Callable[[], bool] = lambda: False,
) -> bool:
    """Lock an open file; `waiting` is called once when it is taken, LockedError comes after `seconds`.

    False, without the lock, when it has become `needless` while we waited.
    """
    deadline = time.monotonic() + seconds
    reported = False
    while not _try_lock(handle):
        if needless():
            return False
        if not reported:
            waiting()
            reported = True
        if time.monotonic() >= deadline:
            raise LockedError
        time.sleep(0.05)
    return True


def _try_lock(handle: int) -> bool:
    import fcntl  # Windows has none, and builds nothing

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
