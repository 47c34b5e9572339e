"""Brings a finished file to its place in one step, so that nobody ever sees half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from fascicle.core.system.platform_support import AT_ONCE, NO_LINKS, NOT_INHERITED


def deliver(source: Path, target: Path) -> None:
    """Copy `source` to `target` by a temporary file beside it and an atomic rename. OSError leaves `target` as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reader, _beside(target) as temporary:
        with temporary.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1 << 20)
        temporary.replace(target)


def deliver_bytes(content: bytes, target: Path) -> None:
    """Write `content` to `target` by a temporary file beside it and an atomic rename."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as temporary:
        temporary.write_bytes(content)
        temporary.replace(target)


def read_regular(path: Path) -> bytes:
    """The bytes of a regular file; OSError for a link, a pipe or a device that somebody has put in its place."""
    handle = os.open(path, os.O_RDONLY | NO_LINKS | AT_ONCE | NOT_INHERITED)
    with os.fdopen(handle, "rb") as stream:
        if not S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return stream.read()


def deliver_inside(content: bytes, root: Path, path: str) -> None:
    """Write `content` to `path` below `root`, following no link on the way: OSError where one stands."""
    *folders, name = PurePosixPath(path).parts
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            with contextlib.suppress(FileExistsError):
                os.mkdir(folder, dir_fd=handle)
            inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | NO_LINKS, dir_fd=handle)
            os.close(handle)
            handle = inner
        _put(content, name, handle)
    finally:
        os.close(handle)


def _put(content: bytes, name: str, folder: int) -> None:
    """Write a file into an open folder by an atomic rename."""
    fresh = f".{name}.{os.getpid()}.tmp"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(fresh, dir_fd=folder)
    target = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINKS, 0o644, dir_fd=folder)
    try:
        with os.fdopen(target, "wb") as stream:
            stream.write(content)
        os.replace(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(fresh, dir_fd=folder)
        raise


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """The path of a temporary file in the target's folder, removed at the end when it is still there."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
