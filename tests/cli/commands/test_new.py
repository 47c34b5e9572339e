"""`fascicle new`: options, and questions on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import fascicle.cli.commands.new as commands
from tests.support.command_line import fascicle


def stated(folder: Path) -> dict[str, object]:
    data: dict[str, object] = yaml.safe_load((folder / "content/publication.yaml").read_text("utf-8"))
    return data


def test_options_are_put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = [
        "--author",
        "Jane Doe",
        "--orcid",
        "0000-0002-1825-0097",
        "--language",
        "de",
        "--journal",
        "pmla",
    ]
    assert fascicle(monkeypatch, "new", str(tmp_path / "x"), *options) == 0
    data = stated(tmp_path / "x")
    assert data["authors"] == [{"family": "Doe", "given": "Jane", "orcid": "0000-0002-1825-0097"}]
    assert (data["language"], data["citation-style"]) == ("de", "mla")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--orcid", "1234", "--orcid: '1234' is no ORCID"),
        ("--language", "Klingonian language", "--language: 'Klingonian language' is no language tag"),
        ("--style", "chicago-nots", "--style: there is no citation style 'chicago-nots'"),
        ("--journal", "elsevir", "there is no journal 'elsevir'; did you mean 'elsevier'?"),
    ],
)
def test_a_strange_value_writes_nothing(
    option: str,
    value: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert fascicle(monkeypatch, "new", str(tmp_path / "x"), option, value) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_terminal_is_asked_and_may_answer_wrongly_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_is_terminal", lambda: True)
    answers = "On Trains\nJane Doe\n12\n0000-0002-1825-0097\n\nnosuchstyle\napa\n"
    ran = CliRunner().invoke(commands.new, [str(tmp_path / "x")], input=answers, standalone_mode=False)
    assert ran.exception is None, ran.output
    assert "'12' is no ORCID" in ran.output
    assert "there is no citation style 'nosuchstyle'" in ran.output
    data = stated(tmp_path / "x")
    assert (data["title"], data["language"], data["citation-style"]) == ("On Trains", "en-GB", "apa")


def test_no_question_is_asked_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not sys.stdin.isatty()
    assert fascicle(monkeypatch, "new", str(tmp_path / "my-essay")) == 0
    assert stated(tmp_path / "my-essay")["title"] == "My essay"
