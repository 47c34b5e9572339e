"""Where POSIX's parts of Python are missing, as on Windows: what needs no TeX works, the rest says what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fascicle.cli.command_names import COMMANDS, EVERYWHERE
from tests.conftest import ROOT
from tests.support.editor import Editor, Session
from tests.support.publications import SOUND, write


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.support.windows", *words]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "HOME": str(folder)},
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, SOUND)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "no problems found"),
        (("check", "content/01-one.md"), "no problems found"),
        (("schema", "figures"), '"title": "Ledger of figures"'),
        (("explain", "undefined-citation"), "names a key that no record"),
        (("cite", "bibtex"), "A Sound Thing"),
        (("list", "journals"), "elsevier"),
        (("styles", "nature"), "nature"),
        (("completion", "bash"), "_fascicle_completion"),
        (("new", "another"), "a publication in 11 files"),
        (("help",), "Turn Markdown sections"),
        (("--version",), "fascicle"),
    ],
)
def test_what_needs_no_tex_works(root: Path, words: tuple[str, ...], said: str) -> None:
    done = _run(root, *words)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert "Traceback" not in done.stderr


def test_a_text_is_brought_in(root: Path) -> None:
    (root / "paper.md").write_text(
        "---\ntitle: A Paper\nauthor: Jane Doe\n---\n\n# One\n\nText.\n", encoding="utf-8"
    )
    done = _run(root, "import", "paper.md", "paper")
    assert done.returncode == 0, done.stderr
    assert _run(root, "check", "--project", "paper").returncode == 0


def test_a_fault_is_told_at_its_line(root: Path) -> None:
    (root / "content/01-one.md").write_text("---\ntitle: One\n---\n\n[@nobody]\n", encoding="utf-8")
    done = _run(root, "check", "--format", "short")
    assert done.returncode == 1
    assert "content/01-one.md:5:2: error[undefined-citation]" in done.stderr


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in EVERYWHERE])
def test_the_others_say_what_to_do(root: Path, command: str) -> None:
    done = _run(root, command)
    assert done.returncode == 3
    assert "wsl --install" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "build/screen").exists()


def test_an_editor_is_served(root: Path) -> None:
    session = Session("tests.support.windows")

    async def look(editor: Editor) -> None:
        uri = editor.open(root / "content/01-one.md", "---\ntitle: One\n---\n\n[@nobody]\n")
        await editor.until(uri, lambda told: [one.code for one in told] == ["undefined-citation"])

    try:
        session(look)
    finally:
        session.end()


def test_a_stranger_is_refused(root: Path) -> None:
    done = _run(root, "check", "--no-trust")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
