"""docs/collections.md and docs/cluster.md show commands that are understood and a collection.yaml that is sound."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from fascicle.cli.main import cli
from fascicle.collection.settings.reader import read_collection
from fascicle.core.diagnostics import Collector
from tests.conftest import ROOT
from tests.support.issues import article
from tests.support.publications import write

PAGES = {
    name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("collections.md", "cluster.md")
}
COMMANDS = [
    line.partition("  #")[0].strip()
    for page in PAGES.values()
    for line in page.splitlines()
    if line.startswith("    fascicle ")
]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGES["collections.md"], re.DOTALL)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_understood(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "articles/one", article("One", "Alpha, Ann"))
    write(tmp_path / "spring", {"collection.yaml": "kind: backlist\narticles: [one]\n"})
    monkeypatch.chdir(tmp_path)
    for name in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"):
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{name}", "x.pem")
    words = shlex.split(command)[1:]
    found: click.Command | None = cli
    while isinstance(found, click.Group):
        found = found.get_command(click.Context(found), words.pop(0))
    assert found is not None
    found.make_context("command", words)


def test_the_collection_shown_is_sound(tmp_path: Path) -> None:
    whole, pages, _ = EXAMPLES
    for name in ("ashdown", "brandt", "carrel"):
        write(tmp_path / "articles" / name, article("A Title", "Alpha, Ann"))
    write(tmp_path, {"collection.yaml": whole + pages})
    problems = Collector()
    collection = read_collection(tmp_path, problems)
    assert [one.message for one in problems] == []
    assert collection is not None
    assert collection.data.pages.first_page == 101
    assert len(collection.articles) == 3
