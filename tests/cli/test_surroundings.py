"""What fails outside of the publication is told as such and ends with status 3, whatever the command."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NoReturn

import pytest

from fascicle.pipeline import build
from tests.support.command_line import fascicle
from tests.support.publications import small, write

FULL = OSError(errno.ENOSPC, "No space left on device", "/disk/file")


def full(*_: object, **__: object) -> NoReturn:
    raise FULL


@pytest.fixture(autouse=True)
def publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small(tmp_path / "paper"))
    return Path()


def test_a_check_that_finds_no_room_blames_the_disk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "read_manuscript", full)
    assert fascicle(monkeypatch, "check") == 3
    assert "error[disk-full]: the disk is full: /disk/file\n" in capsys.readouterr().err


def test_of_several_checks_the_highest_status_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = write(small(tmp_path / "z"), {"content/01-one.md": "---\ntitle: One\n---\n\nA work [@nobody].\n"})
    read = build.read_manuscript
    monkeypatch.setattr(
        build, "read_manuscript", lambda run: read(run) if run.request.project == wrong else full()
    )
    assert fascicle(monkeypatch, "check", "--project", ".", "--project", str(wrong)) == 3
    assert "2 publications: 0 good, 2 with errors" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("place", "command"),
    [
        ("fascicle.cli.commands.merge.merge_word", ("merge", "back.docx")),
        ("fascicle.cli.commands.cite.read_publication", ("cite", "bibtex")),
        ("fascicle.redline.redline._make", ("redline", ".")),
        ("fascicle.cli.commands.check.publications", ("check",)),
    ],
)
def test_no_command_ends_with_a_traceback(
    place: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("back.docx").write_bytes(b"")
    monkeypatch.setattr(place, full)
    assert fascicle(monkeypatch, *command) == 3
    assert "error[disk-full]: the disk is full: /disk/file\n" in capsys.readouterr().err
