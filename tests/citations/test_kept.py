"""Worded citations are kept by what they were made from: a changed word asks for no new run."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.citations.engine import engine
from fascicle.citations.engine.engine import CslEngine
from fascicle.citations.suggested_citation import KEY
from tests.citations.worded import paragraphs, worded

RECORDS = """\
@book{a, author = {Doe, Jane}, title = {T}, date = {2001}, publisher = {P}}
@book{b, author = {Roe, Jane}, title = {U}, date = {2002}, publisher = {P}}
"""
TEXT = "Text [@a, 5] goes on [@b].^[A note [@b].]"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One item a run of the engine; nothing is remembered in memory."""
    seen: list[str] = []
    original = CslEngine._run

    def counted(self: CslEngine, *rest: object) -> str | None:
        if KEY not in self.names:  # how to cite the text itself is another matter
            seen.append(self.style.id)
        return original(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(CslEngine, "_run", counted)
    monkeypatch.setattr(engine, "_remembered", lambda key: None)
    return seen


@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes"])
def test_a_changed_word_runs_nothing(tmp_path: Path, runs: list[str], style: str) -> None:
    kept = tmp_path / "kept"
    first, _ = worded(tmp_path / "one", TEXT, RECORDS, style, kept=kept)
    again, _ = worded(tmp_path / "two", TEXT.replace("goes", "went"), RECORDS, style, kept=kept)
    assert first
    assert again
    assert len(runs) == 1
    assert [text.replace("went", "goes") for text in paragraphs(again)] == paragraphs(first)


@pytest.mark.parametrize(
    ("text", "records"),
    [
        (TEXT.replace("5", "6"), RECORDS),
        (TEXT.replace("[@b].^", "[@a].^"), RECORDS),
        (TEXT, RECORDS.replace("2001", "2003")),
    ],
)
def test_what_is_printed_runs_anew(tmp_path: Path, runs: list[str], text: str, records: str) -> None:
    for number, (one, other) in enumerate(((TEXT, RECORDS), (text, records))):
        worded(tmp_path / str(number), one, other, "apa", kept=tmp_path / "kept")
    assert len(runs) == 2


def test_a_note_before_changes_numbers_in_a_style_of_notes_alone(tmp_path: Path, runs: list[str]) -> None:
    for style, expected in (("apa", 1), ("oscola", 2)):
        runs.clear()
        for number, text in enumerate((TEXT, f"First.^[Before.] {TEXT}")):
            worded(tmp_path / f"{style}{number}", text, RECORDS, style, kept=tmp_path / "kept")
        assert len(runs) == expected


def test_broken_and_many_results_are_no_fault(tmp_path: Path, runs: list[str]) -> None:
    kept = tmp_path / "kept"
    worded(tmp_path / "one", TEXT, RECORDS, "apa", kept=kept)
    for found in kept.glob("*.json"):
        found.write_text("{")
    again, _ = worded(tmp_path / "one", TEXT, RECORDS, "apa", kept=kept)
    assert again
    assert len(runs) == 2
