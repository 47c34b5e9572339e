"""PubMed's XML, in which publishers send the National Library of Medicine their citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fascicle.core.diagnostics import Collector
from fascicle.core.model import Author
from fascicle.export.metadata.deposits.languages import primary
from fascicle.export.metadata.deposits.needs import has_all
from fascicle.export.metadata.deposits.xml import FACES, Element, document, marked, stated, xml
from fascicle.export.metadata.issue import Abstract, ArticleRecord, IssueKind, IssueRecord, placed_work
from fascicle.export.metadata.record import WorkRecord, affiliations, whole_title
from fascicle.export.metadata.registration import ORCID

DOCTYPE = '<!DOCTYPE ArticleSet PUBLIC "-//NLM//DTD PubMed 2.8//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/in/PubMed.dtd">'
_MIXED = ("ArticleTitle", "VernacularTitle")


def pubmed(issue: IssueRecord, problems: Collector) -> str | None:
    """The articles, elements in the order of NLM's “PubMed XML Tagged Format” (DTD 2.8).

    None for what is no issue of a journal.
    """
    journal = issue.journal
    if issue.kind is not IssueKind.ISSUE or journal is None:
        return None
    wanted = {"issn": journal.issn, "publisher": issue.house}
    if not issue.articles or not has_all(issue, wanted, "PubMed", problems):
        return None
    articles = (_article(issue, article) for article in issue.articles)
    return document(xml("ArticleSet", *articles), DOCTYPE, _MIXED)


def _article(issue: IssueRecord, article: ArticleRecord) -> Element:
    work = placed_work(issue, article)
    data = work.data
    tongue = primary(data.language)
    # Titles in other languages than English stand apart; NLM translates them.
    title = "ArticleTitle" if tongue == "en" else "VernacularTitle"
    return xml(
        "Article",
        _journal(issue, work),
        marked(title, whole_title(work, FACES)),
        stated("FirstPage", article.first_page),
        stated("LastPage", article.last_page),
        stated("ELocationID", data.doi, EIdType="doi", ValidYN="Y"),
        xml("Language", tongue.upper()),
        xml("AuthorList", *(_author(work, author) for author in data.authors)),
        xml("PublicationType", "Journal Article"),
        xml(
            "ArticleIdList",
            xml("ArticleId", work.slug, IdType="pii"),
            stated("ArticleId", data.doi, IdType="doi"),
        ),
        *_abstracts(article, tongue),
        stated("CopyrightInformation", work.plain.rights),
        _objects(work),
        _references(article),
    )


def _journal(issue: IssueRecord, work: WorkRecord) -> Element:
    journal = issue.journal
    assert journal is not None  # noqa: S101 - for the type checker; the caller has looked
    day = work.data.date or issue.published
    return xml(
        "Journal",
        xml("PublisherName", issue.house),
        xml("JournalTitle", journal.abbreviation or journal.title),
        xml("Issn", journal.issn),
        stated("Volume", issue.volume),
        stated("Issue", issue.number),
        _date(issue.printed, "ppublish") if issue.printed else _date(day, "epublish"),
    )


def _date(day: date, status: str) -> Element:
    parts = (xml("Year", f"{day.year:04}"), xml("Month", f"{day.month:02}"), xml("Day", f"{day.day:02}"))
    return xml("PubDate", *parts, PubStatus=status)


def _author(work: WorkRecord, author: Author) -> Element:
    if author.literal:
        return xml("Author", xml("CollectiveName", author.literal))
    first = xml("FirstName", author.given) if author.given else xml("FirstName", EmptyYN="Y")
    places = [name for name, _ in affiliations(work, author)]
    stands = (
        [xml("Affiliation", places[0])]
        if len(places) == 1
        else [xml("AffiliationInfo", xml("Affiliation", place)) for place in places]
    )
    orcid = xml("Identifier", ORCID + author.orcid, Source="ORCID") if author.orcid else None
    return xml("Author", first, xml("LastName", author.family), *stands, orcid)


def _abstracts(article: ArticleRecord, tongue: str) -> Iterator[Element]:
    """The English abstract is `Abstract`; the others follow with their languages."""
    english = [a for a in article.all_abstracts if primary(a.language) == "en"]
    for abstract in english[:1]:
        yield xml("Abstract", _text(abstract))
    for abstract in article.all_abstracts:
        if abstract not in english[:1]:
            yield xml("OtherAbstract", _text(abstract), Language=primary(abstract.language))


def _text(abstract: Abstract) -> str:
    return " ".join(abstract.paragraphs)


def _objects(work: WorkRecord) -> Element | None:
    """Keywords and grants."""
    words = [
        xml("Object", xml("Param", word, Name="value"), Type="keyword")
        for word in dict.fromkeys(work.data.keywords)
    ]
    grants = [
        xml(
            "Object",
            stated("Param", grant.award, Name="id"),
            xml("Param", grant.funder, Name="grantor"),
            Type="grant",
        )
        for grant in work.data.funding
    ]
    return xml("ObjectList", *words, *grants) if words or grants else None


def _references(article: ArticleRecord) -> Element | None:
    if not article.references:
        return None
    return xml(
        "ReferenceList",
        *(xml("Reference", xml("Citation", reference.text)) for reference in article.references),
    )
