"""Engines that end without an error that is known: their last lines are told, and where to look."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.journals.latex_package import FlatSources
from fascicle.journals.manuscript_files import _tell_failure
from fascicle.latex.line_map import LineMap
from fascicle.pipeline.run import Request, Run
from fascicle.typeset.engine import typeset
from fascicle.typeset.job import Failure, FailureKind, TypesetOutcome
from fascicle.typeset.log.explain import DOCTOR, TypesetSource, explain
from fascicle.typeset.log.last_words import last_words
from fascicle.typeset.simple_engine import SimpleJob, compile_simple
from tests.support.shims import Shims
from tests.support.tex_programs import TEX, install, job

CASES = yaml.safe_load((Path(__file__).parent / "fixtures" / "last_words.yaml").read_text("utf-8"))


def _told(outcome: TypesetOutcome) -> list[Diagnostic]:
    problems = Collector()
    explain(outcome, TypesetSource(TEX, LineMap(())), problems, "build/screen/run/main.log")
    return list(problems)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_the_lines_that_tell_most(case: dict[str, str]) -> None:
    assert list(last_words(case["console"], case["log"])) == case["words"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_an_engine_that_ends_without_an_error_is_answered_with_its_last_lines(
    case: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "said").write_text(case["console"], encoding="utf-8")
    (tmp_path / "noted").write_text(case["log"], encoding="utf-8")
    body = f'cat "{tmp_path}/said"; cp "{tmp_path}/noted" main.log; exit 1'
    outcome = typeset(job(tmp_path, install(tmp_path, body)))
    assert outcome.failure == Failure(FailureKind.TEX, "")
    (reported,) = _told(outcome)
    assert reported.code is Code.TEX_ERROR
    assert list(reported.causes) == case["words"]
    assert reported.message.startswith("LuaLaTeX ended without a result")
    assert reported.hints == (DOCTOR, "the raw log is build/screen/run/main.log")


@pytest.mark.tex
@pytest.mark.release
def test_the_real_engine_without_its_format(tmp_path: Path) -> None:
    lost = {"TEXFORMATS": str(tmp_path), "MKTEXFMT": "0"}
    outcome = typeset(job(tmp_path, lost))
    (reported,) = _told(outcome)
    assert any("lualatex.fmt" in line for line in reported.causes)
    assert DOCTOR in reported.hints


def test_a_journals_engine_is_answered_in_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shims = Shims(tmp_path / "bin")
    shims.add("pdflatex", "echo 'pdflatex: fatal: cannot start'; exit 1")
    monkeypatch.setenv("PATH", str(shims.folder))
    (tmp_path / "work").mkdir()
    plain = SimpleJob(tmp_path / "work", "paper", "pdflatex", tmp_path / "cache", 0)
    run = Run(Request(tmp_path), "submit-acm", lambda event: None)
    sources = FlatSources("paper", {}, frozenset())
    _tell_failure(run, SimpleNamespace(assembled=None), sources, compile_simple(plain))  # type: ignore[arg-type]
    (reported,) = run.problems
    assert reported.causes == ("pdflatex: fatal: cannot start",)
    assert reported.hints == (DOCTOR,)
