"""The table of figures: filled by the benchmarks, printed and written to `build/bench.json` at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.harness import PROGRAM, Table, timed
from tests.bench.peers import Latexmk
from tests.conftest import ROOT, need
from tests.support.essay import copy_essay

_table = Table()


@pytest.fixture(scope="session")
def table() -> Table:
    """The figures of this run."""
    return _table


@pytest.fixture(scope="session")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the essay, built once, so that fonts and byte code are warm. Edits are made to it.

    Without tags wherever it is built: the main file that a peer gets is made here, where tests take none.
    """
    project = copy_essay(tmp_path_factory.mktemp("essay"))
    with (project / "content/publication.yaml").open("a", encoding="utf-8") as data:
        data.write('\neditions: {screen: {options: {tagging: "off"}}}\n')
    timed([PROGRAM], project)
    return project


@pytest.fixture(scope="session")
def latexmk(essay: Path, tmp_path_factory: pytest.TempPathFactory) -> Latexmk:
    """The essay as latexmk has it, run once."""
    need("latexmk")
    peer = Latexmk(essay, tmp_path_factory.mktemp("latexmk"))
    peer.cold()
    return peer


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table and keep it."""
    if not _table.figures:
        return
    terminalreporter.section("benchmarks")
    for line in _table.lines():
        terminalreporter.write_line(line)
    _table.save(ROOT / "build/bench.json")
    terminalreporter.write_line("written to build/bench.json")
