"""OJS, DOAJ, PubMed and OAI-PMH, whose schemas no registry carries: their rules, each with its source."""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.deposits.doaj import doaj
from fascicle.export.metadata.deposits.issue_page import article_page, issue_page
from fascicle.export.metadata.deposits.oai import oai
from fascicle.export.metadata.deposits.ojs.native import locale, ojs
from fascicle.export.metadata.deposits.pubmed import pubmed
from fascicle.export.metadata.deposits.rss import rss
from fascicle.export.metadata.issue import IssueRecord
from tests.support.issue_records import issue

PKP = "{http://pkp.sfu.ca}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> IssueRecord:
    return issue(tmp_path_factory.mktemp("issue"))


def _in_order(element: ET.Element, order: str) -> None:
    """The children come in this order, and there are no others."""
    names, known = [child.tag.rpartition("}")[2] for child in element], order.split()
    assert set(names) <= set(known)
    assert names == sorted(names, key=known.index)


def test_ojs_has_the_order_of_its_schema(whole: IssueRecord) -> None:
    """native.xsd and pkp-native.xsd of OJS stable-3_5_0, August 2026; the whole file passes them."""
    root = ET.fromstring(ojs(whole) or "")
    _in_order(
        root,
        "id description issue_identification date_published last_modified sections covers issue_galleys articles",
    )
    articles = root.findall(f"{PKP}articles/{PKP}article")
    assert [article.get("stage") for article in articles] == ["production"] * 3
    for article in articles:
        _in_order(article, "id submission_file publication")
        publication = article.find(f"{PKP}publication")
        assert publication is not None
        _in_order(
            publication,
            "id title subtitle abstract licenseUrl copyrightHolder copyrightYear keywords agencies authors article_galley"
            " citations issue_identification pages",
        )
        for author in publication.iter(f"{PKP}author"):
            assert {"seq", "id", "user_group_ref"} <= set(author.keys())
            # Affiliations with and without ROR may mix; the rest has its order.
            places = {f"{PKP}affiliation", f"{PKP}rorAffiliation"}
            assert [e.tag for e in author if e.tag not in places][
                -2 if author.find(f"{PKP}orcid") is not None else -1
            ] == (f"{PKP}email")


def test_ojs_numbers_lead_to_what_they_name(whole: IssueRecord) -> None:
    root = ET.fromstring(ojs(whole) or "")
    sections = [section.get("ref") for section in root.iter(f"{PKP}section")]
    assert [p.get("section_ref") for p in root.iter(f"{PKP}publication")] == [
        sections[0],
        sections[1],
        sections[1],
    ]
    files = [file.get("id") for file in root.iter(f"{PKP}submission_file")]
    assert files == ["1", "2", "3"]
    assert [galley.get("id") for galley in root.iter(f"{PKP}submission_file_ref")] == files
    for publication in root.iter(f"{PKP}publication"):
        contact = publication.get("primary_contact_id")
        (chosen,) = [a for a in publication.iter(f"{PKP}author") if a.get("primary_contact") == "true"]
        assert chosen.get("id") == contact


def test_ojs_holds_the_galleys_or_names_them(whole: IssueRecord) -> None:
    pdf = whole.articles[1].galleys[0].path
    root = ET.fromstring(ojs(whole) or "")
    held = root.find(f".//{PKP}submission_file/{PKP}file/{PKP}embed")
    assert held is not None
    assert base64.b64decode(held.text or "") == pdf.read_bytes()
    linked = ET.fromstring(ojs(whole, linked=True) or "")
    named = linked.find(f".//{PKP}submission_file/{PKP}file")
    assert named is not None
    assert named.get("filesize") == str(pdf.stat().st_size)
    assert named[0].attrib == {"src": "one.pdf", "mime_type": "application/pdf"}


def test_ojs_titles_are_html_and_a_volume_of_letters_goes_to_the_number(whole: IssueRecord) -> None:
    root = ET.fromstring(ojs(replace(whole, volume="XII")) or "")
    assert [t.text for t in root.iter(f"{PKP}title")][3] == "Wolves at the <i>Door</i>"
    identification = root.find(f"{PKP}issue_identification")
    assert identification is not None
    assert identification.find(f"{PKP}volume") is None
    assert identification.findtext(f"{PKP}number") == "XII/3–4"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("fr", "fr_FR"),
        ("fr-CA", "fr_CA"),
        ("pt-BR", "pt_BR"),
        ("zh-Hant-TW", "zh_Hant"),
    ],
)
def test_ojs_names_locales_in_its_own_way(tag: str, name: str) -> None:
    assert locale(tag) == name


def test_doaj_has_the_order_of_its_schema(whole: IssueRecord) -> None:
    """doajArticles.xsd 1.3 of DOAJ's repository, August 2026; the whole file passes it."""
    root = ET.fromstring(doaj(whole, Collector()) or "")
    for record in root:
        _in_order(
            record,
            "language publisher journalTitle issn eissn publicationDate volume issue startPage endPage doi"
            " publisherRecordId documentType title authors affiliationsList abstract fullTextUrl keywords",
        )
        assert re.fullmatch(r"https?://.+", record.findtext("fullTextUrl", ""))
        for author in record.iter("author"):
            _in_order(author, "name email affiliationId orcid_id")
        known = [e.get("affiliationId") for e in record.iter("affiliationName")]
        assert {e.text for e in record.iter("affiliationId")} <= set(known)
    assert [record.findtext("language") for record in root] == ["eng", "eng", "ger"]
    assert [e.get("language") for e in root[1].findall("abstract")] == ["eng", "fre"]


def test_doaj_takes_no_more_than_six_keywords(whole: IssueRecord) -> None:
    article = whole.articles[2]
    many = article.work.data.model_copy(update={"keywords": tuple(f"word {n}" for n in range(9))})
    changed = replace(article, work=replace(article.work, data=many))
    root = ET.fromstring(doaj(replace(whole, articles=(changed,)), Collector()) or "")
    assert len(list(root.iter("keyword"))) == 6


def test_pubmed_has_the_order_of_its_tags(whole: IssueRecord) -> None:
    """“PubMed XML Tagged Format”, National Library of Medicine, DTD 2.8: order, and what is required."""
    text = pubmed(whole, Collector()) or ""
    assert text.splitlines()[1].startswith('<!DOCTYPE ArticleSet PUBLIC "-//NLM//DTD PubMed 2.8//EN"')
    root = ET.fromstring(text)
    assert root.tag == "ArticleSet"
    for article in root:
        _in_order(
            article,
            "Journal ArticleTitle VernacularTitle FirstPage LastPage ELocationID Language AuthorList PublicationType"
            " ArticleIdList Abstract OtherAbstract CopyrightInformation ObjectList ReferenceList",
        )
        journal = article[0]
        _in_order(journal, "PublisherName JournalTitle Issn Volume Issue PubDate")
        assert len(journal) == 6
        for author in article.iter("Author"):
            _in_order(author, "FirstName LastName CollectiveName Affiliation AffiliationInfo Identifier")
            assert author.find("CollectiveName") is not None or author.find("LastName") is not None
    assert [article[1].tag for article in root] == ["ArticleTitle", "ArticleTitle", "VernacularTitle"]
    assert [e.text for e in root.iter("Language")] == ["EN", "EN", "DE"]
    assert root[2].find("Abstract") is None
    assert [e.get("Language") for e in root.iter("OtherAbstract")] == ["fr", "de"]


def test_oai_is_a_static_repository(whole: IssueRecord) -> None:
    """“Specification for an OAI Static Repository”, 2004-04-23, section 2."""
    root = ET.fromstring(oai(whole, Collector()) or "")
    _in_order(root, "Identify ListMetadataFormats ListRecords")
    _in_order(
        root[0],
        "repositoryName baseURL protocolVersion adminEmail earliestDatestamp deletedRecord granularity",
    )
    assert len(root[0]) == 7
    assert root[2].get("metadataPrefix") == "oai_dc"
    names = "title creator subject description publisher contributor date type format identifier source language rights"
    for record in root[2]:
        _in_order(record, "header metadata")
        assert re.fullmatch(r"oai:[a-zA-Z][\w.-]*:[\w./!~*'()-]+", record[0][0].text or "")
        assert {e.tag.rpartition("}")[2] for e in record[1][0]} <= set(names.split())
        assert {e.tag.rpartition("}")[0] for e in record[1][0]} == {"{http://purl.org/dc/elements/1.1/"}


def test_rss_items_have_permanent_addresses(whole: IssueRecord) -> None:
    root = ET.fromstring(rss(whole, Collector()) or "")
    assert [(e.text, e.get("isPermaLink")) for e in root.iter("guid")][2] == (
        "https://doi.org/10.5555/fuechse.2",
        "true",
    )
    assert root.findtext("channel/pubDate") == "Mon, 23 Nov 2026 00:00:00 GMT"


class _Tags(HTMLParser):
    """Elements that are open, addresses that lead somewhere, and the script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.script = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.script += data


def test_the_page_of_the_issue_leads_to_its_articles(whole: IssueRecord) -> None:
    page = _Tags(issue_page(whole))
    assert page.open == []
    assert page.links == [
        "https://doi.org/10.5555/wolves.12.3", "one.pdf", "wolves-at-the-door.html", "wolves.html", "fuechse.html",
    ]  # fmt: skip
    record = json.loads(page.script)
    assert record["@type"] == "PublicationIssue"
    assert record["isPartOf"]["isPartOf"]["issn"] == ["2049-3630", "0378-5955"]
    assert [part["pageStart"] for part in record["hasPart"]] == ["iv", "1", "31"]


def test_the_page_of_an_article_offers_its_galleys_and_names_its_issue(whole: IssueRecord) -> None:
    text = article_page(whole, whole.articles[1])
    page = _Tags(text)
    assert page.open == []
    assert {"one.pdf", "https://example.org/wolves/one.html"} <= set(page.links)
    assert '<meta name="citation_pdf_url" content="https://example.org/wolves/one.pdf">' in text
    assert '<meta name="citation_fulltext_html_url" content="https://example.org/wolves/one.html">' in text
    assert text.count('<meta name="citation_reference"') == 4
    assert '<p lang="fr">Résumé &amp; &lt;plus&gt;.</p>' in text
    assert json.loads(page.script)["isPartOf"]["identifier"] == "https://doi.org/10.5555/wolves.12.3"


def test_a_file_with_odd_characters_is_linked(whole: IssueRecord, tmp_path: Path) -> None:
    odd = tmp_path / "Über & #1 “x”.pdf"
    odd.write_bytes(b"%PDF")
    galley = replace(whole.articles[1].galleys[0], path=odd)
    text = article_page(whole, replace(whole.articles[1], galleys=(galley,)))
    assert "%C3%9Cber%20%26%20%231%20%E2%80%9Cx%E2%80%9D.pdf" in text
