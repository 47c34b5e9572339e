"""Articles in their place in an issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from fascicle.core.diagnostics import Collector
from fascicle.core.model import Deposit
from fascicle.export.metadata.issue import ArticleRecord, IssueRecord, JournalRecord, placed_work
from fascicle.export.metadata.record import work_of
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.hostile import HOSTILE
from tests.support.publications import SMALL, write

JOURNAL = JournalRecord(
    title="Wolf Studies",
    issn_print="0378-5955",
    issn_online="2049-3630",
    publisher="Den",
    license="CC-BY-4.0",
)
ISSUE = IssueRecord(
    slug="wolves-12-3", journal=JOURNAL, volume="12", number="3–4", published=date(2026, 11, 23),
    deposit=Deposit(depositor="Den", email="den@example.org", registrant="Den"),
)  # fmt: skip


def _article(root: Path, **given: str) -> ArticleRecord:
    problems = Collector()
    publication = read_publication(Sources(root), problems)
    assert publication is not None
    return ArticleRecord(work=work_of(publication, problems), **given)  # type: ignore[arg-type]


def test_the_issue_says_where_an_article_stands(tmp_path: Path) -> None:
    article = _article(write(tmp_path, SMALL), first_page="iv", last_page="xii", url="https://example.org/a")
    work = placed_work(ISSUE, article)
    assert work.data.journal is not None
    stated = work.data.journal
    assert (stated.title, stated.issn, stated.volume, stated.issue) == (
        "Wolf Studies", "2049-3630", "12", "3–4",
    )  # fmt: skip
    assert (work.plain.starting_page, work.plain.ending_page, work.plain.number) == ("iv", "xii", "3–4")
    assert (work.data.url, work.address) == ("https://example.org/a", "https://example.org/a")
    assert work.data.publisher == work.plain.publisher == "Den"
    assert work.plain.license_url == "https://creativecommons.org/licenses/by/4.0/"
    assert work.data.deposit is ISSUE.deposit


def test_what_an_article_states_itself_stays(tmp_path: Path) -> None:
    article = _article(write(tmp_path, HOSTILE), first_page="17", last_page="30")
    work = placed_work(ISSUE, article)
    assert work.data.license == "CC-BY-NC-4.0"
    assert work.data.date == work.plain.date == date(2024, 2, 29)
    assert work.data.doi == "10.5555/wolves.1"
    assert work.data.journal is not None
    assert work.data.journal.title == work.plain.publication_name == "Wolf Studies"


def test_a_book_outside_all_series_has_no_journal(tmp_path: Path) -> None:
    article = _article(write(tmp_path, HOSTILE))
    work = placed_work(replace(ISSUE, journal=None), article)
    assert work.data.journal is None
    assert work.plain.publication_name == work.plain.issn == ""
