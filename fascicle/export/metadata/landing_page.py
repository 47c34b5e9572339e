"""A landing page: what Google Scholar and search engines read of a work, and what people click on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urljoin

from fascicle.core import identifiers
from fascicle.document.locale.dates import long_date
from fascicle.document.locale.labels import labels
from fascicle.export.metadata.record import Markup, WorkRecord, affiliations, whole_title

_HTML = Markup(escape, ("<i>", "</i>"), ("<sup>", "</sup>"), ("<sub>", "</sub>"))
_STYLE = "body{max-width:42em;margin:3em auto;padding:0 1em;font-family:serif;line-height:1.5}"


def landing_page(work: WorkRecord) -> str:
    """A page of HTML 5 with Highwire's meta tags and schema.org's ScholarlyArticle."""
    head = [f"<meta name={_quoted(name)} content={_quoted(value)}>" for name, value in highwire(work)]
    # A `<` inside a script would end it when `/script` follows.
    linked = json.dumps(scholarly_article(work), ensure_ascii=False, indent=2).replace("<", r"\u003c")
    lines = [
        "<!DOCTYPE html>",
        f"<html lang={_quoted(work.data.language)}>",
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(work.plain.title)}</title>",
        *head,
        f'<script type="application/ld+json">\n{linked}\n</script>',
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *_body(work),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def pdf_name(work: WorkRecord) -> str:
    """The file that the page offers, beside it."""
    return f"{work.slug}.pdf"


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'


def highwire(work: WorkRecord) -> Iterator[tuple[str, str]]:
    """Highwire Press's tags, as Google Scholar's guidelines for webmasters list them."""
    data, journal = work.data, work.data.journal
    yield "citation_title", work.plain.title
    for author in data.authors:
        yield "citation_author", author.inverted
        for name, _ in affiliations(work, author):
            yield "citation_author_institution", name
        if author.orcid:
            yield "citation_author_orcid", f"https://orcid.org/{author.orcid}"
    if data.date:
        yield "citation_publication_date", data.date.strftime("%Y/%m/%d")
    if journal:
        yield "citation_journal_title", journal.title
        numbers = (
            ("citation_volume", journal.volume),
            ("citation_issue", journal.issue),
            ("citation_issn", journal.issn),
            ("citation_firstpage", work.plain.starting_page),
            ("citation_lastpage", work.plain.ending_page),
        )
        yield from ((name, value) for name, value in numbers if value)
    if data.publisher:
        yield "citation_publisher", data.publisher
    if data.doi:
        yield "citation_doi", data.doi
    yield "citation_language", data.language
    for keyword in data.keywords:
        yield "citation_keywords", keyword
    if data.url:
        # Only a whole address counts there; the PDF stands beside the page.
        yield "citation_pdf_url", urljoin(data.url, pdf_name(work))


def scholarly_article(work: WorkRecord) -> dict[str, Any]:
    """schema.org's ScholarlyArticle."""
    data, journal = work.data, work.data.journal
    record: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": work.plain.title,
        "author": [_person(work, number) for number in range(len(data.authors))],
        "datePublished": data.date.isoformat() if data.date else None,
        "inLanguage": data.language,
        "abstract": "\n\n".join(work.abstract),
        "keywords": list(data.keywords),
        "version": data.version,
        "publisher": {"@type": "Organization", "name": data.publisher} if data.publisher else None,
        "identifier": f"https://doi.org/{data.doi}" if data.doi else None,
        "url": data.url,
        "license": work.plain.license_url,
        "isPartOf": _issue(work) if journal else None,
        "pageStart": work.plain.starting_page,
        "pageEnd": work.plain.ending_page,
        "funder": [{"@type": "Organization", "name": grant.funder} for grant in data.funding],
    }
    return {key: value for key, value in record.items() if value}


def _person(work: WorkRecord, number: int) -> dict[str, Any]:
    author = work.data.authors[number]
    if author.literal:
        return {"@type": "Organization", "name": author.literal}
    record: dict[str, Any] = {"@type": "Person", "name": author.name, "familyName": author.family}
    record |= {"givenName": author.given} if author.given else {}
    record |= {"alternateName": author.native} if author.native else {}
    record |= {"@id": f"https://orcid.org/{author.orcid}"} if author.orcid else {}
    places = [
        {"@type": "Organization", "name": name, **({"@id": ror} if ror else {})}
        for name, ror in affiliations(work, author)
    ]
    return record | ({"affiliation": places} if places else {})


def _issue(work: WorkRecord) -> dict[str, Any]:
    """The issue in its volume in its journal, as far as each has a number."""
    journal = work.data.journal
    assert journal is not None  # noqa: S101 - for the type checker; the caller has looked
    part: dict[str, Any] = {"@type": "Periodical", "name": journal.title}
    part |= {"issn": journal.issn} if journal.issn else {}
    if journal.volume:
        part = {"@type": "PublicationVolume", "volumeNumber": journal.volume, "isPartOf": part}
    if journal.issue:
        part = {"@type": "PublicationIssue", "issueNumber": journal.issue, "isPartOf": part}
    return part


def _body(work: WorkRecord) -> Iterator[str]:
    data, words = work.data, labels(work.data.language)
    yield f"<h1>{whole_title(work, _HTML)}</h1>"
    yield f"<p>{escape(', '.join(' '.join(filter(None, (a.name, a.native))) for a in data.authors))}</p>"
    if data.date:
        yield f"<p>{escape(long_date(data.date, data.language))}</p>"
    if data.doi:
        address = escape(f"https://doi.org/{data.doi}")
        yield f'<p><a href="{address}">{address}</a></p>'
    yield f'<p><a href="{escape(pdf_name(work))}">PDF</a></p>'
    if work.abstract:
        yield f"<h2>{escape(words['abstract'])}</h2>"
        yield from (f"<p>{escape(paragraph)}</p>" for paragraph in work.abstract)
    if data.keywords:
        yield f"<p>{escape(words['keywords'])}: {escape(', '.join(data.keywords))}</p>"
    if data.license:
        name = escape(identifiers.license_name(data.license))
        link = escape(work.plain.license_url)
        yield f'<p><a rel="license" href="{link}">{name}</a></p>' if link else f"<p>{name}</p>"
