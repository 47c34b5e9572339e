"""docs/redline.md shows commands that work on a publication with a history."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from fascicle.cli.commands.redline import FORMS, redline
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from fascicle.pipeline.submitted_text import keep_submitted
from tests.conftest import ROOT
from tests.support.command_line import fascicle
from tests.support.publications import SMALL, write
from tests.support.repositories import commit, git, repository

PAGE = (ROOT / "docs" / "redline.md").read_text(encoding="utf-8")
COMMANDS = [line.strip() for line in PAGE.splitlines() if line.startswith("    fascicle ")]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A publication with the revisions and the folder that the page names."""
    write(tmp_path / "my-article-in-may", SMALL)
    root = repository(tmp_path / "text", SMALL)
    git(root, "tag", "submitted")
    git(root, "tag", "v1.0")
    build_edition(Request(root), "word", lambda event: None)
    next((root / "build/word").glob("*.docx")).rename(root / "sent-in-may.docx")
    for word in ("long", "small", "fine"):
        commit(root, {"content/01-one.md": f"---\ntitle: One\n---\n\nA {word} paragraph of text.\n"})
    git(root, "tag", "v2.0")
    keep_submitted(root, "arxiv", SMALL)
    return root


@pytest.mark.tex
@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_work(command: str, history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(history)
    assert fascicle(monkeypatch, *shlex.split(command)[1:]) == 0
    if not any(option in command for option in ("--summary", "--format", "--versions")):
        made = {path.suffix for path in (history / "build/redline").rglob("*") if path.is_file()}
        wanted = set(re.findall(r"--to (\w+)", command)) or {"pdf"}
        assert made == {{"markdown": ".md", "word": ".docx"}.get(form, f".{form}") for form in wanted}


def test_its_options_exist() -> None:
    known = {option for one in redline.params for option in one.opts}
    assert set(re.findall(r"`(--[a-z][a-z-]*)", PAGE)) <= known
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(FORMS)
