"""DOAJ's XML, by which a journal's articles enter the Directory of Open Access Journals."""

from __future__ import annotations

from fascicle.core.diagnostics import Collector
from fascicle.core.model import Author
from fascicle.export.metadata.deposits.languages import library_code
from fascicle.export.metadata.deposits.needs import has_all, with_all
from fascicle.export.metadata.deposits.xml import Element, document, stated, xml
from fascicle.export.metadata.issue import ArticleRecord, IssueKind, IssueRecord, placed_work
from fascicle.export.metadata.record import WorkRecord, affiliations
from fascicle.export.metadata.registration import ORCID

REGISTRY = "DOAJ"
_MOST_KEYWORDS = 6
"""DOAJ takes no more (its guide to XML, 2026)."""


def doaj(issue: IssueRecord, problems: Collector) -> str | None:
    """The articles (schema 1.3, elements in its order); None for what is no issue of a journal with an ISSN."""
    if issue.kind is not IssueKind.ISSUE or issue.journal is None:
        return None
    if not has_all(issue, {"issn": issue.journal.issn}, REGISTRY, problems):
        return None
    needs = {number: {"url": article.address} for number, article in enumerate(issue.articles)}
    records = [_record(issue, article) for article in with_all(issue, needs, REGISTRY, problems)]
    return document(xml("records", *records)) if records else None


def _record(issue: IssueRecord, article: ArticleRecord) -> Element:
    work, journal = placed_work(issue, article), issue.journal
    assert journal is not None  # noqa: S101 - for the type checker; the caller has looked
    data = work.data
    code = library_code(data.language)
    places = list(dict.fromkeys(name for author in data.authors for name, _ in affiliations(work, author)))
    return xml(
        "record",
        xml("language", code),
        stated("publisher", issue.house),
        xml("journalTitle", journal.title),
        stated("issn", journal.issn_print),
        stated("eissn", journal.issn_online),
        xml("publicationDate", (data.date or issue.published).isoformat()),
        stated("volume", issue.volume),
        stated("issue", issue.number),
        stated("startPage", article.first_page),
        stated("endPage", article.last_page),
        stated("doi", data.doi),
        xml("publisherRecordId", work.slug),
        stated("documentType", article.section),
        xml("title", work.plain.title, language=code),
        xml("authors", *(_author(work, author, places) for author in data.authors)),
        _institutions(places),
        *(
            xml("abstract", "\n\n".join(abstract.paragraphs), language=library_code(abstract.language))
            for abstract in article.all_abstracts
        ),
        xml("fullTextUrl", article.address, format="html"),
        _keywords(data.keywords, code),
    )


def _author(work: WorkRecord, author: Author, places: list[str]) -> Element:
    return xml(
        "author",
        xml("name", author.name),
        stated("email", author.email if author.corresponding else None),
        *(xml("affiliationId", str(places.index(name) + 1)) for name, _ in affiliations(work, author)),
        xml("orcid_id", ORCID + author.orcid) if author.orcid else None,
    )


def _institutions(places: list[str]) -> Element | None:
    if not places:
        return None
    named = (xml("affiliationName", name, affiliationId=str(n)) for n, name in enumerate(places, start=1))
    return xml("affiliationsList", *named)


def _keywords(keywords: tuple[str, ...], code: str) -> Element | None:
    chosen = list(dict.fromkeys(keywords))[:_MOST_KEYWORDS]
    return xml("keywords", *(xml("keyword", word) for word in chosen), language=code) if chosen else None
