"""What is told once, though several editions have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.cli.reporter import Reporter
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import NAMES, SourceView
from fascicle.core.diagnostics import Diagnostic, Span

FAULT = Diagnostic(Code.UNDEFINED_CITATION, "no entry 'nobody'", Span("content/01-one.md", 5, 3))
OTHER = Diagnostic(Code.OVERFULL_LINE, "a line sticks out by 9.0 pt", Span("content/01-one.md", 7, 1))


@pytest.mark.parametrize("form", [name for name in NAMES if name != "sarif"])
def test_a_fault_that_editions_have_in_common_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    reporter = Reporter(form)
    view = SourceView(tmp_path)
    for found in ([FAULT], [FAULT, OTHER]):
        reporter.diagnostics(found, view, more=True)
    reporter.diagnostics([FAULT], SourceView(tmp_path / "another"), more=True)
    reporter.complete()
    told = "".join(capsys.readouterr())
    assert told.count("no entry 'nobody'") == 2  # once in each publication
    assert told.count("sticks out") == 1


def test_a_watcher_tells_it_at_each_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter("short")
    for _ in range(2):
        reporter.diagnostics([FAULT], SourceView(tmp_path))
    assert capsys.readouterr().err.count("no entry 'nobody'") == 2
