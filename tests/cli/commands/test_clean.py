"""`fascicle clean` and its like leave folders alone that are no publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import fascicle
from tests.support.publications import SOUND, write


def test_a_strangers_build_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "mine.txt").write_text("years of work", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, "clean") == 2
    assert "is no publication" in capsys.readouterr().err
    assert (tmp_path / "build" / "mine.txt").read_text("utf-8") == "years of work"


def test_ours_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, SOUND)
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, "clean") == 0
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("command", ["build", "check", "watch"])
def test_nothing_is_written_where_no_publication_is(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, command) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "typed"),
    [
        ("paper.md", "fascicle import paper.md NEWDIR"),
        ("My thesis.docx", "fascicle import 'My thesis.docx' NEWDIR"),
        ("content/metadata.yaml", "fascicle import . NEWDIR"),
        ("README.md", "fascicle new my-text"),
    ],
)
def test_a_text_that_is_no_publication_yet_is_led_to_import(
    file: str, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {file: "x"})
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, "check") == 1
    assert typed in capsys.readouterr().err


def test_what_journals_got_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = "build/submitted/acm/content/publication.yaml"
    write(tmp_path, {**SOUND, "build/screen/a.pdf": "", kept: ""})
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, "clean") == 0
    assert "but for what acm got (build/submitted/)" in capsys.readouterr().out
    assert [one.name for one in (tmp_path / "build").iterdir()] == ["submitted"]
