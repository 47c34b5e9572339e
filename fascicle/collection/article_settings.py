"""What a collection hands to each of its articles: journal, numbers, pages, DOI, page size, the shared options."""

from __future__ import annotations

from typing import Any

from fascicle.collection.pagination import PageRange
from fascicle.collection.settings.model import Kind
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import Author, PublicationData
from fascicle.document.document import plain_text
from fascicle.project.sources import Sources
from fascicle.project.templates import load_template

PRINT, SCREEN = "print", "screen"
"""The editions that an issue is made in."""
AROUND = "issue"
"""The template of what stands around the articles."""
USUAL = "article"
"""The template that has all that a collection asks for."""
_NEEDED = ("first-page", "two-sided", "links")
"""Options by which a collection gives an article its place."""
MARGIN = "12mm"
"""Least margin of every edition: print and screen must break their lines and pages alike."""


def imposed(
    collection: Collection, article: Listed, own: PublicationData, pages: PageRange | None
) -> dict[str, Any]:
    """What the collection states of the article, in the form of publication.yaml; what the article alone knows stays."""
    data, entry = collection.data, article.entry
    journal = data.journal
    said: dict[str, Any] = {}
    if part := _container(collection, pages):
        said["journal"] = part
    said["doi"] = entry.doi or own.doi
    said["url"] = entry.url or own.url or _address(collection, article)
    day = own.date or data.date
    said["date"] = day.isoformat() if day else None
    said["publisher"] = (journal and journal.publisher) or data.publisher or own.publisher
    said["place"] = (journal and journal.place) or data.place or own.place
    said["license"] = own.license or data.license or (journal and journal.license)
    said["short-title"] = entry.short_title
    said["citation-style"] = data.shared.citation_style
    said["deposit"] = data.deposit.model_dump(by_alias=True) if data.deposit and not own.deposit else None
    return {key: value for key, value in said.items() if value}


def _container(collection: Collection, pages: PageRange | None) -> dict[str, Any]:
    """The journal, or the book that takes its place, with volume, number and pages."""
    data = collection.data
    book = data.journal is None and data.kind is not Kind.BACKLIST
    title = data.journal.title if data.journal else plain_text(data.title or "") if book else None
    if not title:
        return {}
    said: dict[str, Any] = {
        "book": book,
        "editors": [_name(one) for one in data.editors] if book else None,
        "title": title,
        "issn": data.journal.number if data.journal else None,
        "volume": data.volume,
        "issue": data.number,
        "first-page": str(pages.first) if pages else None,
        "last-page": str(pages.last) if pages else None,
    }
    return {key: value for key, value in said.items() if value}


def _name(author: Author) -> dict[str, Any]:
    """The name of an editor, as publication.yaml has it."""
    stated = author.model_dump(by_alias=True, exclude_unset=True, mode="json")
    return {
        key: value for key, value in stated.items() if key in ("family", "given", "literal", "family-first")
    }


def _address(collection: Collection, article: Listed) -> str | None:
    """Where an article stands below the address of the whole."""
    whole = collection.data.url
    return f"{whole.rstrip('/')}/{article.key}/" if whole else None


def check_template(collection: Collection, problems: Collector) -> None:
    """Tell a shared template that is not there, or that cannot begin on the page that the collection gives an article."""
    name, span = collection.data.shared.template, collection.places.of("shared", "template")
    if name is None or collection.data.kind is Kind.BACKLIST:
        return
    reported = Collector()
    template = load_template(name, Sources(collection.root, trusted=False), reported)
    if template is None:
        for found in reported:
            problems.add(found.code, found.message, span, *found.hints)
        return
    lacking = [option for option in _NEEDED if option not in template.contract.options]
    if lacking:
        options = ", ".join(f"'{option}'" for option in lacking)
        message = (
            f"the template '{name}' cannot make articles of a collection: it lacks the options {options}"
        )
        hint = f"write 'template: {USUAL}', or leave it out"
        problems.add(Code.UNKNOWN_OPTION, message, span, hint)


def of_the_printer(collection: Collection) -> dict[str, Any]:
    """What the printer asks for."""
    return collection.data.shared.print.model_dump(by_alias=True, exclude_unset=True, mode="json")


def settings(
    collection: Collection, edition: str, pages: PageRange | None, *, around: bool = False
) -> dict[str, Any]:
    """The edition's settings: the same page, margins and options on screen and in print, so that pages agree.

    Those of what stands `around` the articles have a template of their own.
    """
    data = collection.data
    if edition not in (PRINT, SCREEN) or data.kind is Kind.BACKLIST:
        return {}
    options: dict[str, Any] = {"two-sided": "true", **data.shared.options}
    given: dict[str, Any] = {"template": data.shared.template} if data.shared.template else {}
    if around:
        known = ("two-sided", "font-size", "typeface", "line-spacing")
        given = {"template": AROUND}
        options = {key: value for key, value in options.items() if key in known}
    if edition == PRINT:
        given |= of_the_printer(collection)
        options["links"] = "none"
    if pages is not None:
        options["first-page"] = str(pages.first)
    given |= {"trim": data.pages.trim, "margin": MARGIN, "gutter": MARGIN, "options": options}
    # What the whole keeps, no part must.
    return given | {"page-multiple": 1, "last-page-blank": False, "min-pages": 1}
