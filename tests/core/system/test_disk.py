"""A disk without room is told from a file that is not there."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.core.system.disk import full_folder, is_full

NOWHERE = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")


def failing(number: int) -> Callable[..., object]:
    def fails(**_: object) -> object:
        raise OSError(number, "cannot")

    return fails


def test_room_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert full_folder() == ""
    assert not is_full(NOWHERE)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_for_temporary_files_is_a_full_disk(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "TemporaryFile", failing(number))
    assert is_full(OSError(number, "full"))
    assert full_folder() == str(tmp_path)
    assert is_full(NOWHERE)
    assert not is_full(FileNotFoundError(errno.ENOENT, "No such file or directory", "missing.md"))


def test_folders_that_may_not_be_written_are_not_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", failing(errno.EROFS))
    assert not is_full(NOWHERE)
