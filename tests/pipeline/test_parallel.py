"""Several editions at once: every result told, in the order asked for; an end of the command ends them all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.events import Progress, StepDone
from fascicle.pipeline import parallel
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.run import Request
from tests.support.processes import left_behind
from tests.support.publications import small, write

PROGRAM = Path(sys.executable).with_name("fascicle")


def broken(root: Path) -> Path:
    """A publication that step 2 refuses, so that no TeX runs."""
    return write(small(root), {"content/01-one.md": "---\ntitle: One\n---\n\nA work [@nobody].\n"})


@pytest.fixture
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores, wherever the tests run."""
    monkeypatch.setattr(parallel, "processors", lambda: 2)


@pytest.mark.usefixtures("cores")
def test_results_come_in_the_order_asked_for(tmp_path: Path) -> None:
    events = []
    names = ("review", "screen", "print")
    results = list(parallel.build_editions(Request(broken(tmp_path)), names, events.append))
    assert [result.edition for result in results] == list(names)
    for result in results:
        assert "undefined-citation" in [found.code.value for found in result.diagnostics]
        assert result.failed
    assert {event.edition for event in events if isinstance(event, StepDone)} == set(names)


@pytest.mark.usefixtures("cores")
def test_a_fault_of_the_program_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(request: Request, edition: str, listen: object) -> BuildResult:
        if edition == "b":
            raise ZeroDivisionError("nothing to share")
        return BuildResult(edition, (), "made")

    monkeypatch.setattr(parallel, "build_edition", fails)
    results = list(parallel.build_editions(Request(tmp_path), ("a", "b", "c"), lambda event: None))
    assert [result.failed for result in results] == [False, True, False]
    (reported,) = results[1].diagnostics
    assert reported.code is Code.PROGRAM_FAULT
    assert "ZeroDivisionError: nothing to share" in reported.message
    assert "Traceback" in (tmp_path / "build/faults/b.txt").read_text()


@pytest.mark.usefixtures("cores")
def test_a_process_that_dies_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(request: Request, edition: str, listen: Callable[[object], None]) -> BuildResult:
        for number in range(50):
            listen(Progress(edition, str(number)))
        if edition == "b":
            os.kill(os.getpid(), signal.SIGKILL)
        return os._exit(9) if edition == "c" else BuildResult(edition, (), "made")

    monkeypatch.setattr(parallel, "build_edition", dies)
    results = list(parallel.build_editions(Request(tmp_path), tuple("abcd"), lambda event: None))
    assert [result.failed for result in results] == [False, True, True, False]
    assert "the signal SIGKILL" in results[1].diagnostics[0].message
    assert "status 9" in results[2].diagnostics[0].message


def test_no_more_at_once_than_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_alone(request: Request, edition: str, listen: object) -> BuildResult:
        (tmp_path / "busy").mkdir()  # fails when another one is at work
        (tmp_path / "busy").rmdir()
        return BuildResult(edition, (), "made")

    monkeypatch.setattr(parallel, "build_edition", one_alone)
    results = parallel.build_editions(Request(tmp_path), tuple("abcdef"), lambda event: None, at_once=1)
    assert not any(result.failed for result in results)


def test_all_editions_go_on_after_one_that_fails(tmp_path: Path) -> None:
    command = [PROGRAM, "build", "--all", "--project", broken(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [f"{name}: not built" in done.stdout for name in ("print", "review", "screen")] == [True] * 3


def test_all_and_a_name_are_too_much(tmp_path: Path) -> None:
    command = [PROGRAM, "build", "--all", "screen", "--project", small(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--all makes every edition" in done.stderr


@pytest.mark.tex
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_end_of_the_command_ends_all(tmp_path: Path, end: signal.Signals) -> None:
    """The interrupt goes to the command alone here; from a keyboard it reaches its processes too."""
    root = small(tmp_path)
    mark = {**os.environ, "FASCICLE_TEST_MARK": str(root)}
    command = [PROGRAM, "build", "--all", "--project", root]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=mark
    )
    assert process.stdout
    assert any("lualatex" in line for line in process.stdout)
    process.send_signal(end)
    process.stdout.close()
    process.wait(120)
    assert left_behind(root) == []
    assert not list(root.glob("build/*/*.pdf"))
