"""A static repository of OAI-PMH: the articles as records that a gateway serves to harvesters."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.deposits.dublin_core import OAI_DC, dublin_core
from fascicle.export.metadata.deposits.needs import has_all
from fascicle.export.metadata.deposits.xml import Element, document, xml
from fascicle.export.metadata.issue import ArticleRecord, IssueRecord

_OAI = "http://www.openarchives.org/OAI/2.0/"
_NAMESPACE = f"{_OAI}static-repository"


def oai(issue: IssueRecord, problems: Collector) -> str | None:
    """The repository, after the “Specification for an OAI Static Repository” (2004); its metadata are oai_dc.

    None without an address of the issue, and without a `deposit` whose e-mail answers for it.
    """
    wanted = {"url": issue.url, "deposit": issue.deposit}
    if not has_all(issue, wanted, "OAI-PMH", problems) or issue.deposit is None or not issue.articles:
        return None
    name = issue.journal.title if issue.journal else issue.title
    identify = xml(
        "Identify",
        xml("oai:repositoryName", name),
        xml("oai:baseURL", f"{issue.url.rstrip('/')}/{oai_name(issue)}"),
        xml("oai:protocolVersion", "2.0"),
        xml("oai:adminEmail", issue.deposit.email),
        xml("oai:earliestDatestamp", min(_day(issue, article) for article in issue.articles).isoformat()),
        xml("oai:deletedRecord", "no"),
        xml("oai:granularity", "YYYY-MM-DD"),
    )
    form = xml(
        "oai:metadataFormat",
        xml("oai:metadataPrefix", "oai_dc"),
        xml("oai:schema", f"{_OAI}oai_dc.xsd"),
        xml("oai:metadataNamespace", OAI_DC),
    )
    records = xml(
        "ListRecords", *(_record(issue, article) for article in issue.articles), metadataPrefix="oai_dc"
    )
    root = xml("Repository", identify, xml("ListMetadataFormats", form), records)
    root.set("xmlns", _NAMESPACE)
    root.set("xmlns:oai", _OAI)
    return document(root)


def oai_name(issue: IssueRecord) -> str:
    """The file's name, which is part of its address."""
    return f"{issue.slug}.oai.xml"


def _record(issue: IssueRecord, article: ArticleRecord) -> Element:
    host = urlsplit(issue.url).hostname or "localhost"
    header = xml(
        "oai:header",
        xml("oai:identifier", f"oai:{host}:{issue.slug}/{article.work.slug}"),
        xml("oai:datestamp", _day(issue, article).isoformat()),
    )
    return xml("oai:record", header, xml("oai:metadata", dublin_core(issue, article)))


def _day(issue: IssueRecord, article: ArticleRecord) -> date:
    return article.work.data.date or issue.published
