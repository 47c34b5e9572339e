"""Linux's Landlock: which files a thread, and every program that it starts, may read and write from now on."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from stat import S_ISDIR

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""Numbers of the system calls, the same on every architecture."""
_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_REFER, _TRUNCATE, _DEVICE = 1 << 13, 1 << 14, 1 << 15
_CHANGES = 0b1111111110000
"""Removing and making files and folders of any kind."""
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE
_TCP = 0b11
_SCOPES = 0b11
"""Abstract sockets and signals beyond the domain."""
_NO_NEW_PRIVILEGES, _DROP_CAPABILITY = 38, 24
_CAPABILITIES = 64
"""More than any kernel has."""


class _Attributes(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Below(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what _pack_ has always meant; Python 3.14 wants it said
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


@cache
def version() -> int:
    """The kernel's version of Landlock; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_library().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))


def no_new_privileges() -> None:
    """No program that this thread starts gains rights by being setuid. OSError where that cannot be had."""
    if _library().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise _error("no_new_privs")


def no_capabilities() -> None:
    """No program that this thread starts has what makes root more than the owner of its files. OSError where that cannot be had."""
    if os.geteuid():
        return
    for capability in range(_CAPABILITIES):
        if _library().prctl(_DROP_CAPABILITY, capability, 0, 0, 0) and ctypes.get_errno() != errno.EINVAL:
            raise _error("capabilities")


def restrict(reads: Iterable[Path | str], writes: Iterable[Path | str]) -> None:
    """Let this thread read and run `reads` alone, and write `writes` too; what is not there is left out.

    Nothing is taken back when a step fails: OSError then, and nothing may be started from this thread.
    """
    known = version()
    files = (1 << 13) - 1
    files |= _REFER if known >= 2 else 0
    files |= _TRUNCATE if known >= 3 else 0
    files |= _DEVICE if known >= 5 else 0
    held = _Attributes(files, _TCP if known >= 4 else 0, _SCOPES if known >= 6 else 0)
    size = 8 if known < 4 else 16 if known < 6 else 24
    ruleset = _library().syscall(_CREATE, ctypes.byref(held), ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        raise _error("landlock_create_ruleset")
    try:
        for path in reads:
            _allow(ruleset, path, (_EXECUTE | _READ | _LIST) & files)
        for path in writes:
            _allow(ruleset, path, files & ~_EXECUTE)
        if _library().syscall(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)):
            raise _error("landlock_restrict_self")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path | str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not S_ISDIR(os.fstat(handle).st_mode):
            rights &= _OF_FILES
        rule = _Below(rights, handle)
        if _library().syscall(
            _ADD, ctypes.c_int(ruleset), ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint32(0)
        ):
            raise _error(f"landlock_add_rule {path}")
    finally:
        os.close(handle)


def _error(what: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{what}: {os.strerror(number)}")
