"""Commands that take every publication of a folder, or the articles of a collection; no TeX runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.collection.articles import save_lengths
from tests.support.command_line import fascicle
from tests.support.issues import issue


def test_records_of_a_collection_say_what_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = issue(tmp_path / "issue")
    save_lengths(root, "screen", {"01-one": 3, "02-two": 2, "03-three": 1})
    assert fascicle(monkeypatch, "cite", "bibtex", "--all-in", str(root)) == 0
    told = capsys.readouterr()
    pages = [line.strip() for line in told.out.splitlines() if "pages =" in line]
    assert pages == ["pages = {1--3},", "pages = {5--6},", "pages = {7},"]
    assert "doi = {10.5555/small.one}" in told.out
    assert told.err.splitlines()[-1] == "3 publications: 3 good, 0 with errors"
    into = tmp_path / "records"
    assert fascicle(monkeypatch, "cite", "ris", "--all-in", str(root), "-o", str(into)) == 0
    assert sorted(path.name for path in into.iterdir()) == ["one.ris", "three.ris", "two.ris"]


def test_one_that_is_wrong_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = issue(tmp_path / "issue")
    stated = root / "articles/two/content/publication.yaml"
    stated.write_text(stated.read_text("utf-8").replace("title: ", "titel: "), "utf-8")
    assert fascicle(monkeypatch, "cite", "csl-json", "--all-in", str(root / "articles")) == 1
    told = capsys.readouterr()
    assert told.out.count('"type"') == 2
    assert "two/content/publication.yaml:1:1: error[" in told.err
    assert told.err.splitlines()[-1] == "3 publications: 2 good, 1 with errors"
    assert fascicle(monkeypatch, "check", "--all-in", str(root)) == 1
    assert "3 publications: 2 good, 1 with errors" in capsys.readouterr().out


def test_what_was_not_made_cannot_be_examined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = issue(tmp_path / "issue")
    assert fascicle(monkeypatch, "preflight", "screen", "--all-in", str(root)) == 2
    assert f"type: fascicle collection build --edition screen {root}" in capsys.readouterr().err
    assert fascicle(monkeypatch, "preflight", "screen", "--all-in", str(root / "articles")) == 1
    told = capsys.readouterr().err
    assert told.count("type: fascicle build screen") == 3
    assert "3 publications: 0 good, 3 with errors" in told
    assert fascicle(monkeypatch, "submit", "nowhere", "--all-in", str(root)) == 1
    assert "there is no journal 'nowhere'" in capsys.readouterr().err
