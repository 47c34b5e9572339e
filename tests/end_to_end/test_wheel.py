"""The wheel alone is enough: in an empty folder, with no checkout beside it and no make."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Program = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built and unpacked, as installers unpack it."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    assert wheel.name.startswith("fascicle_press-")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    return place / "site"


@pytest.fixture
def program(installed: Path, tmp_path: Path) -> Program:
    """Runs the program of the wheel in an empty folder."""
    command = "import sys, fascicle; assert not fascicle.__file__.startswith(sys.argv.pop(1)); from fascicle.entry import main; main()"
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "PYTHONSAFEPATH": "1",
        "HOME": str(tmp_path / "home"),
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", command, str(ROOT), *words],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_a_new_publication_is_written_and_checked(program: Program, tmp_path: Path) -> None:
    made = program("new", "text", "--title", "A Text", "--author", "Jane Doe")
    assert made.returncode == 0, made.stderr
    checked = program("check", "--project", "text")
    assert (checked.returncode, checked.stdout) == (0, "no problems found\n"), checked.stderr
    listed = program("list", "journals")
    assert "elsevier" in listed.stdout


@pytest.mark.tex
def test_a_new_publication_is_built(program: Program, tmp_path: Path) -> None:
    program("new", "text", "--title", "A Text")
    built = program("build", "--project", "text", "screen", "html")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "text/build/screen/a-text.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "text/build/html/a-text.html").is_file()


def test_the_wheel_has_what_the_program_reads_and_nothing_of_the_essay(installed: Path) -> None:
    package = installed / "fascicle"
    assert (package / "templates/article/template.yaml").is_file()
    assert (package / "typeset/toolchain/debian-packages.txt").is_file()
    assert (package / "watch/preview/static/preview.html").is_file()
    assert not (installed / "content").exists()
    assert not list(installed.rglob("*.vsix"))
