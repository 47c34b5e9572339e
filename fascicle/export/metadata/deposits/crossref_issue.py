"""Crossref's deposit of an issue, of proceedings or of a book with all that stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Author
from fascicle.export.metadata.deposits import crossref_parts as parts
from fascicle.export.metadata.deposits.crossref_citations import citation_list
from fascicle.export.metadata.deposits.crossref_limits import within_limits
from fascicle.export.metadata.deposits.needs import has_all, with_all
from fascicle.export.metadata.deposits.xml import Element, stated, xml
from fascicle.export.metadata.issue import ArticleRecord, Conference, IssueKind, IssueRecord, placed_work

REGISTRY = "Crossref"


def crossref_issue(issue: IssueRecord, problems: Collector) -> str | None:
    """The deposit (schema 5.5.0) of the issue and of each article that has a DOI and an address.

    None when it has no `deposit`, a journal no ISSN, or a value is longer than Crossref takes.
    """
    journal = issue.journal
    wanted: dict[str, object] = {"deposit": issue.deposit}
    if issue.kind is IssueKind.ISSUE:
        wanted |= {"journal": journal, "issn": journal and (journal.issn_online or journal.issn_print)}
    else:
        wanted |= {"title": issue.title, "publisher": issue.house}
    if not has_all(issue, wanted, REGISTRY, problems) or issue.deposit is None:
        return None
    needs = {n: {"doi": a.work.data.doi, "url": a.address} for n, a in enumerate(issue.articles)}
    articles = with_all(issue, needs, REGISTRY, problems)
    if not articles and not issue.doi:
        return None
    dois = [issue.doi, *(article.work.data.doi or "" for article in articles)]
    head = parts.head(issue.slug, dois, issue.deposit, issue.published)
    whole = _WHOLES[issue.kind](issue)
    fits = within_limits(xml("whole", head, whole), Span(issue.file), problems)
    for article in articles:
        made = _article(issue, article)
        fits = within_limits(made, article.span or Span(issue.file), problems) and fits
        whole.append(made)
    return parts.batch(head, xml("body", whole)) if fits else None


def _journal(issue: IssueRecord) -> Element:
    journal = issue.journal
    assert journal is not None  # noqa: S101 - for the type checker; the caller has looked
    return xml(
        "journal",
        xml(
            "journal_metadata",
            xml("full_title", journal.title),
            stated("abbrev_title", journal.abbreviation),
            *_issns(issue),
            parts.doi_data(journal.doi, journal.url) if journal.doi and journal.url else None,
            language=parts.language(journal.language),
        ),
        xml(
            "journal_issue",
            _editors(issue.editors),
            _titles(issue),
            *_dates(issue),
            xml("journal_volume", xml("volume", issue.volume)) if issue.volume else None,
            stated("issue", issue.number),
            _own_doi(issue),
        ),
    )


def _book(issue: IssueRecord) -> Element:
    about = [line for line in issue.description.split("\n\n") if line]
    series = _series(issue)
    metadata = xml(
        "book_metadata" if series is None else "book_series_metadata",
        series,
        _editors(issue.editors),
        _titles(issue),
        parts.abstract(about),
        stated("volume", issue.volume) if series is not None else None,
        stated("edition_number", issue.edition),
        *_dates(issue),
        *_isbns(issue, "monograph"),
        _publisher(issue),
        _own_doi(issue),
        language=parts.language(issue.tongue),
    )
    return xml("book", metadata, book_type="edited_book")


def _series(issue: IssueRecord) -> Element | None:
    """The series, where it has the ISSN without which Crossref knows none."""
    if not issue.journal or not issue.journal.issn:
        return None
    return xml("series_metadata", xml("titles", xml("title", issue.journal.title)), *_issns(issue))


def _proceedings(issue: IssueRecord) -> Element:
    series = _series(issue)
    metadata = xml(
        "proceedings_metadata" if series is None else "proceedings_series_metadata",
        series,
        xml("proceedings_title", issue.title),
        stated("volume", issue.volume) if series is not None else None,
        _publisher(issue),
        *_dates(issue),
        *_isbns(issue, "simple_series"),
        _own_doi(issue),
    )
    event = _event(issue.conference or Conference(name=issue.title))
    return xml("conference", _editors(issue.editors), event, metadata)


_WHOLES = {IssueKind.ISSUE: _journal, IssueKind.BOOK: _book, IssueKind.PROCEEDINGS: _proceedings}


def _event(conference: Conference) -> Element:
    days: dict[str, str] = {}
    for end, day in (("start", conference.begin), ("end", conference.end)):
        if day:
            days |= {
                f"{end}_day": f"{day.day:02}",
                f"{end}_month": f"{day.month:02}",
                f"{end}_year": f"{day.year:04}",
            }
    return xml(
        "event_metadata",
        xml("conference_name", conference.name),
        stated("conference_acronym", conference.acronym),
        stated("conference_location", conference.place),
        xml("conference_date", **days) if days else None,
    )


def _article(issue: IssueRecord, article: ArticleRecord) -> Element:
    work = placed_work(issue, article)
    tongue = parts.language(work.data.language)
    own = [parts.abstract(work.abstract)]
    others = [parts.abstract(other.paragraphs, other.language) for other in article.abstracts]
    title, authors = parts.titles(work.title, work.subtitle), parts.contributors(work)
    first = (title, authors) if issue.kind is IssueKind.ISSUE else (authors, title)
    made = xml(
        _TAGS[issue.kind],
        *first,
        *own,
        *others,
        parts.dated("publication_date", work.data.date or issue.published),
        parts.pages(article.first_page, article.last_page),
        *parts.programs(work),
        parts.doi_data(work.data.doi or "", article.address),
        citation_list(article.references),
        publication_type="full_text",
        language=tongue,
    )
    if issue.kind is IssueKind.BOOK:
        made.set("component_type", "chapter")
    return made


_TAGS = {
    IssueKind.ISSUE: "journal_article",
    IssueKind.BOOK: "content_item",
    IssueKind.PROCEEDINGS: "conference_paper",
}


def _editors(editors: tuple[Author, ...]) -> Element | None:
    return parts.people(editors, [()] * len(editors), "editor")


def _titles(issue: IssueRecord) -> Element | None:
    if not issue.title:
        return None
    return xml("titles", xml("title", issue.title), stated("subtitle", issue.subtitle))


def _dates(issue: IssueRecord) -> Iterator[Element]:
    yield parts.dated("publication_date", issue.published)
    if issue.printed:
        yield parts.dated("publication_date", issue.printed, "print")


def _issns(issue: IssueRecord) -> Iterator[Element]:
    if issue.journal and issue.journal.issn_online:
        yield xml("issn", issue.journal.issn_online, media_type="electronic")
    if issue.journal and issue.journal.issn_print:
        yield xml("issn", issue.journal.issn_print, media_type="print")


def _isbns(issue: IssueRecord, reason: str) -> Iterator[Element]:
    for carrier, number in issue.isbns:
        yield xml("isbn", number, media_type="print" if carrier == "print" else "electronic")
    if not issue.isbns:
        yield xml("noisbn", reason=reason)


def _publisher(issue: IssueRecord) -> Element:
    return xml("publisher", xml("publisher_name", issue.house), stated("publisher_place", issue.city))


def _own_doi(issue: IssueRecord) -> Element | None:
    return parts.doi_data(issue.doi, issue.url) if issue.doi and issue.url else None
