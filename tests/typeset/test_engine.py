"""The engine with stand-ins for the programs: every ending has its name, and nothing is left behind."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fascicle.typeset.engine import typeset
from fascicle.typeset.job import FailureKind, Limits, PassEvent, RerunReason
from tests.conftest import ROOT
from tests.support.tex_programs import GOOD, TEX, alive, install, job

BOTH = pytest.mark.parametrize("parallel", [False, True], ids=["one after the other", "side by side"])


def warm(cache: Path, tex: str = TEX) -> None:
    """Mark the font cache as filled, so that engines may be started ahead."""
    from fascicle.typeset.font_cache import FontCache

    fonts = FontCache(cache, tex)
    fonts.prepare()
    with fonts.filling():
        pass


@BOTH
def test_passes_go_on_until_the_files_are_stable(tmp_path: Path, parallel: bool) -> None:
    warm(tmp_path / "cache")
    environment = install(tmp_path, GOOD)
    outcome = typeset(job(tmp_path, environment, parallel=parallel))
    assert outcome.failure is None
    assert outcome.pdf is not None
    assert outcome.pdf.read_text() == "PDF\n"
    assert [one.reason for one in outcome.passes] == [RerunReason.FIRST, RerunReason.REFERENCES]
    again = typeset(job(tmp_path, environment, parallel=parallel))
    assert [one.reason for one in again.passes] == [RerunReason.CHANGED]
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == [
        "kept", "lock", "main.log", "main.pdf", "state.json",
    ]  # fmt: skip


@BOTH
def test_each_file_that_is_read_back_gives_its_reason(tmp_path: Path, parallel: bool) -> None:
    warm(tmp_path / "cache")
    script = """
    n=0; [ -f main.aux ] && read -r n <main.aux
    echo OUTPUT main.pdf >main.fls
    for name in aux toc out; do [ -f main.$name ] && echo INPUT ./main.$name >>main.fls; done
    echo $((n < 3 ? n + 1 : 3)) >main.new
    [ $n -ge 1 ] || cp main.new main.out; [ $n -ge 2 ] || cp main.new main.toc; cp main.new main.aux
    [ $n -ge 1 ] && touch main.out; [ $n -ge 2 ] && touch main.toc
    echo PDF >main.pdf; echo >main.log; echo same >main.new
    """
    outcome = typeset(job(tmp_path, install(tmp_path, script), parallel=parallel))
    assert outcome.failure is None
    assert [one.reason for one in outcome.passes] == [RerunReason.FIRST] + [RerunReason.REFERENCES] * 3


def test_what_never_settles_is_said_after_six_passes(tmp_path: Path) -> None:
    script = "echo INPUT ./main.toc >main.fls; n=0; [ -f main.toc ] && read -r n <main.toc; echo $((n+1)) >main.toc; echo P >main.pdf"
    outcome = typeset(job(tmp_path, install(tmp_path, script)))
    assert outcome.pdf is None
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == (FailureKind.UNSETTLED, "main.toc")
    assert len(outcome.passes) == 6
    assert {one.reason for one in outcome.passes[1:]} == {RerunReason.CONTENTS}


def test_a_file_that_tex_never_reads_back_needs_no_pass(tmp_path: Path) -> None:
    script = "echo INPUT ./main.aux >main.fls; echo x >main.aux; echo $$ >main.random; echo P >main.pdf"
    outcome = typeset(job(tmp_path, install(tmp_path, script)))
    assert outcome.failure is None
    assert len(outcome.passes) == 2


def test_old_files_that_do_not_fit_are_thrown_away(tmp_path: Path) -> None:
    typeset(job(tmp_path, install(tmp_path, GOOD)))
    outcome = typeset(
        job(
            tmp_path,
            install(tmp_path, f"[ -f main.aux ] && [ ! -f $HOME/ok ] && touch $HOME/ok && exit 1; {GOOD}"),
        )
    )
    assert outcome.failure is None
    assert outcome.passes[0].reason is RerunReason.CHANGED
    assert outcome.passes[1].reason is RerunReason.STALE


@BOTH
def test_a_tex_error_leaves_the_last_result(tmp_path: Path, parallel: bool) -> None:
    warm(tmp_path / "cache")
    typeset(job(tmp_path, install(tmp_path, GOOD)))
    outcome = typeset(job(tmp_path, install(tmp_path, "echo '! Bad.' >main.log; exit 1"), parallel=parallel))
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TEX
    assert outcome.log == "! Bad.\n"
    assert outcome.log_path == tmp_path / "run" / "main.log"
    assert (tmp_path / "run" / "main.pdf").read_text() == "PDF\n"


@BOTH
@pytest.mark.parametrize(
    ("script", "kind", "detail"),
    [
        ("sleep 60", FailureKind.TIME_LIMIT, "lualatex"),
        (
            "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
            FailureKind.OUTPUT_LIMIT,
            "lualatex",
        ),
        ("dd if=/dev/zero of=main.pdf bs=1000000 count=50 2>/dev/null", FailureKind.OUTPUT_LIMIT, "lualatex"),
        ("kill -SEGV $$", FailureKind.CRASHED, "lualatex (SIGSEGV)"),
        ("exit 0", FailureKind.TEX, "no pages"),
    ],
    ids=["endless loop", "endless terminal output", "endless pages", "crash", "no pages"],
)
def test_bad_endings_have_names(
    tmp_path: Path, parallel: bool, script: str, kind: FailureKind, detail: str
) -> None:
    warm(tmp_path / "cache")
    limits = Limits(seconds=2, output=1_000_000)
    outcome = typeset(job(tmp_path, install(tmp_path, script), limits=limits, parallel=parallel))
    assert outcome.pdf is None
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == (kind, detail)
    assert not list((tmp_path / "run").glob("pass-*"))


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    outcome = typeset(job(tmp_path, install(tmp_path, None)))
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == (FailureKind.MISSING_PROGRAM, "lualatex")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = typeset(job(tmp_path, install(tmp_path), folder=tmp_path / "file" / "run"))
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.NOT_WRITABLE
    outcome = typeset(job(tmp_path, install(tmp_path), cache=tmp_path / "file" / "cache"))
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.NOT_WRITABLE


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", place], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small file system can only be mounted as root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("status", [0, 1])
def test_a_full_disk_is_named_whatever_the_program_says(
    tmp_path: Path, small_disk: Path, status: int
) -> None:
    script = f"{GOOD}; cat /dev/zero >main.aux 2>/dev/null; exit {status}"
    outcome = typeset(job(tmp_path, install(tmp_path, script), folder=small_disk / "run"))
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.DISK_FULL


def test_a_read_only_build_folder_is_named(tmp_path: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    outcome = typeset(job(tmp_path, install(tmp_path), folder=small_disk / "run"))
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.NOT_WRITABLE
    assert "run" in outcome.failure.detail


def test_a_second_build_waits_and_then_gives_up(tmp_path: Path) -> None:
    environment = install(tmp_path)
    (tmp_path / "run").mkdir()
    events: list[PassEvent] = []
    with (tmp_path / "run" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = typeset(job(tmp_path, environment), events.append)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.LOCKED
    assert [(event.program, event.number) for event in events] == [(None, 0)]
    assert typeset(job(tmp_path, environment)).failure is None


def test_events_tell_begin_and_end_of_each_program(tmp_path: Path) -> None:
    events: list[PassEvent] = []
    typeset(job(tmp_path, install(tmp_path)), events.append)
    assert [(event.number, event.seconds is None) for event in events] == [
        (1, True),
        (1, False),
        (2, True),
        (2, False),
    ]


def test_no_file_of_the_user_reaches_the_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXINPUTS", "/elsewhere:")
    monkeypatch.setenv("BIBINPUTS", "/elsewhere:")
    script = f'(unset PATH; set) >$HOME/../environment; echo "$@" >$HOME/../arguments; {GOOD}'
    typeset(job(tmp_path, install(tmp_path, script), epoch=86400))
    environment = (tmp_path / "cache" / "environment").read_text()
    assert "elsewhere" not in environment
    for line in ("openin_any='p'", "openout_any='p'", "SOURCE_DATE_EPOCH='86400'", "FORCE_SOURCE_DATE='1'"):
        assert line in environment.replace("=p\n", "='p'\n").replace("=86400\n", "='86400'\n").replace(
            "=1\n", "='1'\n"
        )
    assert "-no-shell-escape" in (tmp_path / "cache" / "arguments").read_text()


@pytest.mark.parametrize(
    ("version", "reading"),
    [
        ("This is LuaHBTeX, Version 1.17.0 (TeX Live 2023/Debian)", "p"),
        ("This is LuaHBTeX, Version 1.18.0 (TeX Live 2025/dev/Debian)", "r"),
        ("This is LuaHBTeX, Version 1.24.0 (TeX Live 2026/Debian)", "r"),
        ("no version at all", "p"),
    ],
)
def test_a_luatex_that_binds_its_font_loader_may_read_by_absolute_paths(
    tmp_path: Path, version: str, reading: str
) -> None:
    script = f"(unset PATH; set) >$HOME/../environment; {GOOD}"
    typeset(job(tmp_path, install(tmp_path, script, version=version)))
    environment = (tmp_path / "cache" / "environment").read_text().replace("'", "").splitlines()
    assert f"openin_any={reading}" in environment
    assert "openout_any=p" in environment


# -- Killed and interrupted --------------------------------------------------------------------------------

SLOW = "echo $$ >>$HOME/pids; sleep 0.1; echo half >main.aux; sleep 60"


def start_build(tmp_path: Path) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A build in a process of its own, as soon as both its engines run."""
    warm(tmp_path / "cache")
    environment = install(tmp_path, SLOW.replace("sleep 0.1", "sleep 0.1", 1))
    gate = (tmp_path / "bin" / "lualatex").read_text()
    (tmp_path / "bin" / "lualatex").write_text(
        gate.replace("#!/bin/sh\n", "#!/bin/sh\necho $$ >>$HOME/pids\n", 1)
    )
    program = textwrap.dedent(
        f"""
        import os
        import signal
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which nohup, where it runs the tests, has ignored
        os.sched_getaffinity = lambda _: {{0, 1}}
        from pathlib import Path
        from fascicle.core.system import sandbox
        from fascicle.typeset.engine import typeset
        from tests.support.tex_programs import job
        sandbox.stand(sandbox.Tier.OPEN)
        try:
            typeset(job(Path({str(tmp_path)!r}), {dict(environment)!r}))
        except KeyboardInterrupt:
            os._exit(130)
        """
    )
    child = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    pids = tmp_path / "cache" / "home" / "pids"
    found: set[int] = set()
    limit = time.monotonic() + 60
    while len(found) < 2 and time.monotonic() < limit:
        time.sleep(0.02)
        found = {int(line) for line in pids.read_text().split()} if pids.exists() else set()
    assert len(found) == 2, "one engine at work and one parked"
    return child, sorted(found)


def all_gone(pids: list[int]) -> bool:
    limit = time.monotonic() + 60
    while any(map(alive, pids)) and time.monotonic() < limit:
        time.sleep(0.02)
    return not any(map(alive, pids))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_no_engine_outlives_the_build(tmp_path: Path, sign: signal.Signals) -> None:
    child, pids = start_build(tmp_path)
    os.kill(child.pid, sign)
    status = child.wait(60)
    assert status == (130 if sign is signal.SIGINT else -sign)
    assert all_gone(pids)
    leftovers = list((tmp_path / "run").glob("pass-*"))
    assert bool(leftovers) is (sign is not signal.SIGINT)
    outcome = typeset(job(tmp_path, install(tmp_path, GOOD)))  # and the next build is right
    assert outcome.failure is None
    assert outcome.passes[0].reason is RerunReason.FIRST
    assert not list((tmp_path / "run").glob("pass-*"))


@pytest.mark.parametrize("harm", ["state", "file", "missing"])
def test_what_a_killed_build_left_half_done_is_not_used(tmp_path: Path, harm: str) -> None:
    environment = install(tmp_path)
    typeset(job(tmp_path, environment))
    run = tmp_path / "run"
    if harm == "state":
        (run / "state.json").write_text((run / "state.json").read_text()[:40])
    elif harm == "file":
        (run / "kept" / "main.aux").write_text("half")
    else:
        (run / "kept" / "main.aux").unlink()
    outcome = typeset(job(tmp_path, environment))
    assert outcome.passes[0].reason is RerunReason.FIRST
    assert outcome.failure is None
