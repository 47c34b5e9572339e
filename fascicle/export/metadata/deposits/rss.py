"""RSS 2.0 of an issue's articles, with Dublin Core and PRISM, for readers and services that follow a journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.deposits.dublin_core import DC
from fascicle.export.metadata.deposits.needs import has_all
from fascicle.export.metadata.deposits.xml import Element, document, stated, xml
from fascicle.export.metadata.issue import ArticleRecord, IssueRecord, placed_work

_PRISM = "http://prismstandard.org/namespaces/basic/2.0/"


def rss(issue: IssueRecord, problems: Collector) -> str | None:
    """The feed, after the “RSS 2.0 Specification” (2009); None where the issue has no address."""
    address = issue.url or (issue.journal.url if issue.journal else "")
    if not has_all(issue, {"url": address}, "RSS", problems):
        return None
    name = issue_name(issue)
    channel = xml(
        "channel",
        xml("title", name),
        xml("link", address),
        xml("description", " ".join(issue.description.split()) or name),
        xml("language", issue.tongue.lower()),
        xml("pubDate", _moment(issue.published)),
        *(_item(issue, article) for article in issue.articles),
    )
    root = xml("rss", channel, version="2.0")
    root.set("xmlns:dc", DC)
    root.set("xmlns:prism", _PRISM)
    return document(root)


def issue_name(issue: IssueRecord) -> str:
    """What it is called in one line: `Wolf Studies 12(3): Foxes`."""
    number = issue.volume + (f"({issue.number})" if issue.number else "")
    whole = " ".join(part for part in (issue.journal.title if issue.journal else "", number) if part)
    title = f"{issue.title}: {issue.subtitle}" if issue.subtitle else issue.title
    return f"{whole}: {title}" if whole and title else whole or title or issue.slug


def _item(issue: IssueRecord, article: ArticleRecord) -> Element:
    work = placed_work(issue, article)
    address = article.address or work.address
    guid = f"https://doi.org/{work.data.doi}" if work.data.doi else address
    return xml(
        "item",
        xml("title", work.plain.title),
        stated("link", address),
        stated("description", " ".join(work.abstract)),
        xml("guid", guid or f"{issue.slug}/{work.slug}", isPermaLink="true" if guid else "false"),
        xml("pubDate", _moment(work.data.date or issue.published)),
        stated("category", article.section),
        *(xml("dc:creator", author.name) for author in work.data.authors),
        *_prism(issue, article, work.data.doi),
    )


def _prism(issue: IssueRecord, article: ArticleRecord, doi: str | None) -> Iterator[Element | None]:
    journal = issue.journal
    yield stated("prism:publicationName", journal.title if journal else "")
    yield stated("prism:issn", journal.issn_print if journal else "")
    yield stated("prism:eIssn", journal.issn_online if journal else "")
    yield stated("prism:volume", issue.volume)
    yield stated("prism:number", issue.number)
    yield stated("prism:startingPage", article.first_page)
    yield stated("prism:endingPage", article.last_page)
    yield stated("prism:doi", doi)


def _moment(day: date) -> str:
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)
