"""Work beside the rest: its result, what it tells, its failures, and that none of it outlives the block."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from fascicle.core.events import Event, Listener, Progress
from fascicle.core.system import workers
from fascicle.core.system.workers import background_workers


@pytest.fixture(params=[2, 1], ids=["two cores", "one core"])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(workers, "processors", lambda: request.param)
    return int(request.param)


@pytest.mark.usefixtures("cores")
def test_result_and_events() -> None:
    reported: list[Event] = []

    def work(listen: Listener) -> dict[str, bytes]:
        listen(Progress("x", "half"))
        return {"a": bytes(1 << 20)}  # more than a pipe holds

    with background_workers(reported.append) as every:
        worker = every.begin(work)
        assert worker.result() == {"a": bytes(1 << 20)}
    assert reported == [Progress("x", "half")]


@pytest.mark.usefixtures("cores")
def test_a_failure_of_the_surroundings_is_raised_as_it_is() -> None:
    def full(listen: Listener) -> None:
        raise OSError(28, "No space left on device")

    with background_workers(lambda event: None) as every, pytest.raises(OSError, match="No space") as raised:
        every.begin(full).result()
    assert raised.value.errno == 28


def test_a_fault_of_the_program_and_a_sudden_end_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    if not workers.forks():
        pytest.skip("here nothing is forked")
    with background_workers(lambda event: None) as every:
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            every.begin(lambda listen: 1 // 0).result()
        with pytest.raises(RuntimeError, match="ended with status 9"):
            every.begin(lambda listen: os._exit(9)).result()


def test_what_nobody_waits_for_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    if not workers.forks():
        pytest.skip("here nothing is forked")

    def long(listen: Listener) -> None:
        signal.pause()
        (tmp_path / "done").touch()

    with background_workers(lambda event: None) as every:
        process = every.begin(long).process
        assert process is not None
    assert not process.is_alive()
    assert not (tmp_path / "done").exists()
