"""The command `import`: what it prints, its exit statuses, a section without a heading."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.cli.main import cli


def run(*arguments: str) -> tuple[int, str]:
    """Exit status and output of a call."""
    done = CliRunner().invoke(cli, ["import", *arguments], standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return getattr(done.exception, "exit_code", 99), str(
            getattr(done.exception, "message", done.exception)
        )
    return int(done.return_value), done.output


def test_a_text_comes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is named after the source, and the next command is told."""
    monkeypatch.chdir(tmp_path)
    Path("My essay.md").write_text("Before.\n\n# One\n\nText.\n\n# Two\n\nMore.\n", encoding="utf-8")
    status, output = run("My essay.md")
    assert status == 0
    assert "my-essay: 3 sections, 0 pictures" in output
    assert "fascicle build --project my-essay" in output
    assert "heading: false" in Path("my-essay/content/00-text.md").read_text(encoding="utf-8")
    assert not list(Path().glob(".my-essay*"))


def test_a_second_time_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the first import is refused."""
    monkeypatch.chdir(tmp_path)
    Path("t.md").write_text("Text.\n", encoding="utf-8")
    assert run("t.md", "out")[0] == 0
    report = Path("out/import-report.md").read_bytes()
    status, message = run("t.md", "out")
    assert status == 1
    assert "out is not empty" in message
    assert "hint: name a folder" in message
    assert Path("out/import-report.md").read_bytes() == report
