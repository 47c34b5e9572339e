"""Profiles: those that come along are sound, a project's own come first, what is wrong is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.formats import EXPORTS
from fascicle.journals.profile import JournalLimits, JournalProfile
from fascicle.journals.profile_files import journal_names, read_journal
from fascicle.project.sources import Sources
from tests.conftest import ROOT
from tests.support.publications import write

FIFTEEN = {
    "film-criticism", "jcms", "mclc", "taylor-francis", "elsevier", "apa7", "springer-nature", "sage", "cambridge",
    "pmla", "acm", "ieee", "arxiv", "hal", "zenodo",
}  # fmt: skip
OWN = """\
name: Journal of Wolves
publisher: Wolf Press
sources:
  guide: {title: Guide, date: 2026-08}
rules:
  formats: {value: [docx], source: guide}
  words: {value: {min: 10, max: 20}, source: guide, unconfirmed: true}
"""


def _read(root: Path, name: str) -> tuple[JournalProfile | None, list[str]]:
    problems = Collector()
    journal = read_journal(name, Sources(root), problems)
    return journal, [f"{found.span or '-'} {found.message} [{'; '.join(found.hints)}]" for found in problems]


def test_all_are_there() -> None:
    assert set(journal_names(Sources(ROOT))) >= FIFTEEN


@pytest.mark.parametrize("name", sorted(FIFTEEN))
def test_each_is_sound_and_says_where_its_rules_come_from(name: str) -> None:
    journal, reported = _read(ROOT, name)
    assert reported == []
    assert journal is not None
    assert all(journal.source_of(rule.replace("-", "_")) for rule in journal.file.rules)
    assert set(journal.rules.records) <= EXPORTS.keys()
    assert len((ROOT / f"templates/journals/{name}.yaml").read_text().splitlines()) < 50


def test_a_project_has_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"templates/journals/wolves.yaml": OWN})
    journal, reported = _read(tmp_path, "wolves")
    assert reported == []
    assert journal is not None
    assert journal.source_of("words") == "Guide, 2026-08, unconfirmed"


@pytest.mark.parametrize(
    ("wrong", "right", "reported"),
    [
        ("words:", "word:", "7:3 unknown key 'word' [did you mean 'words'?]"),
        ("max: 20", "max: 5", "the least, 10, is more than the greatest, 5"),
        ("source: guide, unc", "source: giude, unc", "7:46 the rule 'words' names an unknown source 'giude'"),
        ("[docx]", "[dcox]", "6:21 'dcox' is not a value of 'formats' [did you mean 'docx'?]"),
        ("[docx]", "[latex]", "6:20 the format 'latex' needs the rule 'template'"),
        ("date: 2026-08", "date: yesterday", "4:31 'date' is not written as it must be"),
        ("publisher: Wolf Press\n", "", "the key 'publisher' is missing"),
    ],
)
def test_what_is_wrong_with_a_profile_is_told_at_its_line(
    wrong: str, right: str, reported: str, tmp_path: Path
) -> None:
    assert wrong in OWN
    write(tmp_path, {"templates/journals/wolves.yaml": OWN.replace(wrong, right)})
    journal, found = _read(tmp_path, "wolves")
    assert journal is None
    assert any(reported in line for line in found), found
    assert all("templates/journals/wolves.yaml" in line for line in found)


@pytest.mark.parametrize(
    ("rules", "reported"),
    [
        ("template: {value: preprnt, source: guide}", "8:21 there is no template 'preprnt' [did you mean 'preprint'?]"),
        ("citation-style: {value: chicgo-notes, source: guide}", "8:27 there is no citation style 'chicgo-notes' [did you mean"),
        ("citation-style: {value: zzzzzzzzzz, source: guide}", "are known here, and none is spelled nearly so]"),
        ("records: {value: [bibtx], source: guide}", "8:20 there is no record 'bibtx' of a work [did you mean 'bibtex'?]"),
        (
            "template: {value: preprint, source: guide}\n  options: {value: {papr: a4}, source: guide}",
            "the template 'preprint' has no option 'papr' [did you mean 'paper'?]",
        ),
    ],
)  # fmt: skip
def test_what_a_profile_names_must_be_there(rules: str, reported: str, tmp_path: Path) -> None:
    write(tmp_path, {"templates/journals/wolves.yaml": f"{OWN}  {rules}\n"})
    journal, found = _read(tmp_path, "wolves")
    assert journal is None
    (line,) = found
    assert reported in line
    assert line.startswith("templates/journals/wolves.yaml:")
    assert len(line) < 250


def test_rules_that_contradict_each_other(tmp_path: Path) -> None:
    text = (
        OWN
        + "  citation-style: {value: chicago-notes, source: guide}\n  citations: {value: author-date, source: guide}\n"
    )
    write(tmp_path, {"templates/journals/wolves.yaml": text})
    journal, reported = _read(tmp_path, "wolves")
    assert journal is None
    assert "'chicago-notes' does not cite by author-date" in reported[0]


def test_a_name_that_is_none(tmp_path: Path) -> None:
    journal, reported = _read(tmp_path, "elsevir")
    assert journal is None
    assert reported == ["- there is no journal 'elsevir' [did you mean 'elsevier'?]"]


@pytest.mark.parametrize(("number", "holds"), [(9, False), (10, True), (20, True), (21, False)])
def test_limits(number: int, holds: bool) -> None:
    assert JournalLimits(min=10, max=20).holds(number) is holds


def test_the_profile_that_the_guide_shows_is_sound_and_short(tmp_path: Path) -> None:
    shown = (ROOT / "docs/journals.md").read_text().split("```yaml\n")[1].split("```")[0]
    write(tmp_path, {"templates/journals/small-cinemas.yaml": shown})
    journal, reported = _read(tmp_path, "small-cinemas")
    assert reported == []
    assert journal is not None
    assert len(shown.splitlines()) < 50
