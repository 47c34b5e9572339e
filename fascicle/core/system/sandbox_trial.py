"""A wall tried by attacking it.

A program that reads, writes, connects, signals and looks about as a stranger's would.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fascicle.core.system import sandbox
from fascicle.core.system.disk import is_full
from fascicle.core.system.sandbox import WITHOUT, SandboxPolicy, Tier

SECRET = "a-secret-of-the-neighbour"  # noqa: S105 - what must not be found
SECONDS = 20
ATTACKS = (
    "reading a file", "listing a folder", "writing a file", "removing a file", "linking a file", "a TCP port",
    "a UDP port", "a socket in a folder", "an abstract socket", "the environment", "other processes", "a signal",
    "a namespace", "changing a file's mode", "changing a file's time", "changing the mode of an open file",
    "limits of another process", "shared memory",
)  # fmt: skip
"""What is tried, in order."""
OF_STRANGERS = frozenset(
    {"changing a file's mode", "changing a file's time", "changing the mode of an open file"}
)
"""Attacks that a trusted publication's wall need not hold."""

_ATTACK = """
import os, socket, sys
outside, given = sys.argv[1:3]
tcp, udp, parent, key = map(int, sys.argv[3:])
secret, path = b'%(secret)s', outside + '/secret'
def read(): return secret in open(path, 'rb').read()
def listing(): return 'secret' in os.listdir(outside)
def write(): open(outside + '/written', 'w').write('x'); return os.path.exists(outside + '/written')
def remove(): os.remove(outside + '/victim'); return True
def link(): os.symlink(path, 'link'); return secret in open('link', 'rb').read()
def meet_tcp(): return socket.create_connection(('127.0.0.1', tcp), 2)
def meet_udp():
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); one.connect(('127.0.0.1', udp)); return one.send(b'x')
def meet_path():
    one = socket.socket(socket.AF_UNIX); one.connect(outside + '/socket'); return True
def meet_abstract():
    one = socket.socket(socket.AF_UNIX); one.connect(chr(0) + 'fascicle-' + str(parent)); return True
def environment(): return any(secret.decode() in value for value in os.environ.values())
def processes():
    found = open('/proc/%%d/environ' %% parent, 'rb').read(); return bool(found)
def signal(): os.kill(parent, 0); return True
def namespace():
    import ctypes; return ctypes.CDLL(None, use_errno=True).unshare(0x10000000) == 0
def mode(): os.chmod(path, 0o666); return True
def time(): os.utime(path, (1, 1)); return True
def open_mode(): os.fchmod(os.open(given, os.O_RDONLY), 0o640); return True
def limits():
    import resource; return bool(resource.prlimit(parent, resource.RLIMIT_CORE))
def shared():
    import ctypes; return ctypes.CDLL(None).shmget(key, 0, 0) >= 0
for number, attack in enumerate((read, listing, write, remove, link, meet_tcp, meet_udp, meet_path, meet_abstract,
                                 environment, processes, signal, namespace, mode, time, open_mode,
                                 limits, shared)):
    try:
        if attack(): print('reached', number)
    except Exception: pass
print('done')
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of attacking a wall."""

    tier: Tier
    """The wall."""
    reached: tuple[str, ...]
    """What the attack got at."""
    failure: str = ""
    """Why nothing could be started behind it; empty when something was."""

    @property
    def holds(self) -> bool:
        """Whether nothing was reached that must not be."""
        return not self.failure and not (
            set(self.reached) - (OF_STRANGERS if self.tier is Tier.LANDLOCK else set())
        )


@cache
def tried(tier: Tier) -> Trial:
    """Attack a wall of this kind; once for each process."""
    before = sandbox.tier()
    sandbox.stand(tier)
    try:
        with _canaries() as (outside, inside, arguments):
            return _attacked(tier, outside, inside, arguments)
    except OSError as error:
        return Trial(tier, (), error.strerror or str(error))
    finally:
        sandbox.stand(before)


@cache
def holds(tier: Tier) -> bool:
    """Whether a wall of this kind stands here, and holds. bubblewrap's is whole or is not; Landlock's is attacked."""
    return _starts(tier) if tier is Tier.BUBBLEWRAP else tried(tier).holds


def _starts(tier: Tier) -> bool:
    before = sandbox.tier()
    sandbox.stand(tier)
    import tempfile

    try:
        with tempfile.TemporaryDirectory(prefix="fascicle-") as folder:
            wall, environment = SandboxPolicy(writes=(folder,)), {"PATH": os.defpath}
            return (
                sandbox.run(["/bin/sh", "-c", ": >made"], wall, environment, folder, SECONDS).returncode == 0
            )
    except OSError as error:
        if is_full(error):  # which says nothing of the wall
            raise
        return False
    except subprocess.TimeoutExpired:
        return False
    finally:
        sandbox.stand(before)


def stand_for(*, untrusted: bool) -> Tier | None:
    """Put up the wall that a publication needs; None for a trusted one's, `Tier.REFUSED` where nothing may be started."""
    found = sandbox.untrusted_tier(holds) if untrusted else None
    if found is Tier.REFUSED and os.environ.get(WITHOUT):
        found = sandbox.kernel_tier()
    sandbox.stand(found)
    return found


@contextmanager
def strangers_wall() -> Iterator[None]:
    """The wall for strangers' publications, where one can be had, around what is done meanwhile; else that of trusted ones."""
    try:
        if stand_for(untrusted=True) is Tier.REFUSED:
            stand_for(untrusted=False)
        yield
    finally:
        stand_for(untrusted=False)


def _attacked(tier: Tier, outside: Path, inside: Path, arguments: list[str]) -> Trial:
    program = os.path.realpath(sys.executable)
    command = [program, "-I", "-S", "-c", _ATTACK % {"secret": SECRET}, str(outside), *arguments]
    wall = SandboxPolicy(reads=(sys.base_prefix, arguments[0]), writes=(str(inside),), memory=0)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    try:
        ran = sandbox.run(command, wall, environment, inside, SECONDS)
    except subprocess.TimeoutExpired:
        return Trial(tier, (), "the trial did not end")
    lines = ran.stdout.decode("utf-8", "replace").split("\n")
    if "done" not in lines:
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        return Trial(tier, (), said[-1] if said else f"it ended with status {ran.returncode}")
    return Trial(tier, tuple(ATTACKS[int(line.split()[1])] for line in lines if line.startswith("reached")))


@contextmanager
def _canaries() -> Iterator[tuple[Path, Path, list[str]]]:
    """A folder that must not be touched, with ports and sockets that must not be met, and one to work in."""
    import socket
    import tempfile

    with ExitStack() as stack:
        outside = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fascicle-outside-")))
        inside = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fascicle-inside-")))
        given = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fascicle-given-")), "given")
        given.write_text("x")
        (outside / "secret").write_text(SECRET)
        (outside / "victim").write_text("x")
        tcp, udp, path, abstract = (
            stack.enter_context(socket.socket(family, kind))
            for family, kind in (
                (socket.AF_INET, socket.SOCK_STREAM),
                (socket.AF_INET, socket.SOCK_DGRAM),
                (socket.AF_UNIX, socket.SOCK_STREAM),
                (socket.AF_UNIX, socket.SOCK_STREAM),
            )
        )
        for one in (tcp, udp):
            one.bind(("127.0.0.1", 0))
        path.bind(str(outside / "socket"))
        with suppress(OSError):
            abstract.bind(f"\0fascicle-{os.getpid()}")
            abstract.listen()
        tcp.listen()
        path.listen()
        os.environ["FASCICLE_TRIAL"] = SECRET
        stack.callback(os.environ.pop, "FASCICLE_TRIAL")
        numbers = (tcp.getsockname()[1], udp.getsockname()[1], os.getpid(), _shared_memory(stack))
        yield outside, inside, [str(given), *map(str, numbers)]


def _shared_memory(stack: ExitStack) -> int:
    """The number of a piece of memory that other programs of the user may share, as long as the stack is open."""
    import ctypes

    key = 0x46000000 | os.getpid()
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        piece = library.shmget(key, 4096, 0o1600)
        stack.callback(library.shmctl, piece, 0, None)
    return key
