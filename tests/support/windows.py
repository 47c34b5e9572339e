"""Takes from Python what Windows does not have, then runs the command line: the nearest to Windows that can be had here."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

MODULES = frozenset({"fcntl", "resource", "termios", "pwd", "grp"})
CALLS = (
    "chown fchmod fork getegid geteuid getgid getpgid getuid killpg memfd_create mkfifo nice sched_getaffinity setpgid setsid "
    "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_PATH"
)
SIGNALS = "SIGALRM SIGHUP SIGKILL SIGPIPE SIGUSR1 SIGUSR2 pthread_sigmask"


class _Missing(MetaPathFinder):
    """Finds none of the modules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname in MODULES:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def main() -> None:
    # Nor are there folders by number, which shutil asks about once; tempfile, which some Pythons have loaded by now, holds it.
    os.supports_dir_fd, os.supports_fd = set(), set()
    for name in ("shutil", "tempfile"):
        sys.modules.pop(name, None)

    import asyncio  # the real Windows has loops of its own
    import subprocess  # so with processes
    import tempfile  # noqa: F401

    assert asyncio
    assert subprocess
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Missing())
    for of, names in ((os, CALLS), (signal, SIGNALS)):
        for name in names.split():
            if hasattr(of, name):
                delattr(of, name)
    if hasattr(os, "process_cpu_count"):  # Python 3.13 and later, and by itself it asks for what was taken
        os.process_cpu_count = os.cpu_count
    from fascicle.entry import main as run

    run()


if __name__ == "__main__":
    main()
