"""Nothing to do: the manifest knows when a build would change nothing, and the front door answers by it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fascicle import entry
from fascicle.core.diagnostics import Collector
from fascicle.project import manifest
from fascicle.project.manifest import Manifest, Settings
from fascicle.project.sources import Sources
from tests.conftest import ROOT


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose manifest says that it is built."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("A")
    (tmp_path / "build/screen").mkdir(parents=True)
    (tmp_path / "build/screen/a.pdf").write_text("PDF")
    sources, problems = Sources(tmp_path), Collector()
    sources.text("content/a.md", problems)
    sources.listing("content", ".md")
    sources.exists("figures/figures.yaml")
    settings = Settings(epoch=os.environ.get("SOURCE_DATE_EPOCH", ""), program=manifest.program_fingerprint())
    reads = tuple(
        manifest.FileEntry(read.path, read.digest, read.mtime_ns, read.size) for read in sources.reads
    )
    outputs = tuple(manifest.entries(tmp_path, ["build/screen/a.pdf"]))
    manifest.save(
        Manifest(settings, reads, outputs, "1 note", "build/screen/a.pdf"), tmp_path / "build", "screen"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_changed(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry._nothing_to_do([])
    assert capsys.readouterr().out == "screen: build/screen/a.pdf is up to date (1 note)\n"


@pytest.mark.parametrize(
    "arguments", [["build"], ["build", "screen"], ["--project=."], ["build", "--project", "."]]
)
def test_other_ways_to_say_it(built: Path, arguments: list[str]) -> None:
    assert entry._nothing_to_do([*arguments, "-q"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["--help"],
        ["build", "--help"],
        ["build", "--strict"],
        ["build", "print"],
        ["--format=json"],
        ["--project", ".", "--project", "."],
        ["--project=.", "--project=elsewhere"],
        ["build", "--project=elsewhere", "--project", "."],
        ["--all-in", "."],
        ["build", "--all-in=."],
        ["--trust"],
    ],
)
def test_what_goes_to_the_command_line_proper(built: Path, arguments: list[str]) -> None:
    assert not entry._nothing_to_do(arguments)


def test_a_touched_file_is_no_change(built: Path) -> None:
    os.utime(built / "content/a.md")
    assert entry._nothing_to_do(["-q"])


def change_text(root: Path) -> None:
    (root / "content/a.md").write_text("B")


def add_section(root: Path) -> None:
    (root / "content/b.md").write_text("B")


def add_ledger(root: Path) -> None:
    (root / "figures").mkdir()
    (root / "figures/figures.yaml").write_text("")


def remove_result(root: Path) -> None:
    (root / "build/screen/a.pdf").unlink()


def overwrite_result(root: Path) -> None:
    (root / "build/screen/a.pdf").write_text("other")


def break_manifest(root: Path) -> None:
    (root / "build/screen/manifest.json").write_text("{")


def remove_section(root: Path) -> None:
    (root / "content/a.md").unlink()


@pytest.mark.parametrize(
    "change",
    [change_text, add_section, add_ledger, remove_result, overwrite_result, break_manifest, remove_section],
)
def test_a_change_is_seen(built: Path, change) -> None:
    change(built)
    assert not entry._nothing_to_do(["-q"])


def test_another_date_is_a_change(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert not entry._nothing_to_do(["-q"])


def test_another_tex_is_a_change(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "bin"
    other.mkdir()
    (other / "lualatex").write_text("#!/bin/sh\n")
    (other / "lualatex").chmod(0o755)
    monkeypatch.setenv("PATH", f"{other}:{os.environ['PATH']}")
    assert not entry._nothing_to_do(["-q"])


def test_every_folder_of_the_program_counts(tmp_path: Path) -> None:
    """A module, template or table of the program that is changed, moved or gone makes it another program."""
    for name in ("fascicle", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    files = {
        path.parent: path for top in tmp_path.iterdir() for path in sorted(top.rglob("*")) if path.is_file()
    }
    assert {"fascicle", "project", "static", "article"} <= {folder.name for folder in files}
    program = (
        "import os, sys\n"
        f"from {manifest.__name__} import program_fingerprint\n"
        "before = [program_fingerprint()]\n"
        "for path in sys.argv[1:]:\n"
        "    os.utime(path, (1, 1))\n"
        "    before.append(program_fingerprint())\n"
        "    os.rename(path, path + '.elsewhere')\n"
        "    before.append(program_fingerprint())\n"
        "print(len(before) - len(set(before)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", program, *map(str, files.values())]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "0\n", done.stderr


def test_a_check_loads_nothing_for_mail_and_plugins() -> None:
    """It would take a thirtieth of its time; a new version of pydantic may look for plugins in another way."""
    program = (
        "import os, sys\n"
        "def end(status):\n"
        "    print(status, sorted({'babel', 'email', 'multiprocessing', 'rich', 'pypdf', 'importlib.metadata'} & set(sys.modules)))\n"
        "    sys.stdout.flush()\n"
        "    leave(status)\n"
        "leave, os._exit = os._exit, end\n"
        "from fascicle.entry import main\n"
        "sys.argv = ['fascicle', 'check', '-q', '--project', sys.argv[1]]\n"
        "main()\n"
    )
    command = [sys.executable, "-c", program, str(ROOT)]
    for _ in range(2):  # the first check may have to draw the figures, and looks into them
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "0 []\n", done.stderr
