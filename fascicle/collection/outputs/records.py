"""The collection as records describe it: what registries, catalogues and journal systems read, written into files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fascicle.collection.article_settings import imposed
from fascicle.collection.articles import ArticleBuilder, Made
from fascicle.collection.settings.model import Kind, Matter
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.collection.whole_pdf.as_publication import publisher_of
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.document.document import plain_text
from fascicle.export.metadata.deposits.write import write_issue_records
from fascicle.export.metadata.issue import (
    ArticleRecord,
    Galley,
    IssueKind,
    IssueRecord,
    JournalRecord,
    Reference,
    references_of,
)
from fascicle.export.metadata.record import WorkRecord, work_of
from fascicle.pipeline.confined import confined
from fascicle.pipeline.manuscript import read_manuscript
from fascicle.pipeline.run import Request, Run

FOLDER = "build/records"
"""Where they are written."""
_KINDS = {Kind.ISSUE: IssueKind.ISSUE, Kind.PROCEEDINGS: IssueKind.PROCEEDINGS, Kind.BOOK: IssueKind.BOOK}
_MEDIA = {"PDF": "application/pdf", "HTML": "text/html", "JATS": "application/xml"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """What readers get, by the articles' keys; paths are relative to the collection's folder."""

    galleys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Files by their label, such as PDF, then by key."""
    whole: str = ""
    """The whole as PDF; empty when it was not made."""
    pages: int = 0
    """Its pages."""


def write_records(
    builder: ArticleBuilder, made: Made, delivered: Delivered, problems: Collector
) -> tuple[Path, ...]:
    """Write all records that can be made; what one needs and nobody has stated is told."""
    collection = builder.collection
    data = collection.data
    if data.kind not in _KINDS:
        message = f"there are no records of a collection of the kind '{data.kind}'"
        problems.add(Code.WRONG_VALUE, message, collection.places.of("kind"), "build it without --to records")
        return ()
    if data.date is None:
        message = "records need the key 'date', the day on which the whole is published"
        problems.add(Code.MISSING_KEY, message, collection.places.of("kind"), "add a line 'date: 2026-11-23'")
        return ()
    articles = []
    for article in collection.articles:
        found = _article(builder, article, made, delivered)
        if isinstance(found, Diagnostic):
            problems.extend([found])
        else:
            articles.append(found)
    return write_issue_records(
        _issue(collection, tuple(articles), delivered), collection.root / FOLDER, problems
    )


def _article(
    builder: ArticleBuilder, article: Listed, made: Made, delivered: Delivered
) -> ArticleRecord | Diagnostic:
    """An article's record; a stranger's text is read in a process of its own."""
    collection, pages = builder.collection, made.pages[article.key]
    request = builder.request(article, "jats", pages)
    found = confined(lambda: _read(request)) if request.no_trust else _read(request)
    if found is None:
        return Diagnostic(
            Code.ARTICLE_FAILED, f"'{article.entry.path}' cannot be read", collection.span(article)
        )
    if isinstance(found, Diagnostic):
        return found
    work, references = found
    group = collection.data.groups[article.group].title if article.group is not None else None
    stated = imposed(collection, article, builder.facts[article.key].data, pages)
    root = collection.root
    return ArticleRecord(
        work=work,
        first_page=str(pages.first),
        last_page=str(pages.last),
        section=plain_text(group) if group else "",
        url=stated.get("url", ""),
        galleys=tuple(
            Galley(path=root / paths[article.key], media_type=_MEDIA[label], label=label)
            for label, paths in delivered.galleys.items()
            if article.key in paths
        ),
        references=references,
        pages=pages.count,
        span=collection.span(article),
    )


def _read(request: Request) -> tuple[WorkRecord, tuple[Reference, ...]] | None:
    """What an article says of itself with all that the collection states, and the works that it cites."""
    manuscript = read_manuscript(Run(request, "jats", lambda event: None))
    if manuscript is None:
        return None
    references = references_of(manuscript.cited) if manuscript.cited else ()
    return work_of(manuscript.publication, Collector()), references


def _issue(collection: Collection, articles: tuple[ArticleRecord, ...], delivered: Delivered) -> IssueRecord:
    data, root = collection.data, collection.root
    assert data.date is not None  # noqa: S101 - for the type checker; the caller has looked
    galleys = (
        (Galley(path=root / delivered.whole, media_type=_MEDIA["PDF"], label="PDF"),)
        if delivered.whole
        else ()
    )
    return IssueRecord(
        slug=collection.slug,
        kind=_KINDS[data.kind],
        journal=_journal(collection),
        volume=data.volume or "",
        number=data.number or "",
        title=plain_text(data.title) if data.title else "",
        subtitle=plain_text(data.subtitle) if data.subtitle else "",
        editors=data.editors,
        published=data.date,
        language=data.language,
        publisher=publisher_of(data) or "",
        place=data.place or "",
        license=data.license or "",
        url=data.url or "",
        doi=data.doi or "",
        isbns=(("pdf", data.isbn),) if data.isbn else (),
        pages=delivered.pages,
        galleys=galleys,
        cover=root / data.cover if data.cover and Matter.COVER in data.front else None,
        deposit=data.deposit,
        articles=articles,
    )


def _journal(collection: Collection) -> JournalRecord | None:
    journal = collection.data.journal
    if journal is None:
        return None
    return JournalRecord(
        title=journal.title,
        abbreviation=journal.abbreviation or "",
        issn_print=journal.issn.print or "",
        issn_online=journal.issn.online or "",
        publisher=journal.publisher or "",
        place=journal.place or "",
        license=journal.license or "",
        language=collection.data.language,
        url=journal.url or "",
        doi=journal.doi or "",
        editors=journal.editors,
    )
