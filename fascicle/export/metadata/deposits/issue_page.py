"""Landing pages: of an issue, with its articles, and of each article in its place."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from fascicle.document.locale.dates import long_date
from fascicle.export.metadata.deposits.rss import issue_name
from fascicle.export.metadata.deposits.xml import FACES
from fascicle.export.metadata.issue import ArticleRecord, Galley, IssueKind, IssueRecord, placed_work, stems
from fascicle.export.metadata.landing_page import Placed, framed, landing_page, scholarly_article
from fascicle.export.metadata.record import whole_title

_TYPES = {IssueKind.ISSUE: "PublicationIssue", IssueKind.BOOK: "Book", IssueKind.PROCEEDINGS: "Book"}
"""schema.org's types."""


def issue_page(issue: IssueRecord) -> str:
    """A page of HTML 5 that lists the articles, with schema.org's description of the issue."""
    tags = [("citation_publication_date", f"{issue.published:%Y/%m/%d}"), ("citation_language", issue.tongue)]
    tags += [("citation_doi", issue.doi)] if issue.doi else []
    return framed(issue_name(issue), issue.tongue, tags, described(issue), _body(issue))


def article_page(issue: IssueRecord, article: ArticleRecord) -> str:
    """The landing page of an article: the same as of one that stands alone, with its galleys and its issue."""
    placed = Placed(
        galleys=tuple((galley.label, address(galley), galley.media_type) for galley in article.galleys),
        abstracts=tuple((other.language, other.paragraphs) for other in article.abstracts),
        part_of=_identity(issue),
        references=tuple(reference.text for reference in article.references),
    )
    return landing_page(placed_work(issue, article), placed)


def address(galley: Galley) -> str:
    """Where the page finds the file: at its address, or else beside itself."""
    return galley.url or quote(galley.path.name)


def described(issue: IssueRecord) -> dict[str, Any]:
    """schema.org's description of the issue, in its volume, in its journal."""
    record = {
        "@context": "https://schema.org",
        **_identity(issue),
        "datePublished": issue.published.isoformat(),
        "inLanguage": issue.tongue,
        "description": issue.description,
        "editor": [_person(author.name, author.literal, author.orcid) for author in issue.editors],
        "publisher": {"@type": "Organization", "name": issue.house} if issue.house else None,
        "numberOfPages": issue.pages,
        "hasPart": [_part(issue, article) for article in issue.articles],
    }
    return {key: value for key, value in record.items() if value}


def _person(name: str, literal: str | None, orcid: str | None) -> dict[str, str]:
    record = {"@type": "Organization" if literal else "Person", "name": name}
    return record | ({"@id": f"https://orcid.org/{orcid}"} if orcid else {})


def _identity(issue: IssueRecord) -> dict[str, Any]:
    journal = issue.journal
    periodical: dict[str, Any] = {}
    if journal:
        issns = [issn for issn in (journal.issn_online, journal.issn_print) if issn]
        periodical = {"@type": "Periodical", "name": journal.title, "issn": issns, "url": journal.url}
    volume = {"@type": "PublicationVolume", "volumeNumber": issue.volume, "isPartOf": _stated(periodical)}
    record = {
        "@type": _TYPES[issue.kind],
        "name": issue_name(issue),
        "issueNumber": issue.number if issue.kind is IssueKind.ISSUE else "",
        "isbn": [isbn for _, isbn in issue.isbns],
        "identifier": f"https://doi.org/{issue.doi}" if issue.doi else "",
        "url": issue.url,
        "isPartOf": _stated(volume) if issue.volume and journal else _stated(periodical),
    }
    return _stated(record)


def _stated(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}


def _part(issue: IssueRecord, article: ArticleRecord) -> dict[str, Any]:
    whole = scholarly_article(placed_work(issue, article))
    kept = ("@type", "headline", "author", "identifier", "url", "pageStart", "pageEnd", "inLanguage")
    return {key: whole[key] for key in kept if key in whole}


def _body(issue: IssueRecord) -> Iterator[str]:
    yield f"<h1>{escape(issue_name(issue))}</h1>"
    if issue.editors:
        yield f"<p>{escape(', '.join(' '.join(filter(None, (a.name, a.native))) for a in issue.editors))}</p>"
    yield f"<p>{escape(long_date(issue.published, issue.tongue))}</p>"
    if issue.doi:
        link = escape(f"https://doi.org/{issue.doi}")
        yield f'<p><a href="{link}">{link}</a></p>'
    for galley in issue.galleys:
        yield f'<p><a href="{escape(address(galley))}">{escape(galley.label)}</a></p>'
    yield from (f"<p>{escape(line)}</p>" for line in issue.description.split("\n\n") if line)
    listed = list(zip(stems(issue), issue.articles, strict=True))
    for section in issue.sections:
        if section:
            yield f"<h2>{escape(section)}</h2>"
        yield "<ol>"
        yield from (_entry(issue, stem, article) for stem, article in listed if article.section == section)
        yield "</ol>"


def _entry(issue: IssueRecord, stem: str, article: ArticleRecord) -> str:
    work = placed_work(issue, article)
    authors = escape(", ".join(author.name for author in work.data.authors))
    pages = f"{article.first_page}–{article.last_page}" if article.last_page else article.first_page
    title = whole_title(work, FACES)
    tongue = escape(work.data.language)
    return (
        f'<li><p>{authors}<br><a href="{escape(stem)}.html" lang="{tongue}">{title}</a>'
        f"{f'<br>{escape(pages)}' if pages else ''}</p></li>"
    )
