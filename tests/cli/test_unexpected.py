"""A fault of the program itself is told in two lines; its traceback is kept in a file that the report can take along."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

import pytest

from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.cli.main import cli, run


def _raised(monkeypatch: pytest.MonkeyPatch, error: Exception) -> int:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "main", fail)
    return run()


def test_what_nobody_has_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert _raised(monkeypatch, KeyError("name")) == SURROUNDINGS_FAILED
    first, hint = capsys.readouterr().err.splitlines()
    assert first.startswith(
        "error[program-fault]: the program itself failed: KeyError: 'name' (test_unexpected.py:"
    )
    (kept,) = tmp_path.glob("fascicle-fault-*.txt")
    assert hint == f"  hint: this is no fault of your text; please report it, with the file {kept}"
    assert "Traceback" in kept.read_text(encoding="utf-8")


def test_a_traceback_that_cannot_be_kept_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    assert _raised(monkeypatch, KeyError("name")) == SURROUNDINGS_FAILED
    assert "Traceback" in capsys.readouterr().err
