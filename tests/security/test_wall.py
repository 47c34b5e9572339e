"""The wall alone, every list of what is allowed switched off: Lua in the text reaches nothing outside its folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from fascicle.core.system import bubblewrap, landlock, sandbox, sandbox_trial, seccomp
from fascicle.core.system.sandbox import Ran, SandboxPolicy, Tier
from fascicle.core.system.sandbox_trial import ATTACKS, OF_STRANGERS, tried
from fascicle.typeset.engine import typeset
from fascicle.typeset.environment import font_cache, private_cache
from fascicle.typeset.job import Job
from tests.conftest import REQUIRE, need

STANDING = (Tier.LANDLOCK, Tier.STRICT, Tier.BUBBLEWRAP)


def need_tier(tier: Tier) -> None:
    """Skip the test where the kernel, or the machine, has no such wall; fail it where programs are required."""
    there = seccomp.available() and (bubblewrap.program() if tier is Tier.BUBBLEWRAP else landlock.version())
    if there and not tried(tier).failure:
        return
    if REQUIRE and tier is not Tier.BUBBLEWRAP:
        pytest.fail(f"no {tier} here", pytrace=False)
    pytest.skip(f"missing on this system: {tier}")


@pytest.fixture(params=STANDING)
def tier(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Tier:
    """Each wall in turn, put up for the test."""
    wanted: Tier = request.param
    need_tier(wanted)
    monkeypatch.setattr(sandbox._standing, "tier", wanted)
    return wanted


@dataclass(frozen=True)
class Canaries:
    """What must not be touched."""

    folder: Path
    secret: Path
    neighbour: Path
    port: int
    listener: socket.socket

    def unharmed(self) -> bool:
        """Whether everything is as it was, and nobody has called."""
        self.listener.settimeout(0.05)
        try:
            self.listener.accept()[0].close()
        except TimeoutError:
            called = False
        else:
            called = True
        files = sorted(path.name for path in self.folder.rglob("*"))
        same = self.secret.read_text() == sandbox_trial.SECRET and self.neighbour.read_text() == "# Mine"
        return files == ["content", "neighbour", "one.md", "secret"] and same and not called


@pytest.fixture
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canaries]:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret").write_text(sandbox_trial.SECRET)
    neighbour = folder / "neighbour" / "content" / "one.md"
    neighbour.parent.mkdir(parents=True)
    neighbour.write_text("# Mine")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield Canaries(folder, folder / "secret", neighbour, listener.getsockname()[1], listener)


# -- Attacks by hand ---------------------------------------------------------------------------------------


def test_the_wall_holds_every_attack(tier: Tier) -> None:
    trial = tried(tier)
    assert not trial.failure
    assert set(trial.reached) <= (OF_STRANGERS if tier is Tier.LANDLOCK else set())


def test_the_attack_is_one() -> None:
    """Without a wall it gets at everything, so that what holds it is the wall."""
    assert set(ATTACKS) - set(tried(Tier.OPEN).reached) <= {"a namespace", "the environment"}


def ran(folder: Path, script: str, **wall: object) -> Ran:
    environment = {"PATH": os.environ["PATH"]}
    return sandbox.run(
        ["/bin/sh", "-c", script], SandboxPolicy(writes=(str(folder),), **wall), environment, folder, 20
    )  # type: ignore[arg-type]


def test_a_program_writes_its_own_folder(tier: Tier, tmp_path: Path) -> None:
    assert ran(tmp_path, "echo good >made").returncode == 0
    assert (tmp_path / "made").read_text() == "good\n"


PROCESSES = """
import os, resource, sys
parent = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
for attack in (lambda: resource.prlimit(parent, resource.RLIMIT_CORE), lambda: os.setpriority(os.PRIO_PROCESS, parent, 5),
               lambda: os.sched_setaffinity(parent, os.sched_getaffinity(0))):
    try: attack()
    except OSError: print('held', end=' ')
    else: print('reached', end=' ')
"""


def test_other_processes_keep_their_limits(tier: Tier, tmp_path: Path) -> None:
    """Whoever may set them to nothing ends every process of the user's; one's own may be set, as shells do."""
    script = f'exec {sys.executable} -c "{PROCESSES}" {os.getpid()}'
    found = ran(tmp_path, script, reads=(sys.prefix, sys.base_prefix))
    assert found.returncode == 0, found.stderr
    others = b"reached" if tier is Tier.LANDLOCK else b"held"
    assert found.stdout.split() == [b"held", others, others]


@pytest.mark.skipif(os.geteuid() != 0, reason="of root alone")
def test_root_is_no_more_than_an_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's program has no capabilities in either wall of theirs."""
    for tier in (Tier.STRICT, Tier.BUBBLEWRAP):
        need_tier(tier)
        monkeypatch.setattr(sandbox._standing, "tier", tier)
        script = f"exec {sys.executable} -c 'import os; os.setuid(1)'"
        found = ran(tmp_path, script, reads=(sys.prefix, sys.base_prefix))
        assert b"Operation not permitted" in found.stderr or b"Invalid argument" in found.stderr


@pytest.mark.parametrize(
    ("made", "status"),
    [
        ("socketpair(socket.AF_UNIX, socket.SOCK_STREAM)", 0),
        ("socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)", 1),
        ("socket(socket.AF_UNIX)", 1),
    ],
)
def test_of_sockets_a_pair_of_streams_alone(tier: Tier, tmp_path: Path, made: str, status: int) -> None:
    """Java begins with such a pair, which reaches nobody; an end for datagrams could write to others."""
    script = f'exec {sys.executable} -c "import socket; socket.{made}"'
    found = ran(tmp_path, script, reads=(sys.prefix, sys.base_prefix))
    assert found.returncode == status, found.stderr
    assert status == 0 or b"Operation not permitted" in found.stderr


def test_a_signal_is_told_alike_by_every_wall(tier: Tier, tmp_path: Path) -> None:
    assert ran(tmp_path, "kill -SEGV $$").returncode == -11


def test_files_have_a_limit(tier: Tier, tmp_path: Path) -> None:
    assert ran(tmp_path, "exec head -c 9000000 /dev/zero >big", output=1 << 20).returncode != 0
    assert (tmp_path / "big").stat().st_size <= (1 << 20) + 512


def test_memory_has_a_limit(tier: Tier, tmp_path: Path) -> None:
    script = "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done"
    assert ran(tmp_path, script, memory=200_000_000).returncode != 0


def test_processor_time_has_a_limit(tier: Tier, tmp_path: Path) -> None:
    words = sandbox.limited(["true"], SandboxPolicy(seconds=7))
    assert "33" in words


def test_a_program_that_does_not_end_is_ended(tier: Tier, tmp_path: Path) -> None:
    wall, environment = SandboxPolicy(writes=(str(tmp_path),)), {"PATH": os.environ["PATH"]}
    with pytest.raises(subprocess.TimeoutExpired):
        sandbox.run(["/bin/sleep", "60"], wall, environment, tmp_path, 0.5)


def test_a_program_outlives_the_thread_that_started_it(tier: Tier, tmp_path: Path) -> None:
    """An engine that waits is started by a thread that then ends."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        command = ["/bin/sh", "-c", "read line; exit 7"]
        environment = {"PATH": os.environ["PATH"]}
        wall = SandboxPolicy(writes=(str(tmp_path),))
        started.append(sandbox.launch(command, wall, environment, tmp_path, stdin=subprocess.PIPE))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    started[0].communicate(b"go\n", 20)
    assert started[0].returncode == 7


def test_no_process_is_born_in_bubblewrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_tier(Tier.BUBBLEWRAP)
    monkeypatch.setattr(sandbox._standing, "tier", Tier.BUBBLEWRAP)
    assert ran(tmp_path, "ls | cat").returncode != 0
    assert ran(tmp_path, "ls | cat", processes=True).returncode == 0


def test_nothing_starts_where_no_wall_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "untrusted_tier", lambda holds: Tier.REFUSED)
    monkeypatch.setattr(sandbox._standing, "tier", None)
    monkeypatch.delenv(sandbox_trial.WITHOUT, raising=False)
    assert sandbox_trial.stand_for(untrusted=True) is Tier.REFUSED
    with pytest.raises(sandbox.SandboxError):
        ran(tmp_path, "true")
    monkeypatch.setenv(sandbox_trial.WITHOUT, "1")
    assert sandbox_trial.stand_for(untrusted=True) is sandbox.kernel_tier()


def _refuse(*_: object) -> None:
    raise OSError(38, "not in this kernel")


@pytest.mark.parametrize(
    "missing", [(landlock, "restrict"), (seccomp, "install"), (landlock, "no_new_privileges")]
)
def test_what_a_kernel_lacks_stops_no_trusted_build(
    missing: tuple[ModuleType, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*missing, _refuse)
    monkeypatch.setattr(sandbox._standing, "tier", Tier.LANDLOCK)
    assert ran(tmp_path, "echo made >here").returncode == 0
    assert (tmp_path / "here").read_text() == "made\n"
    monkeypatch.setattr(sandbox._standing, "tier", Tier.STRICT)
    with pytest.raises(OSError, match="not in this kernel"):
        ran(tmp_path, "true")


def test_a_trusted_build_can_do_without_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sandbox.WITHOUT, "1")
    monkeypatch.setattr(sandbox._standing, "tier", None)
    assert sandbox_trial.stand_for(untrusted=False) is None
    assert sandbox.tier() is Tier.OPEN


# -- Attacks from Lua --------------------------------------------------------------------------------------

LUA = r"""
local out = '{outside}'
local function try(what) pcall(what) end
try(function() local f = io.open(out .. '/written', 'w') f:write('x') f:close() end)
try(function() local f = io.open('{neighbour}', 'a') f:write('x') f:close() end)
try(function() os.remove('{secret}') end)
try(function() os.rename('{secret}', 'stolen') end)
try(function() lfs.mkdir(out .. '/made') end)
try(function() os.execute('touch ' .. out .. '/run') end)
try(function() io.popen('touch ' .. out .. '/popen') end)
try(function() local s = require('socket') local c = s.tcp() c:settimeout(2) c:connect('127.0.0.1', {port}) end)
try(function() local f = io.open('{cache}/formats/x.fmt', 'w') f:write('x') f:close() end)
try(function() local f = io.open('{cache}/warm/x', 'w') f:write('x') f:close() end)
try(function() lfs.link('{secret}', 'linked.aux', true) end)
local found = ''
for _, path in ipairs({{'{secret}', '/proc/self/environ', '/proc/1/environ', '/etc/shadow', os.getenv('HOME') .. '/.ssh/id_rsa'}}) do
  try(function() found = found .. (io.open(path):read('a') or '') end)
end
local told = io.open('told.txt', 'w') told:write(found) told:close()
"""


@pytest.mark.tex
def test_lua_reaches_nothing(tier: Tier, canaries: Canaries, tmp_path: Path) -> None:
    need("lualatex")
    shared = font_cache(tmp_path)
    cache = private_cache(shared, tmp_path / "fonts") if sandbox.private() else shared
    lua = LUA.format(
        outside=canaries.folder,
        neighbour=canaries.neighbour,
        secret=canaries.secret,
        port=canaries.port,
        cache=shared,
    )
    (tmp_path / "attack.lua").write_text(lua)
    tex = "\\documentclass{article}\\directlua{dofile('attack.lua')}\\begin{document}Text.\\end{document}\n"
    job = Job(tmp_path / "run", tex, cache, inputs={"attack.lua": tmp_path / "attack.lua"})
    reported: list[str] = []

    def listen(event: object) -> None:
        reported.extend(path.read_text() for path in (tmp_path / "run").glob("pass-*/told.txt"))

    outcome = typeset(job, listen)
    assert outcome.pdf or outcome.failure
    assert reported
    assert not any(reported)
    assert canaries.unharmed()
    assert not (shared / "formats" / "x.fmt").exists()
    assert not (shared / "warm" / "x").exists()


@pytest.mark.tex
def test_a_result_that_is_a_link_is_not_taken(tier: Tier, canaries: Canaries, tmp_path: Path) -> None:
    need("lualatex")
    (tmp_path / "link.lua").write_text(
        f"luatexbase.add_to_callback('wrapup_run', function() os.remove('main.pdf') "
        f"lfs.link('{canaries.secret}', 'main.pdf', true) end, 'x')"
    )
    tex = "\\documentclass{article}\\directlua{dofile('link.lua')}\\begin{document}Text.\\end{document}\n"
    shared = font_cache(tmp_path)
    cache = private_cache(shared, tmp_path / "fonts") if sandbox.private() else shared
    outcome = typeset(Job(tmp_path / "run", tex, cache, inputs={"link.lua": tmp_path / "link.lua"}))
    assert outcome.pdf is None
