"""Engines that wait: given to the jobs that they fit, to no others, and gone when nobody needs them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from fascicle.typeset import engine
from fascicle.typeset.engine import typeset
from fascicle.typeset.job import Job
from fascicle.typeset.pause_point import begin_line
from fascicle.typeset.run_folder import RunFolder
from fascicle.typeset.warm import warm_preamble
from fascicle.typeset.warm.first_view import first_change, make_first_view
from fascicle.typeset.warm.parked_engines import Parking, ParkingRequest
from tests.support.processes import left_behind

pytestmark = pytest.mark.tex

WORDS = " ".join(["word"] * 70)
TEX = "\n".join(
    (
        "\\documentclass{article}",
        "\\begin{document}",
        *(f"Paragraph {number}. {WORDS}\n" for number in range(60)),
        "\\end{document}",
        "",
    )
)
BEGIN = ParkingRequest(begin_line(TEX), False)
MIDDLE = ParkingRequest(begin_line(TEX) + 80, True)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def built(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(engine, "processors", lambda: 2)
    job = Job(folder=tmp_path / "build/run/screen", tex=TEX, cache=cache)
    assert typeset(job).failure is None
    return job


@pytest.fixture
def parking(built: Job) -> Iterator[Parking]:
    with Parking(built.folder) as waiting:
        waiting.refill(built, kept(built), [MIDDLE, BEGIN])
        waiting.settled()
        yield waiting
    assert left_behind(built.folder) == []
    assert not waiting.folder.exists()


def kept(job: Job) -> dict[str, bytes]:
    return dict(RunFolder(job.folder, job.name).kept().files)


def changed(job: Job, number: int) -> Job:
    return replace(job, tex=job.tex.replace(f"Paragraph {number}.", f"Paragraph {number}, changed."))


def place(parking: Parking, job: Job, *, deep: bool = True, files: dict[str, bytes] | None = None) -> str:
    """Which engine is given: that in the middle, that at the begin, or none."""
    found = parking.take(job, kept(job) if files is None else files, deep=deep)
    if found is None:
        return "none"
    found.child.kill()
    return "middle" if found.deep else "begin"


def test_the_one_that_has_come_furthest_is_given_once(parking: Parking, built: Job) -> None:
    assert [place(parking, changed(built, 50)) for _ in range(3)] == ["middle", "begin", "none"]


def test_what_changed_above_its_line_is_not_for_it(parking: Parking, built: Job) -> None:
    assert place(parking, changed(built, 3)) == "begin"
    assert place(parking, replace(built, tex=built.tex.replace("article", "report"))) == "none"


def test_other_files_to_read_back_or_another_clock(parking: Parking, built: Job) -> None:
    assert place(parking, built, files={**kept(built), "main.aux": b"\\relax \n\\relax \n"}) == "begin"
    assert place(parking, replace(built, epoch=7)) == "none"


def test_one_that_was_killed_is_not_given(parking: Parking, built: Job) -> None:
    first = parking.take(built, kept(built), deep=True)
    assert first
    first.child.kill()
    parking._waiting[0].engine.child.process.kill()
    parking._waiting[0].engine.child.process.wait()
    assert place(parking, built) == "none"


def test_one_whose_folder_was_removed_is_not_given(parking: Parking, built: Job) -> None:
    shutil.rmtree(parking.folder)
    job = changed(built, 50)
    line = first_change(built.tex, job.tex)
    assert line
    assert make_first_view(job, line, parking, Event()) is None
    assert typeset(job, parking=parking).failure is None


def test_going_on_gives_what_a_whole_run_gives(parking: Parking, built: Job, tmp_path: Path) -> None:
    job = changed(built, 50)
    outcome = typeset(job, parking=parking)
    assert outcome.pdf
    alone = typeset(replace(job, folder=tmp_path / "alone", parallel=False))
    assert alone.pdf
    assert pages(outcome.pdf.read_bytes()) == pages(alone.pdf.read_bytes())
    assert len(outcome.passes) == 1


def test_first_sight_ends_with_the_changed_page(parking: Parking, built: Job) -> None:
    job = changed(built, 50)
    line = first_change(built.tex, job.tex)
    assert line
    seen = make_first_view(job, line, parking, Event())
    assert seen
    whole = typeset(job, parking=parking)
    assert whole.pdf
    every = pages(whole.pdf.read_bytes())
    assert seen.pages == len(pages(seen.pdf)) < len(every)
    assert pages(seen.pdf) == every[: seen.pages]
    assert "50, changed" in pages(seen.pdf)[-1]


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_first_sight_of_a_paragraph_that_goes_on_to_the_next_page(
    built: Job, tmp_path: Path, cache: Path, gap: str
) -> None:
    """It begins on one page, in one line or many; what has changed is at its end, on another."""
    long = built.tex.replace("Paragraph 50.", f"Paragraph 50. {gap.join([WORDS] * 9)}")
    job = Job(folder=tmp_path / "long", tex=long, cache=cache)
    assert typeset(job).failure is None
    with Parking(job.folder) as parking:
        parking.refill(job, kept(job), [MIDDLE])
        parking.settled()
        after = replace(job, tex=long.replace("\n\nParagraph 51.", " changed\n\nParagraph 51."))
        line = first_change(long, after.tex)
        assert line
        seen = make_first_view(after, line, parking, Event())
    assert seen
    every = pages(seen.pdf)[: seen.pages]
    assert "changed" in every[-1]
    assert "Paragraph 50." not in every[-1]


@pytest.mark.parametrize("number", [50, 59])
def test_a_text_with_an_error_gives_no_first_sight(parking: Parking, built: Job, number: int) -> None:
    job = replace(built, tex=built.tex.replace(f"Paragraph {number}.", f"Paragraph \\unheardof {number}."))
    line = first_change(built.tex, job.tex)
    assert line
    assert make_first_view(job, line, parking, Event()) is None


def test_first_change() -> None:
    assert first_change("a\nb", "a\nb") is None
    assert first_change("a\nb", "a\nc") == 2
    assert first_change("a\nb", "a\nb\nc") == 2


def test_nothing_begins_where_no_build_is_remembered(built: Job) -> None:
    warm_preamble.begin(built.folder)  # with this user's own cache, which the build has not used
    assert warm_preamble.waiting_for(built.folder) is None


def test_a_headstart_ends_unused_where_the_preamble_is_another(
    built: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm_preamble, "font_cache", lambda build: built.cache)
    warm_preamble.begin(built.folder)
    waiting = warm_preamble.waiting_for(built.folder)
    assert waiting
    waiting.settled()
    assert place(waiting, replace(built, tex=built.tex.replace("article", "report"))) == "none"
    assert place(waiting, changed(built, 1)) == "begin"
    warm_preamble.begin(built.folder)
    warm_preamble.end()
    assert warm_preamble.waiting_for(built.folder) is None
    assert left_behind(built.folder) == []


def test_for_a_text_never_built_the_packages_of_another_are_loaded(
    built: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The engine waits after them, and gives what a whole run gives."""
    monkeypatch.setattr(warm_preamble, "font_cache", lambda build: built.cache)
    tex = built.tex.replace("\n\\begin", "\n\\usepackage{hyperref}\n\\begin")
    first = replace(built, folder=tmp_path / "first/build/run/screen", tex=tex)
    assert typeset(first).pdf
    second = replace(first, folder=tmp_path / "second/build/run/screen", epoch=1_764_028_800)
    (tmp_path / "second/content").mkdir(parents=True)
    (tmp_path / "second/content/publication.yaml").write_text("title: Title\ndate: 2025-11-25\n")
    warm_preamble.begin(second.folder)
    assert warm_preamble.waiting_for(second.folder) is None
    warm_preamble.begin(second.folder, guess=True)
    waiting = warm_preamble.waiting_for(second.folder)
    assert waiting
    waiting.settled()
    outcome = typeset(second, parking=waiting)
    assert outcome.pdf
    warm_preamble.end()
    alone = typeset(replace(second, folder=tmp_path / "alone", parallel=False))
    assert alone.pdf
    assert pages(outcome.pdf.read_bytes()) == pages(alone.pdf.read_bytes())
    assert left_behind(second.folder) == []


def test_only_the_last_run_folders_are_remembered(
    built: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(warm_preamble, "_REMEMBERED", 2)
    for number in range(4):
        warm_preamble.remember(replace(built, folder=tmp_path / str(number), cache=tmp_path / "cache"))
    assert len(list((tmp_path / "cache/heads").iterdir())) == 2


def pages(pdf: bytes) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]
