"""`fascicle watch` as a process: what it prints after each save, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.publications import TINY, write

MAIN = "from fascicle.entry import main; main()"
PATIENCE = 60
TEXT = "---\ntitle: One\n---\n\nA paragraph of {}.\n"


@contextmanager
def watching(root: Path, *options: str, errors: int = subprocess.STDOUT) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "watch", "--project", str(root), "--format", "short", *options],
        stdout=subprocess.PIPE, stderr=errors, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    hurry = threading.Timer(PATIENCE * 2, process.kill)
    hurry.start()
    try:
        yield process
    finally:
        hurry.cancel()
        process.kill()
        process.communicate()


def until(process: subprocess.Popen[str], words: str) -> list[str]:
    """Lines up to one with these words."""
    lines = []
    assert process.stdout
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            return lines
    raise AssertionError(f"no '{words}' in {lines}")


def living_in(root: Path) -> list[str]:
    """Command lines of processes whose working directory is below `root`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve(strict=True).is_relative_to(root):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.tex
def test_results_are_printed_after_each_save(tmp_path: Path) -> None:
    root = write(tmp_path, TINY)
    section = root / "content/01-one.md"
    with watching(root, "--no-preview") as process:
        assert until(process, "settled")[-1] == "screen: settled"
        section.write_text(TEXT.format("@nobody2001"))
        lines = until(process, "stay")
        assert "undefined-citation" in "".join(lines)
        assert lines[-1] == "screen: 1 error. The last good pages stay."
        section.write_text(TEXT.format("peace"))
        assert until(process, "settled") == ["screen: settled"]
        (root / "content/02-two.md").write_text(
            "---\ntitle: Two\n---\n\nA new file counts too: @nobody2002.\n"
        )
        assert "02-two.md:5" in "".join(until(process, "stay"))
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        assert process.returncode == 128 + signal.SIGTERM
    assert living_in(root) == []


@pytest.mark.tex
@pytest.mark.skipif(sys.platform != "linux", reason="threads are told apart as Linux does it")
def test_it_ends_by_a_signal_that_another_of_its_threads_takes(tmp_path: Path) -> None:
    with watching(write(tmp_path, TINY), "--no-preview") as process:
        until(process, "settled")
        threads = sorted(int(task.name) for task in Path(f"/proc/{process.pid}/task").iterdir())
        os.kill(threads[-1], signal.SIGTERM)
        process.wait(PATIENCE / 4)
        assert process.returncode == 128 + signal.SIGTERM


@pytest.mark.tex
def test_it_ends_when_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    root = write(tmp_path, TINY)
    with watching(root, "--no-preview", errors=subprocess.PIPE) as process:
        until(process, "settled")
        assert process.stdout
        process.stdout.close()
        (root / "content/01-one.md").write_text(TEXT.format("peace"))
        process.wait(PATIENCE)
        assert process.returncode == 1
        assert process.stderr
        assert process.stderr.read() == ""


@pytest.mark.tex
def test_it_stays_when_it_is_told_not_to_hang_up(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        with watching(write(tmp_path, TINY), "--no-preview") as process:
            until(process, "settled")
            process.send_signal(signal.SIGHUP)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(1)
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
            assert process.returncode == 128 + signal.SIGTERM
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.tex
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
@pytest.mark.parametrize("options", [("--no-preview",), ("--port", "0")], ids=["printing", "preview"])
def test_it_ends_in_the_middle_of_a_build_and_leaves_nothing_running(
    tmp_path: Path, number: signal.Signals, status: int, options: tuple[str, ...]
) -> None:
    endless = "---\ntitle: One\n---\n\n`\\loop\\iftrue\\repeat`{=latex}\n"
    root = write(tmp_path, {**TINY, "content/01-one.md": endless})
    with watching(root, *options) as process:
        until_typesetting(root)
        process.send_signal(number)
        process.wait(PATIENCE)
        assert process.returncode == status
    until_nobody_lives_in(root)


def until_typesetting(root: Path) -> None:
    wait_for(lambda: any("lualatex" in line for line in living_in(root)))


def until_nobody_lives_in(root: Path) -> None:
    """The guardian of a killed process ends what it left as soon as it gets to run."""
    wait_for(lambda: not living_in(root))


def wait_for(condition) -> None:  # type: ignore[no-untyped-def]
    pause = threading.Event()
    for _ in range(PATIENCE * 20):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("nothing",), "there is no edition 'nothing'"),
        (("--editor", "ed"), "--editor: 'ed' is none of vscode"),
        (("--editor", "javascript:alert(1)//{file}"), "opens no editor"),
        (("--port", "70000"), "70000"),
    ],
)
def test_wrong_usage(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    with watching(write(tmp_path, TINY), *options) as process:
        output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert words in output
    assert "Traceback" not in output


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    root = write(tmp_path, {**TINY, "build": "a file where the folder of results should be"})
    with watching(root) as process:
        output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert "error[not-writable]" in output
    assert "Traceback" not in output


def test_other_commands_do_not_load_the_server() -> None:
    """What only `watch` needs costs the others nothing."""
    heavy = ("starlette", "uvicorn", "watchfiles", "anyio", "fascicle.watch.preview")
    assert all(find_spec(name) for name in heavy)
    code = (
        "import sys; from fascicle.cli import main; from fascicle.pipeline import build, pdf_output, finishing; "
        "from fascicle.cli.commands import build, check; "
        f"print(*[name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
