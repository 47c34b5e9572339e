"""The scoreboard's data: complete, well-formed, each form with its source, a third kept apart."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.project.bibliography.library import read_bibliography
from fascicle.project.sources import Sources
from tests.citations.scoredata import PARTS, STYLES, Form, Work, by_kind, sources, works

KINDS = [pytest.param(found, id=kind) for kind, found in by_kind().items()]


def test_there_are_enough_works_and_a_third_is_kept_apart() -> None:
    assert len(works()) >= 120
    held = sum(work.held_out for work in works())
    assert 0.33 <= held / len(works()) <= 0.36


def test_every_kind_has_works_of_both_sorts() -> None:
    for kind, found in by_kind().items():
        assert {work.held_out for work in found} == {True, False}, kind


def test_keys_are_used_once() -> None:
    assert [key for key, times in Counter(work.key for work in works()).items() if times > 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_work_has_its_forms_in_every_style(kind: Sequence[Work]) -> None:
    for work in kind:
        assert list(work.forms) == list(STYLES), work.key
        for style, form in work.forms.items():
            assert form.texts["first"], (work.key, style)
            assert form.texts["again"], (work.key, style)


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_names_its_source(kind: Sequence[Work]) -> None:
    known = sources()
    for style, form in _forms(kind):
        sort, name = form.source
        assert name in (known["pages"] if sort == "example" else known["rules"][STYLES[style]]), (
            style,
            sort,
            name,
        )


@pytest.mark.parametrize("kind", KINDS)
def test_forms_are_written_as_they_are_printed(kind: Sequence[Work]) -> None:
    for _, form in _forms(kind):
        for text in (text for part in PARTS for text in form.texts[part]):
            assert not re.search(r"[\"'\\{}]|--|  |\s$|^\s", text.removeprefix("---. ")), text
            assert text.count("*") % 2 == 0, text
            assert text.count("“") == text.count("”"), text


@pytest.mark.parametrize("kind", KINDS)
def test_entries_end_as_their_style_ends_them(kind: Sequence[Work]) -> None:
    for style, form in _forms(kind):
        for text in form.texts["list"]:
            ends_open = style == "apa" and re.search(r"https?://\S+$|\(Original work published \S+\)$", text)
            assert text.endswith((".", ".”")) or ends_open, text


@pytest.mark.parametrize("kind", KINDS)
def test_notes_end_and_other_citations_are_enclosed(kind: Sequence[Work]) -> None:
    for style, form in _forms(kind):
        for text in (*form.texts["first"], *form.texts["again"]):
            if style == "chicago-notes":
                assert text.endswith((".", ".”", "?”")), text
            else:
                assert text[0] + text[-1] == "()", text


def test_every_source_is_used_and_says_what_it_is() -> None:
    known, used = (
        sources(),
        {(STYLES[style], form.source) for work in works() for style, form in work.forms.items()},
    )
    pages = {name for _, (kind, name) in used if kind == "example"}
    assert pages == set(known["pages"])
    for page in known["pages"].values():
        assert page["title"]
        assert page["address"].startswith("https://")
        assert isinstance(page["read"], datetime.date)
    for manual, rules in known["rules"].items():
        assert {name for of, (kind, name) in used if kind == "rule" and of == manual} == set(rules), manual


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_can_be_read(kind: Sequence[Work], tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text("".join(work.record for work in kind), encoding="utf-8")
    problems = Collector()
    library = read_bibliography(Sources(tmp_path), [("works.bib", None)], problems)
    assert list(library.entries) == [work.key for work in kind]
    assert list(problems) == []


def _forms(kind: Sequence[Work]) -> Iterator[tuple[str, Form]]:
    return (found for work in kind for found in work.forms.items())
