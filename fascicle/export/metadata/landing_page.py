"""A landing page: what Google Scholar and search engines read of a work, and what people click on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urljoin

from fascicle.core import identifiers
from fascicle.document.locale.dates import long_date
from fascicle.document.locale.labels import labels
from fascicle.export.metadata.record import Markup, WorkRecord, affiliations, whole_title
from fascicle.pdf.metadata import NOT_XML

_HTML = Markup(escape, ("<i>", "</i>"), ("<sup>", "</sup>"), ("<sub>", "</sub>"))
_FULL_TEXTS = {"application/pdf": "citation_pdf_url", "text/html": "citation_fulltext_html_url"}
_STYLE = "body{max-width:42em;margin:3em auto;padding:0 1em;font-family:serif;line-height:1.5}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What an issue adds to the page of one of its articles."""

    galleys: tuple[tuple[str, str, str], ...] = ()
    """Label, address and media type of each file that readers are offered."""
    abstracts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Abstracts in other languages, each with its language and its paragraphs."""
    part_of: Mapping[str, Any] = field(default_factory=dict)
    """schema.org's description of the issue."""
    references: tuple[str, ...] = ()
    """The works cited, as plain text."""


def landing_page(work: WorkRecord, placed: Placed | None = None) -> str:
    """A page of HTML 5 with Highwire's meta tags and schema.org's ScholarlyArticle."""
    record = scholarly_article(work)
    if placed and placed.part_of:
        record["isPartOf"] = placed.part_of
    tags = highwire(work, placed)
    return framed(work.plain.title, work.data.language, tags, record, _body(work, placed))


def framed(
    title: str, language: str, tags: Iterable[tuple[str, str]], record: Mapping[str, Any], body: Iterable[str]
) -> str:
    """A whole page: its title, meta tags, a record of schema.org, and what people see."""
    head = [f"<meta name={_quoted(name)} content={_quoted(value)}>" for name, value in tags]
    # A `<` inside a script would end it when `/script` follows.
    linked = json.dumps(record, ensure_ascii=False, indent=2).replace("<", r"\u003c")
    lines = [
        "<!DOCTYPE html>",
        f"<html lang={_quoted(language)}>",
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        *head,
        f'<script type="application/ld+json">\n{linked}\n</script>',
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    ]
    return NOT_XML.sub(" ", "\n".join(lines)) + "\n"


def pdf_name(work: WorkRecord) -> str:
    """The file that the page offers, beside it."""
    return f"{work.slug}.pdf"


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'


def highwire(work: WorkRecord, placed: Placed | None = None) -> Iterator[tuple[str, str]]:
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
        yield "citation_inbook_title" if journal.book else "citation_journal_title", journal.title
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
    yield from _full_texts(work, placed)


def _full_texts(work: WorkRecord, placed: Placed | None) -> Iterator[tuple[str, str]]:
    """Where the text is read, and what it cites. Only a whole address counts there; files stand beside the page."""
    url = work.data.url
    if placed is None:
        if url:
            yield "citation_pdf_url", urljoin(url, pdf_name(work))
        return
    for _, place, kind in placed.galleys:
        if kind in _FULL_TEXTS and url:
            yield _FULL_TEXTS[kind], urljoin(url, place)
    yield from (("citation_reference", reference) for reference in placed.references)


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


def _body(work: WorkRecord, placed: Placed | None) -> Iterator[str]:
    data, words = work.data, labels(work.data.language)
    yield f"<h1>{whole_title(work, _HTML)}</h1>"
    yield f"<p>{escape(', '.join(' '.join(filter(None, (a.name, a.native))) for a in data.authors))}</p>"
    if data.date:
        yield f"<p>{escape(long_date(data.date, data.language))}</p>"
    if data.doi:
        address = escape(f"https://doi.org/{data.doi}")
        yield f'<p><a href="{address}">{address}</a></p>'
    galleys = placed.galleys if placed else (("PDF", pdf_name(work), ""),)
    for label, place, _ in galleys:
        yield f'<p><a href="{escape(place)}">{escape(label)}</a></p>'
    if work.abstract:
        yield f"<h2>{escape(words['abstract'])}</h2>"
        yield from (f"<p>{escape(paragraph)}</p>" for paragraph in work.abstract)
    for language, paragraphs in placed.abstracts if placed else ():
        yield from (f"<p lang={_quoted(language)}>{escape(paragraph)}</p>" for paragraph in paragraphs)
    if data.keywords:
        yield f"<p>{escape(words['keywords'])}: {escape(', '.join(data.keywords))}</p>"
    if data.license:
        name = escape(identifiers.license_name(data.license))
        link = escape(work.plain.license_url)
        yield f'<p><a rel="license" href="{link}">{name}</a></p>' if link else f"<p>{name}</p>"
