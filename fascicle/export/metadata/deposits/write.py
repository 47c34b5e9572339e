"""All records of an issue written into a folder, each a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fascicle.core.diagnostics import Collector
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.export.metadata.deposits.crossref_issue import crossref_issue
from fascicle.export.metadata.deposits.datacite_issue import datacite_article, datacite_issue
from fascicle.export.metadata.deposits.doaj import doaj
from fascicle.export.metadata.deposits.issue_page import article_page, issue_page
from fascicle.export.metadata.deposits.marcxml import marcxml
from fascicle.export.metadata.deposits.oai import oai, oai_name
from fascicle.export.metadata.deposits.ojs.native import ojs
from fascicle.export.metadata.deposits.onix import onix
from fascicle.export.metadata.deposits.pubmed import pubmed
from fascicle.export.metadata.deposits.rss import rss
from fascicle.export.metadata.issue import IssueRecord, stems


def write_issue_records(issue: IssueRecord, folder: Path, problems: Collector) -> tuple[Path, ...]:
    """Write every record that can be made into `folder`, and return the files in order.

    A record that asks for something that nobody has stated is not made; that is noted in `problems`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in issue_records(issue, problems):
        if text is not None:
            deliver_bytes(text.encode(), folder / name)
            written.append(folder / name)
    return tuple(written)


def issue_records(issue: IssueRecord, problems: Collector) -> Iterator[tuple[str, str | None]]:
    """Name and text of each file; None for one that cannot be made or that such a collection has not."""
    articles = list(zip(stems(issue), issue.articles, strict=True))
    yield "index.html", issue_page(issue)
    yield from ((f"{stem}.html", article_page(issue, article)) for stem, article in articles)
    yield f"{issue.slug}.crossref.xml", crossref_issue(issue, problems)
    yield f"{issue.slug}.datacite.json", datacite_issue(issue, problems)
    yield from ((f"{stem}.datacite.json", datacite_article(issue, article)) for stem, article in articles)
    yield f"{issue.slug}.ojs.xml", ojs(issue)
    yield f"{issue.slug}.doaj.xml", doaj(issue, problems)
    yield f"{issue.slug}.pubmed.xml", pubmed(issue, problems)
    yield f"{issue.slug}.marc.xml", marcxml(issue)
    yield f"{issue.slug}.rss.xml", rss(issue, problems)
    yield oai_name(issue), oai(issue, problems)
    yield f"{issue.slug}.onix.xml", onix(issue, problems)
