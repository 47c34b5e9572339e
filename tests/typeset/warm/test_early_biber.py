"""biber before there is a main file: its result is taken by the job that wants the very same list, by no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fascicle.typeset import biber
from fascicle.typeset.engine import typeset
from fascicle.typeset.job import Job
from fascicle.typeset.run_folder import RunFolder
from fascicle.typeset.warm import early_biber
from tests.support.tex_programs import install, job
from tests.typeset.test_engine import warm
from tests.typeset.warm.test_bcf_cache import LUALATEX, TEX

BIBER = "case $PWD in */ahead-*) [ ! -e ../../../../broken ] || exit 2 ;; esac; pwd >>../../../biber-runs; cat main.bcf >main.bbl; echo INFO >main.blg"


@pytest.fixture
def second(tmp_path: Path) -> Job:
    """A publication of the same kind as one that was built."""
    warm(tmp_path / "cache", TEX)
    environment = install(tmp_path, LUALATEX, BIBER)
    works = {"tex": TEX, "cited": ("a",), "bibliographies": {"a.bib": "@book{a}"}, "kind": "article x"}
    first = job(tmp_path / "one", environment, cache=tmp_path / "cache", **works)
    assert typeset(first).failure is None
    return replace(first, folder=tmp_path / "two/run")


def places(project: Path) -> list[str]:
    """The folders in which biber has run, without numbers of processes."""
    texts = (path.read_text() for path in project.parent.rglob("biber-runs"))
    found = (
        Path(line).relative_to(project) for text in texts for line in text.split() if str(project) in line
    )
    return [one.parts[1].partition("-")[0] for one in found]


def test_the_list_is_taken_over(second: Job) -> None:
    early_biber.begin(replace(second, tex=""))
    outcome = typeset(second)
    early_biber.end(second.folder)
    assert outcome.failure is None
    assert outcome.blg == "INFO\n"
    assert (second.folder / "main.blg").read_text() == "INFO\n"
    assert places(second.folder.parent) == ["ahead"]
    assert not list(second.folder.glob("ahead-*"))


def test_nothing_runs_when_the_last_list_is_right_still(second: Job) -> None:
    assert typeset(second).failure is None
    before = places(second.folder.parent)
    early_biber.begin(replace(second, tex=""))
    assert not list(second.folder.glob("ahead-*"))
    assert places(second.folder.parent) == before


@pytest.mark.parametrize("change", [{"cited": ("b",)}, {"bibliographies": {"a.bib": "@book{a, title={T}}"}}])
def test_another_list_is_not_taken_for_it(second: Job, change: dict[str, object]) -> None:
    early_biber.begin(replace(second, tex="", **change))  # type: ignore[arg-type]
    outcome = typeset(second)
    early_biber.end(second.folder)
    assert outcome.failure is None
    assert "pass" in places(second.folder.parent)
    bcf = RunFolder(second.folder, "main").kept().files["main.bcf"]
    assert RunFolder(second.folder, "main").kept().biber_key == biber.key(bcf, second.bibliographies)


@pytest.mark.parametrize("kind", ["", "another kind"])
def test_nothing_is_known_of_another_kind(second: Job, kind: str) -> None:
    early_biber.begin(replace(second, tex="", kind=kind))
    assert not list(second.folder.glob("ahead-*"))


def test_what_nobody_takes_is_ended(second: Job, tmp_path: Path) -> None:
    install(tmp_path, LUALATEX, "touch $HOME/begun; sleep 60")
    early_biber.begin(replace(second, tex=""))
    early_biber.end(second.folder)
    assert not list(second.folder.glob("ahead-*"))


def test_biber_that_fails_ahead_is_asked_again(second: Job, tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    early_biber.begin(replace(second, tex=""))
    outcome = typeset(second)
    early_biber.end(second.folder)
    assert outcome.failure is None
    assert outcome.pdf
