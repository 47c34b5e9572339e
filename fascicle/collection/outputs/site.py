"""Pages of HTML about a collection: its contents for readers, its state for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Ready

from fascicle.collection.article_facts import Facts
from fascicle.collection.pagination import PageRange
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.collection.whole_pdf.as_publication import publisher_of, title_of
from fascicle.collection.whole_pdf.template_values import numbers_line
from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostics import Collector
from fascicle.core.text.titles import title_separator
from fascicle.document.document import plain_text
from fascicle.document.locale.dates import long_date
from fascicle.document.locale.direction import direction
from fascicle.document.locale.labels import labels
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_inlines
from fascicle.export.metadata.record import Markup, written

_HTML = Markup(escape, ("<i>", "</i>"), ("<sup>", "</sup>"), ("<sub>", "</sub>"))
Links = Mapping[str, Mapping[str, str]]
"""Where each article is read: by its key, then by what it is read in."""


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(builtin_folder() / "issue")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def page(name: str, seen: Mapping[str, Any]) -> str:
    """A page of the templates in `templates/issue/`, filled in; plain texts are escaped."""
    return _environment().get_template(name).render(seen)


def contents_page(
    collection: Collection, facts: Mapping[str, Facts], pages: Mapping[str, PageRange], links: Links
) -> str:
    """The contents of an issue, each title leading to its article."""
    data = collection.data
    groups = []
    for number in dict.fromkeys(article.group for article in collection.articles):
        members = [one for one in collection.articles if one.group == number]
        title = data.groups[number].title if number is not None else None
        articles = [
            _article(one, facts[one.key], pages.get(one.key), links.get(one.key, {})) for one in members
        ]
        groups.append({"title": in_html(title, data.language) if title else "", "articles": articles})
    seen = {
        "language": data.language,
        "direction": direction(data.language),
        "words": labels(data.language),
        "title": plain_text(title_of(data)),
        "name": data.journal.title if data.journal else "",
        "numbers": numbers_line(collection),
        "theme": in_html(data.title, data.language) if data.title else "",
        "date": long_date(data.date, data.language) if data.date else "",
        "doi": data.doi or "",
        "publisher": publisher_of(data) or "",
        "issn": (data.journal.number or "") if data.journal else "",
        "groups": groups,
        "linked": _linked(collection, facts, pages),
    }
    return page("contents.html", seen)


def _article(
    article: Listed, facts: Facts, pages: PageRange | None, links: Mapping[str, str]
) -> dict[str, Any]:
    data = facts.data
    title = in_html(data.title, data.language)
    if data.subtitle:
        separator = title_separator(plain_text(data.title), labels(data.language)["colon"])
        title += separator + in_html(data.subtitle, data.language)
    return {
        "title": title,
        "language": data.language,
        "direction": direction(data.language),
        "authors": [author.name for author in data.authors],
        "pages": page_range(pages),
        "doi": article.entry.doi or data.doi or "",
        "links": dict(links),
    }


def in_html(text: str, language: str) -> Ready:
    """A title with its italics."""
    tree = parse_inlines(
        text, Origin("", 1, 1), ParseOptions(language=language, raw_latex=False), Collector()
    )
    return Ready(written(tree, _HTML))  # noqa: S704 - escaped by `_HTML`


def page_range(pages: PageRange | None) -> str:
    """`17–24`; one number for one page."""
    if pages is None:
        return ""
    return f"{pages.first}–{pages.last}" if pages.last > pages.first else str(pages.first)


def _linked(collection: Collection, facts: Mapping[str, Facts], pages: Mapping[str, PageRange]) -> Ready:
    """schema.org's record of the issue and its articles. A `<` inside a script would end it when `/script` follows."""
    data, journal = collection.data, collection.data.journal
    parts = []
    for article in collection.articles:
        own, numbers = facts[article.key].data, pages.get(article.key)
        doi = article.entry.doi or own.doi
        part = {
            "@type": "ScholarlyArticle",
            "headline": plain_text(own.title),
            "author": [{"@type": "Person", "name": author.name} for author in own.authors],
            "pageStart": str(numbers.first) if numbers else None,
            "pageEnd": str(numbers.last) if numbers else None,
            "identifier": f"https://doi.org/{doi}" if doi else None,
        }
        parts.append({key: value for key, value in part.items() if value})
    record = {
        "@context": "https://schema.org",
        "@type": "PublicationIssue" if journal else "Book",
        "name": plain_text(data.title) if data.title else None,
        "issueNumber": data.number,
        "datePublished": data.date.isoformat() if data.date else None,
        "identifier": f"https://doi.org/{data.doi}" if data.doi else None,
        "isPartOf": _periodical(collection),
        "hasPart": parts,
    }
    text = json.dumps({key: value for key, value in record.items() if value}, ensure_ascii=False, indent=1)
    return Ready(text.replace("<", r"\u003c").replace("&", r"\u0026"))  # noqa: S704 - escaped just here


def _periodical(collection: Collection) -> dict[str, Any] | None:
    data, journal = collection.data, collection.data.journal
    if journal is None:
        return None
    periodical: dict[str, Any] = {"@type": "Periodical", "name": journal.title}
    if journal.number:
        periodical["issn"] = journal.number
    if not data.volume:
        return periodical
    return {"@type": "PublicationVolume", "volumeNumber": data.volume, "isPartOf": periodical}
