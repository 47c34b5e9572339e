"""The wall around every program of a build.

One launcher, what a program may reach, and which wall there is here.

A trusted publication's programs run under Landlock, seccomp and limits, as far as the kernel has them. An untrusted one's
run in namespaces of bubblewrap's with seccomp; where these cannot be had, under a stricter Landlock, if it stands a trial.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from fascicle.core.limits import limits
from fascicle.core.system.platform_support import POSIX
from fascicle.core.system.sandbox_paths import DEVICES, NOTHING, of_fonts, of_program, of_trusted, system

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

# Memory in KiB, 0 for no limit; processor time in seconds; written bytes in blocks of 512.
_LIMITS = """
{ ulimit -c 0; ulimit -f "$1"; ulimit -t "$2"; [ "$4" = 0 ] || ulimit "$3" "$4"; } 2>/dev/null
shift 4
exec "$@"
"""
_PROCESSORS = 4
"""So much processor time a program may take for each second of its time limit, which the launcher keeps by the clock."""
WITHOUT = "FASCICLE_WITHOUT_SANDBOX"
"""Environment variable that does without the wall (`--without-sandbox`): limits alone for what is trusted, and for
strangers' publications, where no wall of theirs can be had, what there is."""


class Tier(StrEnum):
    """Which wall stands around programs."""

    OPEN = "limits alone"
    """The system offers nothing more, or nothing more was wanted."""
    LANDLOCK = "Landlock and seccomp"
    """They see the system and may touch only what they are given."""
    STRICT = "Landlock and seccomp, strict"
    """The same for strangers' texts: no change of modes and times either, private copies."""
    BUBBLEWRAP = "bubblewrap and seccomp"
    """They see nothing but what they are given, and no network, processes or users of the system."""
    REFUSED = "refused"
    """Nothing may be started."""


class SandboxError(OSError):
    """A program was to be started without the wall that it needs."""


@dataclass(frozen=True, slots=True)
class SandboxPolicy:
    """What one program may reach and use."""

    reads: tuple[str, ...] = ()
    """Files and folders that it may read besides the system's."""
    writes: tuple[str, ...] = ()
    """Folders that it may write."""
    seconds: float = 600
    """Its time by the clock, which whoever starts it keeps; the processor time follows from it."""
    output: int = 1 << 30
    """Bytes that one file may have."""
    memory: int | None = None
    """Bytes of address space; 0 for no limit, None for the usual one."""
    network: bool = False
    """Whether it may use sockets."""
    processes: bool = False
    """Whether it may start others. Only bubblewrap's wall can refuse that."""


@dataclass(slots=True)
class _Standing:
    tier: Tier | None = None


_standing = _Standing()


def tier() -> Tier:
    """The wall around whatever is started now."""
    if _standing.tier is None:
        _standing.tier = trusted_tier()
    return _standing.tier


def stand(wanted: Tier | None) -> None:
    """Put this wall around whatever this process starts from now on; None for a trusted publication's."""
    _standing.tier = wanted


def private() -> bool:
    """Whether programs get copies of their own, because what they are given to read is a stranger's."""
    return tier() in (Tier.STRICT, Tier.BUBBLEWRAP)


def own_fonts() -> tuple[str, ...]:
    """Where the user keeps fonts: for programs that set text themselves, not for those that read a stranger's."""
    return () if private() else of_fonts()


def trusted_tier() -> Tier:
    """The wall for publications that are trusted: whatever the kernel offers, if it is wanted."""
    return Tier.OPEN if os.environ.get(WITHOUT) else kernel_tier()


def kernel_tier() -> Tier:
    """Whatever wall the kernel offers."""
    if not POSIX:
        return Tier.OPEN
    from fascicle.core.system import landlock, seccomp  # ctypes, which a check without programs need not load

    return Tier.LANDLOCK if landlock.version() or seccomp.available() else Tier.OPEN


def untrusted_tier(holds: Callable[[Tier], bool]) -> Tier:
    """The wall for strangers' publications: the best that `holds` in a trial."""
    if not POSIX:
        return Tier.REFUSED
    from fascicle.core.system import bubblewrap, landlock, seccomp

    if bubblewrap.program() and seccomp.available() and holds(Tier.BUBBLEWRAP):
        return Tier.BUBBLEWRAP
    if landlock.version() and seccomp.available() and holds(Tier.STRICT):
        return Tier.STRICT
    return Tier.REFUSED


# -- Starting ----------------------------------------------------------------------------------------------


def launch(
    command: Sequence[str],
    wall: SandboxPolicy,
    environment: Mapping[str, str],
    folder: str | os.PathLike[str],
    before: Sequence[str] = (),
    **more: Any,
) -> subprocess.Popen[bytes]:
    """Start a program behind the wall that stands. OSError when it cannot be.

    `before` are the words of a program of our own that then becomes this one; `more` goes to Popen.
    """
    standing = tier()
    options = {"env": dict(environment), "cwd": os.fspath(folder), **more}
    if standing is Tier.REFUSED:
        raise SandboxError(1, "no wall can be put around a stranger's publication on this system")
    if standing is Tier.BUBBLEWRAP:
        return _contained(command, wall, environment, os.path.abspath(folder), before, options)
    words = [*before, *limited(command, wall)]
    if standing is Tier.OPEN:
        return subprocess.Popen(words, **options)
    reads = (*system(), *DEVICES, *of_program(command[0], environment), *wall.reads)
    if standing is Tier.LANDLOCK:
        reads = (*reads, *of_trusted(network=wall.network))
    build = partial(_put_up, reads, (NOTHING, *wall.writes), wall, strict=standing is Tier.STRICT)

    def begin() -> subprocess.Popen[bytes]:
        build()
        return subprocess.Popen(words, **options)

    return _on_a_thread(begin)


def _put_up(reads: Sequence[str], writes: Sequence[str], wall: SandboxPolicy, *, strict: bool) -> None:
    """Put this thread behind Landlock and seccomp; behind what can be had of them unless it must be `strict`."""
    from fascicle.core.system import landlock, seccomp

    steps: list[Callable[[], None]] = [landlock.no_new_privileges]
    if strict:
        steps.append(landlock.no_capabilities)
    if strict or landlock.version():
        steps.append(partial(landlock.restrict, reads, writes))
    if strict or seccomp.available():
        code = seccomp.program(network=wall.network, metadata=not strict)
        steps.append(partial(seccomp.install, code))
    for step in steps:
        with nullcontext() if strict else suppress(OSError):
            step()


def limited(command: Sequence[str], wall: SandboxPolicy) -> list[str]:
    """The command as a shell runs it that has set limits first."""
    if not POSIX:
        return list(command)
    memory = limits()["memory"] if wall.memory is None else wall.memory
    seconds = int(wall.seconds * _PROCESSORS) + 5
    # Programs reserve room that they never use: what is trusted is held to what it fills.
    kind = "-v" if private() else "-d"
    numbers = (str(wall.output // 512 + 1), str(seconds), kind, str(memory // 1024))
    return ["/bin/sh", "-c", _LIMITS, "sh", *numbers, *command]


def _contained(
    command: Sequence[str],
    wall: SandboxPolicy,
    environment: Mapping[str, str],
    folder: str,
    before: Sequence[str],
    options: dict[str, Any],
) -> subprocess.Popen[bytes]:
    """Start a program in namespaces of its own."""
    from fascicle.core.system import bubblewrap, seccomp

    reads = (*of_program(command[0], environment), *wall.reads)
    code = seccomp.program(network=wall.network, processes=wall.processes)
    handle = os.memfd_create("filter")
    try:
        os.write(handle, code)
        os.lseek(handle, 0, os.SEEK_SET)
        around = bubblewrap.arguments(reads, wall.writes, folder, handle, network=wall.network)
        words = [*before, *limited([*around, *command], wall)]

        def begin() -> subprocess.Popen[bytes]:
            return subprocess.Popen(words, **options, pass_fds=(handle,))

        return _lasting_thread(os.getpid()).submit(begin).result()
    finally:
        os.close(handle)


@cache
def _lasting_thread(process: int) -> ThreadPoolExecutor:
    """The one thread of a process that starts what bubblewrap holds: the kernel ends that with the thread."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, "launcher")


def _on_a_thread(begin: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Landlock and seccomp bind a thread and what it starts, for good: one that does nothing else takes them."""
    outcome: list[subprocess.Popen[bytes] | BaseException] = []

    def work() -> None:
        try:
            outcome.append(begin())
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=work, name="launcher")
    thread.start()
    thread.join()
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


# -- Running to the end ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended."""

    returncode: int
    """Its exit status; the negative number of the signal that ended it."""
    stdout: bytes = field(repr=False)
    """What it wrote to standard output."""
    stderr: bytes = field(repr=False)
    """What it wrote to standard error."""


def run(
    command: Sequence[str],
    wall: SandboxPolicy,
    environment: Mapping[str, str],
    folder: str | os.PathLike[str],
    seconds: float,
    data: bytes | None = None,
) -> Ran:
    """Run a program behind the wall. Raises subprocess.TimeoutExpired, and OSError when it cannot be started."""
    process = launch(
        command, wall, environment, folder,
        stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        out, err = process.communicate(data, seconds)
    except BaseException:
        end(process)
        raise
    return Ran(ending(process), out, err)


def ending(process: subprocess.Popen[bytes]) -> int:
    """The exit status; a signal is told by a negative number whichever wall stands."""
    status = process.returncode
    return 128 - status if tier() is Tier.BUBBLEWRAP and 128 < status < 160 else status


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        if POSIX:
            os.killpg(process.pid, 9)
        else:
            process.kill()
    process.communicate()
