"""`fascicle collection`: a new one, its check and its status page; no TeX runs."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from fascicle.cli.commands.lookup.schema import text_of
from tests.support.command_line import fascicle
from tests.support.issues import ISSUE, issue


@pytest.mark.parametrize("kind", ["issue", "proceedings", "book"])
def test_a_new_one_is_sound_and_fits_its_schema(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "spring"
    assert (
        fascicle(monkeypatch, "collection", "new", str(folder), "--kind", kind, "--title", "A: Journal") == 0
    )
    assert f"collection build {folder}" in capsys.readouterr().out
    stated = yaml.load((folder / "collection.yaml").read_text("utf-8"), yaml.BaseLoader)
    jsonschema.validate(stated, json.loads(text_of("collection")))
    assert fascicle(monkeypatch, "collection", "check", "--trust", str(folder)) == 0
    printed = capsys.readouterr().out
    assert "draft  no pages yet" in printed
    assert (folder / "build/status.html").is_file()
    assert fascicle(monkeypatch, "collection", "new", str(folder)) == 2


def test_the_check_says_how_far_each_article_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = issue(
        tmp_path, ISSUE.replace("      - articles/two\n", "      - {path: articles/two, state: ready}\n")
    )
    text = root / "articles/three/content/01-text.md"
    text.write_text(f"{text.read_text('utf-8')}See @fig:nowhere.\n", "utf-8")
    assert fascicle(monkeypatch, "collection", "check", "--trust", str(root)) == 1
    told = capsys.readouterr()
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert "articles/two ready no pages yet 81 words no ORCID of Bert Beta" in lines
    assert "no ORCID of Gil Gamma; 1 error\n" in told.out
    assert "articles/three/content/01-text.md:" in told.err
    page = (root / "build/status.html").read_text("utf-8")
    assert "On <i>One</i> Thing" in page
    assert "<li>ORCID of Bert Beta</li>" in page
    assert "2 draft · 0 in-review · 0 proofs · 1 ready" in page


def test_a_folder_that_holds_none_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fascicle(monkeypatch, "collection", "build", str(tmp_path)) == 2
    assert "make one: fascicle collection new DIR" in capsys.readouterr().err
