"""Simple Dublin Core of an article, as OAI-PMH asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.export.metadata.deposits.languages import library_code
from fascicle.export.metadata.deposits.xml import Element, stated, xml
from fascicle.export.metadata.issue import ArticleRecord, IssueRecord, placed_work

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"


def dublin_core(issue: IssueRecord, article: ArticleRecord) -> Element:
    """The 15 elements, each as often as there is something to say."""
    made = xml("oai_dc:dc", *_elements(issue, article))
    made.set("xmlns:oai_dc", OAI_DC)
    made.set("xmlns:dc", DC)
    return made


def _elements(issue: IssueRecord, article: ArticleRecord) -> Iterator[Element | None]:
    work = placed_work(issue, article)
    data = work.data
    yield xml("dc:title", work.plain.title, xml__lang=data.language)
    yield from (xml("dc:creator", author.inverted) for author in data.authors)
    yield from (xml("dc:subject", word) for word in dict.fromkeys(data.keywords))
    for abstract in article.all_abstracts:
        yield xml("dc:description", "\n\n".join(abstract.paragraphs), xml__lang=abstract.language)
    yield stated("dc:publisher", issue.house)
    yield from (xml("dc:contributor", grant.funder) for grant in data.funding)
    yield xml("dc:date", (data.date or issue.published).isoformat())
    yield xml("dc:type", "info:eu-repo/semantics/article")
    yield xml("dc:type", "info:eu-repo/semantics/publishedVersion")
    yield from (
        xml("dc:format", kind) for kind in dict.fromkeys(galley.media_type for galley in article.galleys)
    )
    yield stated("dc:identifier", article.address)
    yield xml("dc:identifier", f"https://doi.org/{data.doi}") if data.doi else None
    yield stated("dc:source", source(issue, article))
    yield xml("dc:language", library_code(data.language))
    yield stated("dc:rights", work.plain.license_url or data.license)


def source(issue: IssueRecord, article: ArticleRecord) -> str:
    """Where it stands, in one line: `Wolf Studies; 12(3), 2026; 17–30`."""
    name = issue.journal.title if issue.journal else issue.title
    number = issue.volume + (f"({issue.number})" if issue.number else "")
    when = ", ".join(part for part in (number, str(issue.published.year)) if part)
    pages = f"{article.first_page}–{article.last_page}" if article.last_page else article.first_page
    return "; ".join(part for part in (name, when, pages) if part)
