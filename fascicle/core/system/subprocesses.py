"""Child processes that never outlive us.

Each in a group of its own, watched by a guardian that ends it when we die.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from fascicle.core.system.sandbox import SandboxPolicy, ending, launch

# Reads `+ GROUP` and `- GROUP` lines; when the pipe closes, which it does when its parent dies in whatever way, it kills
# every group still listed. A child announces itself before it becomes the program, so that there is no gap.
_GUARDIAN = """
trap '' INT HUP TERM
live=' '
while read -r sign group; do
  case $sign in
    +) live="$live$group " ;;
    -) case $live in *" $group "*) live="${live%% $group *} ${live#* $group }" ;; esac ;;
  esac
done
for group in $live; do kill -s KILL -- "-$group" 2>/dev/null; done
[ -z "$1" ] || rm -rf -- "$1"
"""

# Standard output is the guardian's pipe at first.
_CHILD = """
echo "+ $$"
exec "$@" >console.txt 2>&1
"""

CONSOLE = "console.txt"
"""Name of the file in the working directory that takes a program's own output."""

_POLL = 0.2
_STOP_POLL = 0.02
_GRACE = 2.0


class Ending(StrEnum):
    """How a child ended."""

    EXITED = "exited"
    TIME_LIMIT = "time limit"
    OUTPUT_LIMIT = "output limit"
    SIGNAL = "signal"
    STOPPED = "stopped"


class Guardian:
    """Starts children and sees to it that none lives longer than the block, or than this process.

    `folder` is removed at the end, whatever the end is.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = str(folder.absolute()) if folder else ""
        self._children: set[Child] = set()
        self._lock = threading.RLock()
        self._open = True

    def __enter__(self) -> Guardian:
        reader, self._writer = os.pipe()
        try:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _GUARDIAN, "sh", self._folder],
                stdin=reader,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                cwd="/",
            )
        finally:
            os.close(reader)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._open = False
            children = tuple(self._children)
        for child in children:
            child.kill()
        with self._lock:
            os.close(self._writer)
        self._process.wait()

    def start(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        wall: SandboxPolicy,
        gated: bool = False,
    ) -> Child:
        """Start `command` in `folder`, which it may write, behind a wall. A gated child has a pipe as standard input."""
        with self._lock:
            if not self._open:
                raise RuntimeError("no child can be started any more")
            process = launch(
                command,
                replace(wall, writes=(*wall.writes, str(folder.absolute()))),
                environment,
                folder,
                before=("/bin/sh", "-c", _CHILD, "sh"),
                stdin=subprocess.PIPE if gated else subprocess.DEVNULL,
                stdout=self._writer,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            child = Child(process, folder, wall.output, self)
            self._children.add(child)
        return child

    def forget(self, child: Child) -> None:
        """Take an ended child off the list."""
        with self._lock:
            if child in self._children:
                self._children.discard(child)
                with contextlib.suppress(OSError):
                    os.write(self._writer, f"- {child.process.pid}\n".encode())


class Child:
    """One running program and its process group."""

    def __init__(
        self, process: subprocess.Popen[bytes], folder: Path, output: int, guardian: Guardian
    ) -> None:
        self.process = process
        self.folder = folder
        self._output = output
        self._guardian = guardian

    def tell(self, line: bytes) -> None:
        """Send a gated child the line that it waits for. A child already dead is no error here."""
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.write(line)
                self.process.stdin.flush()

    def release(self, line: bytes) -> None:
        """Send a gated child the last line that it waits for."""
        self.tell(line)
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()

    def wait(self, deadline: float, stop: threading.Event | None = None) -> Ending:
        """Wait until it ends; it is dead afterwards.

        It is ended when `time.monotonic()` reaches `deadline`, when it has written too much, or when `stop` is set.
        """
        poll = _STOP_POLL if stop else _POLL
        while not self._ended(min(poll, max(0.0, deadline - time.monotonic()))):
            if stop and stop.is_set():
                self.kill()
                return Ending.STOPPED
            if time.monotonic() >= deadline:
                self._interrupt()
                return Ending.TIME_LIMIT
            if written(self.folder) > self._output:
                self.kill()
                return Ending.OUTPUT_LIMIT
        self.kill()
        if self.status in (-signal.SIGXFSZ, 128 + signal.SIGXFSZ) or written(self.folder) > self._output:
            return Ending.OUTPUT_LIMIT
        return Ending.SIGNAL if self.status < 0 else Ending.EXITED

    @property
    def status(self) -> int:
        """The exit status of a child that has ended; the negative number of a signal that ended it."""
        return ending(self.process)

    def _interrupt(self) -> None:
        """Ask it to end, which lets TeX write into its log where it is, and end it when it does not."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGINT)
        self._ended(_GRACE)
        self.kill()

    def kill(self) -> None:
        """End it and everything that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        self.process.wait()
        self._guardian.forget(self)

    def _ended(self, seconds: float) -> bool:
        """Whether it has ended within `seconds`; at once where the system can tell, else by polling."""
        if hasattr(os, "pidfd_open") and self.process.returncode is None:
            with contextlib.suppress(OSError):
                handle = os.pidfd_open(self.process.pid)
                try:
                    waiter = select.poll()
                    waiter.register(handle, select.POLLIN)
                    waiter.poll(seconds * 1000)
                finally:
                    os.close(handle)
                return self.process.poll() is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.process.poll() is not None


def written(folder: Path) -> int:
    """Bytes in the files of `folder` and below, links not followed. Files may vanish meanwhile."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(where, name).lstat().st_size
    return total
