"""bubblewrap: a program that starts another in namespaces of its own, where nothing is but what it is given."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache

from fascicle.core.system.sandbox_paths import outermost, system


@cache
def program() -> str:
    """Where it is installed; empty where it is not."""
    found = shutil.which("bwrap", path=f"/usr/bin:/bin:/usr/local/bin:{os.environ.get('PATH', '')}")
    return found or "" if sys.platform == "linux" else ""


def arguments(
    reads: Iterable[str], writes: Iterable[str], folder: str, seccomp: int, *, network: bool = False
) -> list[str]:
    """The words before a command: `reads` as they are, `writes` to be written, the filter from an open file.

    Its processes stay in the group of whoever starts them, so that signals to the group reach them.
    """
    spaces = ["--unshare-user-try", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try"]
    return [
        program(), *spaces, *([] if network else ["--unshare-net"]), "--die-with-parent", "--cap-drop", "ALL",
        *_system(), "--dev", "/dev",
        *_bound(reads, "--ro-bind-try"), *_bound(writes, "--bind"), "--remount-ro", "/dev", "--remount-ro", "/",
        "--chdir", folder, "--seccomp", str(seccomp), "--",
    ]  # fmt: skip


@cache
def _system() -> tuple[str, ...]:
    words: list[str] = []
    for path in system():
        if os.path.islink(path) and not path.startswith("/etc"):
            words += ["--symlink", os.readlink(path), path]
        else:
            words += ["--ro-bind-try", os.path.realpath(path), path]
    return tuple(words)


def _bound(paths: Iterable[str], how: str) -> Iterator[str]:
    known = system()
    for path in outermost(paths):
        if not any(path == one or path.startswith(f"{one}/") for one in known):
            yield from (how, path, path)
