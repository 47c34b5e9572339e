"""docs/many.md shows commands that are understood and a summary as it is printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from fascicle.cli.commands.build import build
from tests.conftest import ROOT
from tests.support.publications import SMALL, write

PAGE = (ROOT / "docs" / "many.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("  #")[0].strip() for line in PAGE.splitlines() if line.startswith("    fascicle ")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_are_understood(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "articles/one", SMALL)
    monkeypatch.chdir(tmp_path)
    context = build.make_context("build", shlex.split(command)[2:])
    assert context.params["projects"] or context.params["shelves"]


def test_its_options_exist() -> None:
    known = {option for one in build.params for option in (*one.opts, *one.secondary_opts)}
    assert set(re.findall(r"`(--?[a-z][a-z-]*)", PAGE)) <= known
