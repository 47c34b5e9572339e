"""The table of figures: filled by the benchmarks, printed and written to `build/bench.json` at the end."""

from __future__ import annotations

import pytest

from tests.bench.harness import Table
from tests.conftest import ROOT

_table = Table()


@pytest.fixture(scope="session")
def table() -> Table:
    """The figures of this run."""
    return _table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table and keep it."""
    if not _table.figures:
        return
    terminalreporter.section("benchmarks")
    for line in _table.lines():
        terminalreporter.write_line(line)
    _table.save(ROOT / "build/bench.json")
    terminalreporter.write_line("written to build/bench.json")
