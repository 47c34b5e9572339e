"""A job that would give again what is there runs no program; whatever the result depends on, a change of it does."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fascicle.typeset.engine import typeset
from fascicle.typeset.job import Job, Limits
from tests.support.tex_programs import TEX, install, job

LUALATEX = (
    "echo '\\relax' >main.aux; cat figures/plate.txt >main.pdf; echo made >main.log\n"
    'echo SyncTeX >main.synctex.gz; echo "INPUT $PACKAGE" >main.fls'
)


@pytest.fixture
def settled(tmp_path: Path) -> Job:
    """A job that has been done once."""
    (tmp_path / "plate.txt").write_text("a picture\n")
    (tmp_path / "package.sty").write_text("a package\n")
    environment = {**install(tmp_path, LUALATEX), "PACKAGE": str(tmp_path / "package.sty")}
    inputs = {"figures/plate.txt": tmp_path / "plate.txt"}
    work = job(tmp_path, environment, inputs=inputs, reuse=True)
    first = typeset(work)
    assert first.failure is None
    assert first.passes
    return work


def runs(work: Job) -> int:
    outcome = typeset(work)
    assert outcome.failure is None
    return len(outcome.passes)


def test_an_equal_job_gives_the_result_again(settled: Job) -> None:
    outcome = typeset(settled)
    assert outcome.passes == ()
    assert outcome.pdf is not None
    assert outcome.pdf.read_text() == "a picture\n"
    assert outcome.synctex is not None
    assert outcome.log == "made\n"
    assert outcome.log_path == settled.folder / "main.log"


def test_it_is_asked_for(settled: Job) -> None:
    assert runs(replace(settled, reuse=False)) == 1


def test_other_limits_and_other_hints_are_no_change(settled: Job) -> None:
    assert runs(replace(settled, limits=Limits(seconds=10), parallel=False)) == 0


def test_a_touched_file_with_equal_content_is_no_change(settled: Job) -> None:
    os.utime(settled.inputs["figures/plate.txt"], (1, 1))
    assert runs(settled) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda work: replace(work, tex=TEX.replace("Text", "Another text")),
        lambda work: replace(work, epoch=1),
        lambda work: replace(work, inputs={**work.inputs, "more.txt": work.inputs["figures/plate.txt"]}),
        lambda work: replace(work, environment={**work.environment, "OSFONTDIR": "/fonts"}),
    ],
    ids=["text", "date", "another input", "environment"],
)
def test_another_job_runs(settled: Job, change: Callable[[Job], Job]) -> None:
    assert runs(change(settled)) >= 1


@pytest.mark.parametrize(
    "name",
    [
        "plate.txt",
        "package.sty",
        "bin/lualatex",
        "run/main.pdf",
        "run/main.log",
        "run/main.synctex.gz",
    ],
)
def test_a_changed_file_runs(settled: Job, name: str) -> None:
    path = settled.folder.parent / name
    path.write_text(path.read_text() + "# another line\n")
    assert runs(settled) >= 1
    assert runs(settled) == 0


@pytest.mark.parametrize("name", ["main.pdf", "main.synctex.gz", "main.log", "result.json"])
def test_a_result_that_is_gone_is_made_again(settled: Job, name: str) -> None:
    (settled.folder / name).unlink()
    assert runs(settled) == 1
    assert (settled.folder / name).exists()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 0}', "\0"])
def test_a_record_that_cannot_be_read_is_none(settled: Job, content: str) -> None:
    (settled.folder / "result.json").write_text(content)
    assert runs(settled) == 1


def test_a_failed_job_between_does_not_leave_its_log_for_the_settled_one(settled: Job) -> None:
    broken = settled.folder.parent / "bin/lualatex"
    good = broken.read_text()
    broken.write_text("#!/bin/sh\necho '! An error.' >main.log; exit 1\n")
    assert typeset(settled).failure is not None
    broken.write_text(good)
    outcome = typeset(settled)
    assert outcome.failure is None
    assert outcome.log == "made\n"
