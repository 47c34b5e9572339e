"""docs/co-authors.md shows commands that work on a publication whose Word document has come back."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.command_line import fascicle
from tests.support.publications import SMALL, write
from tests.support.word_edits import EditedWord

PAGE = (ROOT / "docs" / "co-authors.md").read_text(encoding="utf-8")
COMMANDS = [line.strip() for line in PAGE.splitlines() if line.startswith("    fascicle ")]


def test_its_commands_work_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "text", SMALL)
    monkeypatch.chdir(root)
    assert len(COMMANDS) == 3
    source = root / "content/01-one.md"
    before = source.read_text(encoding="utf-8")
    for command in COMMANDS:
        if "merge" in command and not Path("back.docx").exists():
            (made,) = (root / "build/word").glob("*.docx")
            data = EditedWord(made.read_bytes()).replace("paragraph", "passage").done()
            Path("back.docx").write_bytes(data)
        assert fascicle(monkeypatch, *shlex.split(command)[1:]) == 0
        changed = source.read_text(encoding="utf-8") != before
        assert changed == ("--apply" in command)
