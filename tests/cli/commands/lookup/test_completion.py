"""Completion by real shells: commands, editions, journals, styles and codes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fascicle.cli.choices import KINDS, choices
from fascicle.cli.main import COMMANDS
from tests.support.command_line import fascicle
from tests.support.publications import SOUND, write

PROGRAM = "import sys; sys.argv[0] = 'fascicle'; from fascicle.entry import main; main()"


def completed(line: str, folder: Path) -> list[str]:
    """What bash is offered at the end of `line`."""
    words = line.split(" ")
    env = {
        **os.environ,
        "_FASCICLE_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return [word.partition(",")[2] for word in ran.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("fascicle ", [*COMMANDS]),
        ("fascicle bu", ["build"]),
        ("fascicle build re", ["review"]),
        ("fascicle build screen ow", ["own"]),
        ("fascicle submit els", ["elsevier"]),
        ("fascicle explain undefined-c", ["undefined-citation"]),
        ("fascicle help doc", ["doctor"]),
        (
            "fascicle new --style chicago-notes-b",
            ["chicago-notes-bibliography", "chicago-notes-bibliography-17th-edition"],
        ),
    ],
)
def test_a_line_is_completed(line: str, offered: list[str], tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, "templates/editions/own.yaml": "description: Mine\ntemplate: article\n"})
    assert completed(line, tmp_path) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_reads(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert fascicle(monkeypatch, "completion", shell) == 0
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out, "utf-8")
    assert "_FASCICLE_COMPLETE" in script.read_text("utf-8")
    if program := shutil.which(shell):
        subprocess.run([program, "-n", str(script)], check=True)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_listed_with_a_line_on_each(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = choices(kind, tmp_path)
    assert found
    assert all(found.values())
    assert fascicle(monkeypatch, "list", kind) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{kind} (")
    assert [line[2:].partition("  ")[0] for line in lines[1:]] == list(found)


def test_a_kind_in_the_singular_is_listed_and_another_word_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fascicle(monkeypatch, "list", "template") == 0
    assert capsys.readouterr().out.startswith("templates (")
    assert fascicle(monkeypatch, "list", "templats") == 2
    assert "did you mean 'templates'?" in capsys.readouterr().err
