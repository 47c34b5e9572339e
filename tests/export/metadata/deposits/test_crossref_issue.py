"""Crossref's deposit of a whole issue, against the published schema."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity
from fascicle.core.model import Author
from fascicle.export.metadata.crossref import crossref
from fascicle.export.metadata.deposits.crossref_issue import crossref_issue
from fascicle.export.metadata.issue import IssueRecord, placed_work
from tests.support.issue_records import book, issue, proceedings
from tests.support.record_schemas import crossref_faults

NS = {"c": "http://www.crossref.org/schema/5.5.0", "jats": "http://www.ncbi.nlm.nih.gov/JATS1"}


def _written(whole: IssueRecord) -> str:
    problems = Collector()
    text = crossref_issue(whole, problems)
    assert text is not None, list(problems)
    assert not len(problems), list(problems)
    return text


def _root(whole: IssueRecord) -> ET.Element:
    return ET.fromstring(_written(whole))


@pytest.mark.parametrize("made", [issue, book, proceedings])
def test_the_deposit_is_valid(made: Callable[[Path], IssueRecord], tmp_path: Path) -> None:
    whole = made(tmp_path)
    assert crossref_faults(_written(whole)) == []
    assert _written(whole) == _written(made(tmp_path))


@pytest.mark.parametrize("made", [book, proceedings])
def test_a_volume_without_isbn_and_in_or_out_of_a_series(
    made: Callable[[Path], IssueRecord], tmp_path: Path
) -> None:
    whole = made(tmp_path)
    for journal in (None, issue(tmp_path).journal):
        assert crossref_faults(_written(replace(whole, isbns=(), journal=journal, publisher="Den"))) == []


def test_single_deposits_are_valid(tmp_path: Path) -> None:
    whole = issue(tmp_path)
    for work in (whole.articles[1].work, placed_work(whole, whole.articles[2])):
        problems = Collector()
        text = crossref(work, problems)
        assert text is not None
        assert crossref_faults(text) == []
    posted = replace(work, data=work.data.model_copy(update={"journal": None}))
    assert crossref_faults(crossref(posted, Collector()) or "") == []


def test_a_faulty_deposit_is_found(tmp_path: Path) -> None:
    text = _written(issue(tmp_path))
    assert crossref_faults(text.replace('type="software"', 'type="cooking"'))
    assert crossref_faults(text.replace("<year>2026</year>", "", 1))


def test_what_the_articles_state_is_told(tmp_path: Path) -> None:
    root = _root(issue(tmp_path))
    assert [e.text for e in root.findall(".//c:journal_metadata/c:issn", NS)] == ["2049-3630", "0378-5955"]
    articles = root.findall(".//c:journal_article", NS)
    assert [a.findtext("c:doi_data/c:doi", "", NS) for a in articles] == [
        "10.5555/w.0", "10.5555/wolves.1", "10.5555/fuechse.2",
    ]  # fmt: skip
    assert [a.findtext("c:pages/c:first_page", "", NS) for a in articles] == ["iv", "1", "31"]
    assert [role.get("type") for role in articles[2].findall(".//c:role", NS)] == [
        "software",
        "formal-analysis",
    ]
    assert articles[2].findtext(".//c:institution_id", "", NS) == "https://ror.org/04v76ef78"
    french = articles[1].findall("jats:abstract", NS)[1]
    assert french.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert [p.text for p in french] == ["Résumé & <plus>.", "Fin."]
    assert (
        articles[2].findtext("c:doi_data/c:resource", "", NS) == "https://example.org/wolves/fuechse?a=1&b=2"
    )


def test_cited_works_have_fields_and_their_entry(tmp_path: Path) -> None:
    citations = _root(issue(tmp_path)).findall(".//c:citation", NS)
    fields = [{e.tag.split("}")[1]: e.text for e in citation} for citation in citations]
    assert fields[0] == {
        "issn": "0378-5955", "journal_title": "J. of <X>", "author": "Чехов", "volume": "7", "issue": "2",
        "first_page": "11", "cYear": "1999", "doi": "10.1000/x<y>&z", "article_title": "On *Foxes* & <wolves>",
        "unstructured_citation": "Чехов, Антон. 1999. On *Foxes* & <wolves> <&>.",
    }  # fmt: skip
    assert fields[1]["isbn"] == "978-3-16-148410-0"
    assert "edition_number" not in fields[1]
    assert "doi" not in fields[2]
    assert "isbn" not in fields[2]
    assert fields[3]["cYear"] == "1931"
    assert len({citation.get("key") for citation in citations}) == 4


def test_an_article_without_a_doi_is_left_out_and_told(tmp_path: Path) -> None:
    whole = issue(tmp_path)
    first = whole.articles[0]
    bare = replace(first.work, data=first.work.data.model_copy(update={"doi": None}))
    problems = Collector()
    text = crossref_issue(replace(whole, articles=(replace(first, work=bare), *whole.articles[1:])), problems)
    assert text is not None
    assert crossref_faults(text) == []
    (told,) = problems
    assert (told.code, told.severity) == (Code.RECORD_LEFT_OUT, Severity.WARNING)
    assert "Wolves at the Door" in told.message
    assert "'doi'" in told.message
    assert told.span is not None
    assert told.span.line == 12


def test_without_a_depositor_nothing_is_made_and_that_is_noted(tmp_path: Path) -> None:
    problems = Collector()
    assert crossref_issue(replace(issue(tmp_path), deposit=None), problems) is None
    (told,) = problems
    assert told.severity is Severity.NOTE
    assert "'deposit'" in told.message


def test_a_value_longer_than_crossref_takes_is_an_error_at_its_article(tmp_path: Path) -> None:
    whole = issue(tmp_path)
    first = whole.articles[0]
    long = first.work.data.model_copy(update={"authors": (Author(family="W" * 300),)})
    problems = Collector()
    changed = replace(first, work=replace(first.work, data=long))
    assert crossref_issue(replace(whole, articles=(changed,)), problems) is None
    (told,) = problems
    assert "at most 200 characters of surname, and there are 300" in told.message
    assert told.span is not None
    assert told.span.line == 12
