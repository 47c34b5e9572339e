"""Crossref's deposit of one publication, to register its DOI."""

from __future__ import annotations

from datetime import date

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.deposits.crossref_limits import within_limits
from fascicle.export.metadata.deposits.crossref_parts import (
    abstract,
    batch,
    contributors,
    dated,
    doi_data,
    head,
    language,
    pages,
    programs,
    titles,
)
from fascicle.export.metadata.deposits.xml import Element, stated, xml
from fascicle.export.metadata.record import WorkRecord
from fascicle.export.metadata.registration import is_complete


def crossref(work: WorkRecord, problems: Collector) -> str | None:
    """Crossref's deposit (schema 5.5.0): an article of a journal, or else posted content.

    None, with what is missing, when the deposit would be refused.
    """
    data = work.data
    complete = is_complete(work, ("doi", "url", "date", "deposit"), "Crossref", problems)
    if data.journal and not data.journal.issn:
        hint = "add a line 'issn: 0000-0000' under 'journal:'"
        problems.add(Code.MISSING_KEY, "Crossref needs the journal's ISSN", work.places.of("journal"), hint)
        complete = False
    if not complete or data.date is None or data.deposit is None:
        return None
    body = xml("body", _article(work, data.date) if data.journal else _posted(work, data.date))
    whole = xml("deposit", head(work.slug, [data.doi or ""], data.deposit, data.date), body)
    return batch(*whole) if within_limits(whole, work.places.of(), problems) else None


def _article(work: WorkRecord, day: date) -> Element:
    data, journal = work.data, work.data.journal
    assert journal is not None  # noqa: S101 - for the type checker; the caller has looked
    tongue = language(data.language)
    volume = xml("journal_volume", xml("volume", journal.volume)) if journal.volume else None
    return xml(
        "journal",
        xml(
            "journal_metadata",
            xml("full_title", journal.title),
            xml("issn", journal.issn or "", media_type="electronic"),
            language=tongue,
        ),
        xml("journal_issue", dated("publication_date", day), volume, stated("issue", journal.issue)),
        xml(
            "journal_article",
            titles(work.title, work.subtitle),
            contributors(work),
            abstract(work.abstract),
            dated("publication_date", day),
            pages(work.plain.starting_page, work.plain.ending_page),
            *programs(work),
            doi_data(data.doi or "", data.url or ""),
            publication_type="full_text",
            language=tongue,
        ),
    )


def _posted(work: WorkRecord, day: date) -> Element:
    return xml(
        "posted_content",
        contributors(work),
        titles(work.title, work.subtitle),
        dated("posted_date", day),
        abstract(work.abstract),
        *programs(work),
        doi_data(work.data.doi or "", work.data.url or ""),
        type="other",
        language=language(work.data.language),
    )
