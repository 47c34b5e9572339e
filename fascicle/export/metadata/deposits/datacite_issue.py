"""DataCite's JSON of an issue and of each article, the whole and its parts naming each other."""

from __future__ import annotations

from typing import Any

from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.citation_formats import to_json
from fascicle.export.metadata.datacite import creator, datacite_record, rights
from fascicle.export.metadata.deposits.needs import has_all
from fascicle.export.metadata.issue import ArticleRecord, IssueKind, IssueRecord, placed_work

_WHOLE = {
    IssueKind.ISSUE: "Collection",
    IssueKind.BOOK: "Book",
    IssueKind.PROCEEDINGS: "ConferenceProceeding",
}
_PART = {
    IssueKind.ISSUE: "JournalArticle",
    IssueKind.BOOK: "BookChapter",
    IssueKind.PROCEEDINGS: "ConferencePaper",
}
"""DataCite's general types of resources (4.5)."""


def datacite_issue(issue: IssueRecord, problems: Collector) -> str | None:
    """The record of the whole; None where it lacks what DataCite asks for."""
    if not issue.doi:
        return None
    editors = issue.editors or (issue.journal.editors if issue.journal else ())
    wanted = {"publisher": issue.house, "editors": editors}
    if not has_all(issue, wanted, "DataCite", problems):
        return None
    record: dict[str, Any] = {
        "doi": issue.doi,
        "url": issue.url,
        "creators": [creator(author, ()) for author in editors],
        "titles": _titles(issue),
        "publisher": {"name": issue.house},
        "publicationYear": str(issue.published.year),
        "types": {"resourceTypeGeneral": _WHOLE[issue.kind]},
        "dates": [{"date": issue.published.isoformat(), "dateType": "Issued"}],
        "language": issue.tongue,
        "formats": list(dict.fromkeys(galley.media_type for galley in issue.galleys)),
        "rightsList": rights(issue.licence),
        "descriptions": _description(issue.description, issue.tongue, "Abstract"),
        "relatedIdentifiers": [
            _related(article.work.data.doi, "HasPart") for article in issue.articles if article.work.data.doi
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return to_json({key: value for key, value in record.items() if value})


def datacite_article(issue: IssueRecord, article: ArticleRecord) -> str | None:
    """The record of an article; None where it has no DOI, or nobody publishes it."""
    work = placed_work(issue, article)
    if not work.data.doi or not work.data.publisher:
        return None
    record = datacite_record(work)
    record["types"] = {"resourceTypeGeneral": _PART[issue.kind]}
    record["url"] = article.address or work.address
    if issue.doi:
        record["relatedIdentifiers"] = [_related(issue.doi, "IsPartOf")]
    cited = [reference.item for reference in article.references]
    dois = [doi for item in cited if (doi := _doi(item.texts.get("DOI", ())))]
    record.setdefault("relatedIdentifiers", []).extend(_related(doi, "Cites") for doi in dict.fromkeys(dois))
    if not record["relatedIdentifiers"]:
        del record["relatedIdentifiers"]
    for other in article.abstracts:
        more = _description("\n\n".join(other.paragraphs), other.language, "Abstract")
        record.setdefault("descriptions", []).extend(more)
    if galleys := list(dict.fromkeys(galley.media_type for galley in article.galleys)):
        record["formats"] = galleys
    return to_json(record)


def _titles(issue: IssueRecord) -> list[dict[str, str]]:
    numbers = ", ".join(part for part in (issue.volume, issue.number) if part)
    name = issue.title or " ".join(
        part for part in (issue.journal.title if issue.journal else "", numbers) if part
    )
    made = [{"title": name or issue.slug, "lang": issue.tongue}]
    if issue.subtitle:
        made.append({"title": issue.subtitle, "titleType": "Subtitle", "lang": issue.tongue})
    return made


def _description(text: str, language: str, kind: str) -> list[dict[str, str]]:
    return [{"description": text, "descriptionType": kind, "lang": language}] if text else []


def _related(doi: str | None, relation: str) -> dict[str, str]:
    return {"relatedIdentifier": doi or "", "relatedIdentifierType": "DOI", "relationType": relation}


def _doi(pieces: Any) -> str:
    from fascicle.core.identifiers import DOI_SHAPE
    from fascicle.project.bibliography.fields.markup import text

    match = DOI_SHAPE.fullmatch(text(pieces).strip())
    return match[1] if match else ""
