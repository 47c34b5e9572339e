"""A fault of the program itself ends the watcher, which tells of it, and leaves nothing running."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from fascicle.pipeline.run import Request, Run
from fascicle.watch import build_cycle
from fascicle.watch.board import ViewBoard
from fascicle.watch.watcher import EditionWatcher
from tests.support.publications import small


def test_a_fault_is_told_without_waiting_for_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(run: Run, look: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(build_cycle, "build", broken)
    watcher = EditionWatcher(Request(small(tmp_path)), "screen")
    with pytest.raises(ZeroDivisionError):
        watcher.run(ViewBoard(), threading.Event())
