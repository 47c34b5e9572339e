"""`fascicle check FILE`: what is wrong in the files named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import fascicle
from tests.support.publications import SOUND, write

WRONG = {"content/02-two.md": "---\ntitle: Two\n---\n\nA work [@nobody].\n"}


def test_only_these_files_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {**SOUND, **WRONG})
    monkeypatch.chdir(tmp_path / "content")
    assert fascicle(monkeypatch, "check", "02-two.md") == 1
    assert "02-two.md:5:9: error[undefined-citation]" in capsys.readouterr().err
    other = next(name for name in SOUND if name.endswith(".md"))
    assert fascicle(monkeypatch, "check", str(tmp_path / other)) == 0


def test_a_file_of_no_publication_is_led_to_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "paper.md").write_text("Words.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, "check", "paper.md") == 2
    assert "make one of it: fascicle import paper.md" in capsys.readouterr().err
