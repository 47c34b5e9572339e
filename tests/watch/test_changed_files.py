"""Waiting for changes where the system does not tell of them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from fascicle.project.manifest import entries
from fascicle.watch import changed_files
from fascicle.watch.changed_files import Files


@pytest.mark.parametrize("fault", [FileNotFoundError("a folder has gone"), RuntimeError("no more watches")])
def test_changes_are_seen_though_listening_cannot_be_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def broken(*folders: Path, **options: object) -> None:
        raise fault

    monkeypatch.setattr(changed_files, "watch", broken)
    path = tmp_path / "content/01-one.md"
    path.parent.mkdir()
    path.write_text("One")
    held = Files(tmp_path)
    held.note(entries(tmp_path, ["content/01-one.md"]))
    saving = threading.Timer(0.2, path.write_text, ("Another",))
    saving.start()
    assert held.wait(threading.Event())
    saving.join()
    assert path.read_text() == "Another"
    stop = threading.Event()
    held.note(entries(tmp_path, ["content/01-one.md"]))
    threading.Timer(0.2, stop.set).start()
    assert not held.wait(stop)
    assert not held.wait(threading.Event(), lambda: True)
