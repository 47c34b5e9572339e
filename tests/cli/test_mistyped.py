"""Words that are no commands are answered with the line to type; commands work from below the publication's folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fascicle.cli.main import COMMANDS
from fascicle.cli.mistyped import MEANT
from fascicle.project import manifest
from tests.support.command_line import fascicle
from tests.support.publications import SOUND, write


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("biuld", "did you mean 'build'? Type: fascicle build"),
        ("chekc", "did you mean 'check'? Type: fascicle check"),
        ("init", "type: fascicle new DIR"),
        ("serve", "type: fascicle watch"),
        ("docx", "type: fascicle build word"),
        ("essay.docx", "type fascicle import essay.docx"),
        ("qqqq", "type fascicle --help for the list of commands"),
    ],
)
def test_a_word_that_is_no_command(
    typed: str, answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fascicle(monkeypatch, typed) == 2
    said = capsys.readouterr().err
    assert f"there is no command '{typed}'" in said
    assert answer in said


def test_what_is_to_be_typed_is_a_command() -> None:
    assert {re.split(" ", line)[0] for line in MEANT.values()} <= {*COMMANDS, "--version"}
    assert not set(MEANT) & set(COMMANDS)


@pytest.mark.parametrize("command", ["build", "watch"])
def test_an_edition_by_the_name_that_others_give_it(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SOUND)
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, command, "docx") == 2
    assert (
        f"there is no edition 'docx'; type: fascicle {command} word (known are: " in capsys.readouterr().err
    )


def test_help_of_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert fascicle(monkeypatch, "help") == 0
    listed = capsys.readouterr().out
    assert all(f"\n  {command} " in listed for command in COMMANDS)
    assert fascicle(monkeypatch, "help", "check") == 0
    assert capsys.readouterr().out.startswith("Usage: fascicle check [OPTIONS] [FILE]...")
    assert fascicle(monkeypatch, "help", "chekc") == 2


def test_commands_work_from_below_the_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SOUND)
    (tmp_path / "content" / "drafts").mkdir()
    monkeypatch.delenv("FASCICLE_PROJECT", raising=False)
    monkeypatch.chdir(tmp_path / "content" / "drafts")
    assert manifest.publication_root() == "../.."
    assert fascicle(monkeypatch, "check") == 0
    assert "no problems found" in capsys.readouterr().out


def test_a_publication_of_somebody_else_is_not_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, SOUND)
    below = tmp_path / "mine"
    below.mkdir()
    monkeypatch.chdir(below)
    assert manifest.publication_root() == ".."
    monkeypatch.setattr(manifest, "_owner", lambda folder: len(folder))
    assert manifest.publication_root() == "."


def test_no_folder_of_that_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert fascicle(monkeypatch, "check", "--project", "nothere") == 2
    assert "there is no folder 'nothere'" in capsys.readouterr().err
