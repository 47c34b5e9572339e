"""Records of an issue: valid, alike in what they say, the same each time, whatever stands in them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector, Severity
from fascicle.export.metadata.deposits.write import issue_records, write_issue_records
from fascicle.export.metadata.issue import IssueRecord, JournalRecord
from tests.support.issue_records import book, issue, proceedings
from tests.support.record_schemas import datacite_schema, marc_records, onix_schema

MADE = [issue, book, proceedings]
Make = Callable[[Path], IssueRecord]


def _texts(whole: IssueRecord) -> dict[str, str]:
    return {name: text for name, text in issue_records(whole, Collector()) if text is not None}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return _texts(issue(tmp_path_factory.mktemp("issue")))


def _root(texts: Mapping[str, str], kind: str) -> ET.Element:
    return ET.fromstring(texts[f"wolves-12-3.{kind}.xml"])


def _found(root: ET.Element, tag: str) -> list[str]:
    """Texts of the elements of a name, whatever their namespace."""
    return ["".join(e.itertext()) for e in root.iter() if e.tag.rpartition("}")[2] == tag]


def test_all_records_are_written(tmp_path: Path) -> None:
    problems = Collector()
    written = write_issue_records(issue(tmp_path / "sources"), tmp_path / "records", problems)
    assert not len(problems), list(problems)
    assert [path.name for path in written] == [
        "index.html", "wolves-at-the-door.html", "wolves.html", "fuechse.html", "wolves-12-3.crossref.xml",
        "wolves-12-3.datacite.json", "wolves-at-the-door.datacite.json", "wolves.datacite.json",
        "fuechse.datacite.json", "wolves-12-3.ojs.xml", "wolves-12-3.doaj.xml", "wolves-12-3.pubmed.xml",
        "wolves-12-3.marc.xml", "wolves-12-3.rss.xml", "wolves-12-3.oai.xml",
    ]  # fmt: skip
    assert all(path.is_file() for path in written)


@pytest.mark.parametrize("made", MADE)
def test_the_same_issue_gives_the_same_bytes(made: Make, tmp_path: Path) -> None:
    assert _texts(made(tmp_path / "one")) == _texts(made(tmp_path / "two"))


@pytest.mark.parametrize("made", MADE)
def test_every_record_is_well_formed(made: Make, tmp_path: Path) -> None:
    for name, text in _texts(made(tmp_path)).items():
        if name.endswith(".xml"):
            ET.fromstring(text)
        elif name.endswith(".json"):
            assert json.loads(text)


def test_what_xml_cannot_hold_is_left_out_everywhere(tmp_path: Path) -> None:
    bad = "a\x00b\x0b\ufffe]]>&<!--"
    whole = issue(tmp_path)
    assert whole.journal is not None
    journal = replace(whole.journal, title=bad, publisher=bad, abbreviation=bad)
    changed = replace(whole, journal=journal, title=bad, description=bad, volume="1\x00", number=bad[:5])
    first = replace(whole.articles[0], section=bad, first_page="1\x01")
    for name, text in _texts(replace(changed, articles=(first, *whole.articles[1:]))).items():
        assert name.endswith(".json") or not re.search("[\x00-\x08\x0b\ufffe]", text), name
        if name.endswith(".xml"):
            ET.fromstring(text.encode())


def test_the_least_issue_has_records(tmp_path: Path) -> None:
    whole = issue(tmp_path)
    bare = IssueRecord(
        slug="x", journal=JournalRecord(title="X"), published=whole.published,
        articles=(replace(whole.articles[0], first_page="", last_page="", url="", section=""),),
    )  # fmt: skip
    problems = Collector()
    names = [path.name for path in write_issue_records(bare, tmp_path / "out", problems)]
    assert names == ["index.html", "wolves-at-the-door.html", "x.ojs.xml", "x.marc.xml"]
    assert {told.severity for told in problems} == {Severity.NOTE}
    assert [re.findall("record for (.*?) is", told.message)[0] for told in problems] == [
        "Crossref", "DOAJ", "PubMed", "RSS", "OAI-PMH",
    ]  # fmt: skip


def test_two_articles_of_one_slug_have_files_of_their_own(tmp_path: Path) -> None:
    whole = issue(tmp_path)
    twice = replace(whole, slug="fuechse", articles=(whole.articles[2], whole.articles[2], whole.articles[1]))
    names = [name for name, _ in issue_records(twice, Collector())]
    assert len(set(names)) == len(names)
    assert 'href="fuechse-1.html"' in _texts(twice)["index.html"]


def test_pages_dois_and_dates_agree_in_all_of_them(texts: dict[str, str]) -> None:
    """What stands in one record of an article stands in every other that has it."""
    pages = [("iv", "vi"), ("1", "30"), ("31", "31")]
    dois = ["10.5555/w.0", "10.5555/wolves.1", "10.5555/fuechse.2"]
    days = ["2026-11-23", "2024-02-29", "2026-11-23"]
    for kind, first, last in (
        ("crossref", "first_page", "last_page"), ("doaj", "startPage", "endPage"),
        ("pubmed", "FirstPage", "LastPage"), ("rss", "startingPage", "endingPage"),
    ):  # fmt: skip
        root = _root(texts, kind)
        for citations in [e for e in root.iter() if e.tag.endswith("citation_list")]:
            citations.clear()
        assert list(zip(_found(root, first), _found(root, last), strict=True)) == pages, kind
    assert _found(_root(texts, "ojs"), "pages") == ["iv-vi", "1-30", "31-31"]
    assert _found(_root(texts, "doaj"), "doi") == dois
    assert _found(_root(texts, "rss"), "doi") == dois
    assert _found(_root(texts, "pubmed"), "ELocationID") == dois
    assert [e.text for e in _root(texts, "ojs").iter("{http://pkp.sfu.ca}id") if e.get("type") == "doi"][
        1:
    ] == dois
    assert _found(_root(texts, "doaj"), "publicationDate") == days
    assert _found(_root(texts, "oai"), "datestamp") == days
    for name, doi, day, (first, last) in zip(
        ("wolves-at-the-door", "wolves", "fuechse"), dois, days, pages, strict=True
    ):
        record = json.loads(texts[f"{name}.datacite.json"])
        assert (record["doi"], record["dates"][0]["date"]) == (doi, day)
        (inside,) = record["relatedItems"]
        assert (inside["firstPage"], inside["lastPage"], inside["volume"], inside["issue"]) == (
            first,
            last,
            "12",
            "3–4",
        )
        page = texts[f"{name}.html"]
        assert f'content="{doi}"' in page
        assert f'<meta name="citation_firstpage" content="{first}">' in page
        assert f'<meta name="citation_publication_date" content="{day.replace("-", "/")}">' in page
        assert f'"datePublished": "{day}"' in page


@pytest.mark.parametrize("made", MADE)
def test_datacite_is_valid(made: Make, tmp_path: Path) -> None:
    schema = datacite_schema()
    records = [text for name, text in _texts(made(tmp_path)).items() if name.endswith(".datacite.json")]
    assert len(records) == 4
    for text in records:
        assert [fault.message for fault in schema.iter_errors(json.loads(text))] == []


@pytest.mark.parametrize(
    "isbns", [(("print", "978-3-16-148410-0"),), (("pdf", "9781566199094"), ("epub", "9783161484100"))]
)
def test_onix_is_valid(isbns: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    schema = onix_schema()
    for whole in (book(tmp_path), proceedings(tmp_path)):
        from lxml import etree

        text = _texts(replace(whole, isbns=isbns))["wolves-12-3.onix.xml"]
        assert schema.validate(etree.fromstring(text.encode())), schema.error_log
        assert _found(ET.fromstring(text), "FirstPageNumber") == ["iv", "1", "31"] * len(isbns)


@pytest.mark.parametrize("made", MADE)
def test_marc_is_read_by_pymarc(made: Make, tmp_path: Path) -> None:
    whole, first, second, third = marc_records(_texts(made(tmp_path))["wolves-12-3.marc.xml"])
    assert second["245"]["a"].startswith("100 % of Wölfe & {braces}: <tags>")
    assert second["100"]["a"] == "Lovelace, Ada & Byron"
    assert next(field["a"] for field in second.get_fields("700", "710")) == "贾, 樟柯"
    assert first["110"]["a"] == "The Editors"
    assert third["041"]["a"] == "ger"
    assert third["773"]["g"].endswith("p. 31-31")
    for record in (whole, first, second, third):
        assert len(record["008"].data) == 40
        assert len(str(record.leader)) == 24
        tags = [field.tag for field in record.fields if field.tag not in ("700", "710")]
        assert tags == sorted(tags)
        # MARC 21 Format for Bibliographic Data: what one digital record must have.
        assert {"001", "007", "008", "245", "264", "336", "337", "338"} <= set(tags)


def test_marc_has_the_patterns_of_its_schema(texts: dict[str, str]) -> None:
    """MARC21slim.xsd 1.2 (Library of Congress, 2009), which no registry carries: its patterns, and its order."""
    leader = r"[\d ]{5}[\dA-Za-z ][\dA-Za-z][\dA-Za-z ]{3}(2| )(2| )[\d ]{5}[\dA-Za-z ]{3}(4500|    )"
    for record in _root(texts, "marc"):
        kinds = [e.tag.rpartition("}")[2] for e in record]
        assert kinds == sorted(kinds, key=["leader", "controlfield", "datafield"].index)
        assert re.fullmatch(leader, record[0].text or "")
        for field in record.iter("{http://www.loc.gov/MARC21/slim}datafield"):
            assert re.fullmatch(r"[1-9]\d\d|0[1-9]\d", field.get("tag", ""))
            assert re.fullmatch(r"[\da-z ]{2}", field.get("ind1", "") + field.get("ind2", ""))
            assert len(field)
            assert all(re.fullmatch(r"[\da-z]", part.get("code", "")) and part.text for part in field)
