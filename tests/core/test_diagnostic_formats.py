"""Diagnostics as text: each format says the same thing in its own way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core import diagnostic_formats
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, Span, counted

FOUND = Diagnostic(
    Code.UNDEFINED_CITATION,
    "no entry 'li2021' in bib/references.bib",
    Span("content/04-hukou.md", 2, 5, 2, 12),
    hints=("did you mean 'li2012'?",),
    causes=("a cause",),
)


@pytest.fixture
def view(tmp_path: Path) -> SourceView:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/04-hukou.md").write_text(
        "One.\nSee [@li2021, p. 3].\n户口 [@x].\n", encoding="utf-8"
    )
    return SourceView(tmp_path, tmp_path)


def test_short(view: SourceView) -> None:
    assert diagnostic_formats.short(FOUND, view) == (
        "content/04-hukou.md:2:5: error[undefined-citation]: no entry 'li2021' in bib/references.bib"
    )


def test_paths_are_relative_to_where_the_author_stands(view: SourceView) -> None:
    inside = SourceView(view.root, view.root / "content")
    assert diagnostic_formats.short(FOUND, inside).startswith("04-hukou.md:2:5: ")


def test_human_quotes_the_line_with_carets(view: SourceView) -> None:
    assert diagnostic_formats.human(FOUND, view).splitlines()[1:] == [
        "     2 | See [@li2021, p. 3].",
        "       |     ^^^^^^^",
        "  caused by: a cause",
        "  hint: did you mean 'li2012'?",
    ]


def test_carets_stand_under_wide_characters(view: SourceView) -> None:
    wide = Diagnostic(Code.UNDEFINED_CITATION, "m", Span("content/04-hukou.md", 3, 4, 3, 8))
    assert diagnostic_formats.human(wide, view).splitlines()[2] == "       |      ^^^^"


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x" * 500 + "@here" + "y" * 500)
    lines = diagnostic_formats.human(
        Diagnostic(Code.NOT_UTF8, "m", Span("a.md", 1, 501, 1, 506)), SourceView(tmp_path, tmp_path)
    )
    quoted, carets = lines.splitlines()[1:]
    assert len(quoted) < 120
    start = carets.index("^")
    assert quoted[start : start + 5] == "@here"


def test_json_line_is_one_object(view: SourceView) -> None:
    record = json.loads(diagnostic_formats.json_line(FOUND, view))
    assert record["version"] == diagnostic_formats.JSON_VERSION
    assert record["code"] == "undefined-citation"
    assert record["span"] == {
        "file": "content/04-hukou.md", "line": 2, "column": 5, "end-line": 2, "end-column": 12,
    }  # fmt: skip


def test_github_annotation(view: SourceView) -> None:
    line = diagnostic_formats.github(FOUND, view)
    assert line.startswith("::error title=undefined-citation,file=content/04-hukou.md,line=2,col=5,")
    assert line.endswith("::no entry 'li2021' in bib/references.bib%0Ahint: did you mean 'li2012'?")
    assert "\n" not in line


def test_sarif_names_rule_and_region(view: SourceView) -> None:
    log = json.loads(diagnostic_formats.sarif([(FOUND, view)]))
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    assert run["tool"]["driver"]["rules"][0]["id"] == run["results"][0]["ruleId"] == "undefined-citation"
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["region"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 12}


@pytest.mark.parametrize("name", diagnostic_formats.NAMES)
def test_every_format_prints_a_diagnostic_without_a_place(view: SourceView, name: str) -> None:
    bare = Diagnostic(Code.TOOL_MISSING, "no lualatex")
    assert "no lualatex" in "\n".join(diagnostic_formats.lines([bare], name, view))


def test_counted() -> None:
    warning = Diagnostic(Code.MISSING_ALT, "m", severity=Severity.WARNING)
    assert counted([FOUND, FOUND, warning]) == "2 errors, 1 warning"
    assert counted([]) == ""


@given(st.text(), st.integers(1, 9), st.integers(1, 99), st.integers(1, 9), st.integers(1, 99))
def test_any_span_on_any_text(text: str, line: int, column: int, end_line: int, end_column: int) -> None:
    view = SourceView(Path("/nowhere"), Path("/nowhere"))
    view._cache["a.md"] = text.split("\n")
    found = Diagnostic(Code.NOT_UTF8, "m", Span("a.md", line, column, end_line, end_column))
    for name in diagnostic_formats.NAMES:
        assert list(diagnostic_formats.lines([found], name, view))


def test_collector_drops_repeats_and_sorts_by_place() -> None:
    problems = Collector()
    for line in (7, 3, 7):
        problems.add(Code.NOT_UTF8, "m", Span("b.md", line))
    problems.add(Code.MISSING_ALT, "n", Span("a.md", 9))
    problems.add(Code.TOOL_MISSING, "p")
    assert [str(found.span) for found in problems.sorted()] == ["None", "a.md:9:1", "b.md:3:1", "b.md:7:1"]
    assert problems.failed
    assert all(found.severity is Severity.ERROR for found in problems.with_warnings_as_errors())
