"""Words that are no commands are answered with the line to type; commands work from below the publication's folder."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from fascicle.cli.main import COMMANDS, cli
from fascicle.cli.mistyped import EXAMPLES, MEANT
from fascicle.project import manifest
from tests.support.command_line import fascicle
from tests.support.publications import SOUND, write


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("biuld", "did you mean 'build'? Type: fascicle build"),
        ("chekc", "did you mean 'check'? Type: fascicle check"),
        ("init", "type: fascicle new my-text"),
        ("serve", "type: fascicle watch"),
        ("docx", "type: fascicle build word"),
        ("crossref", "type: fascicle cite crossref"),
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


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (("new",), "hint: type, for example: fascicle new my-text"),
        (("import",), "hint: type, for example: fascicle import paper.docx"),
        (("submit",), "hint: type, for example: fascicle submit elsevier"),
        (("new", "My", "Essay"), 'hint: a name with spaces stands between quotation marks: fascicle new "My Essay"'),
        (("cite", "--format", "crossref"), "hint: type: fascicle cite crossref"),
    ],
)  # fmt: skip
def test_a_command_without_its_word_or_with_too_many(
    typed: tuple[str, ...], answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fascicle(monkeypatch, *typed) == 2
    assert answer in capsys.readouterr().err


def test_every_command_that_wants_a_word_has_an_example() -> None:
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        wants = any(isinstance(one, click.Argument) and one.required for one in command.params)
        assert not wants or EXAMPLES[name].startswith(f"{name} ")


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


def test_a_misspelt_option_is_told_of_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write(tmp_path, SOUND))
    assert fascicle(monkeypatch, "build", "--set", "options.papr=a5") == 1
    said = capsys.readouterr().err
    assert (
        "error[unknown-option]: the template 'article' has no option 'papr'\n  hint: did you mean 'paper'?"
        in said
    )
    assert "publication.yaml" not in said


def test_what_a_broken_file_cannot_say_is_not_told_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        **SOUND,
        "content/publication.yaml": "title: [A\ntrust: {scripts: true}\n",
        "content/02-two.md": "---\ntitle: Two\n---\n\n![A line.](figures/line.svg)\n",
        "figures/line.py": "print()\n",
        "figures/figures.yaml": "line.svg: {script: line.py, alt: A line that rises, permission: own}\n",
    }
    monkeypatch.chdir(write(tmp_path, files))
    assert fascicle(monkeypatch, "check", "--format", "short") == 1
    said = capsys.readouterr().err
    assert "content/publication.yaml:1:8: error[yaml-syntax]" in said
    assert "trust" not in said
