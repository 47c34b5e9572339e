"""DataCite's JSON, to register a DOI."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fascicle.core import identifiers
from fascicle.core.diagnostics import Collector
from fascicle.core.model import Author
from fascicle.export.metadata.citation_formats import to_json
from fascicle.export.metadata.record import Markup, WorkRecord, affiliations, written
from fascicle.export.metadata.registration import ORCID, inverted, is_complete


def datacite(work: WorkRecord, problems: Collector) -> str | None:
    """DataCite's JSON (schema 4.5); None, with what is missing, when a mandatory property cannot be filled."""
    if not is_complete(work, ("doi", "publisher", "date"), "DataCite", problems):
        return None
    return to_json(datacite_record(work))


def datacite_record(work: WorkRecord) -> dict[str, Any]:
    """The record as data, of a work that has a date; properties without a value are left out."""
    data = work.data
    assert data.date is not None  # noqa: S101 - for the type checker; callers have looked
    titles = [{"title": written(work.title, Markup(str)), "lang": data.language}]
    if work.subtitle:
        subtitle = written(work.subtitle, Markup(str))
        titles.append({"title": subtitle, "titleType": "Subtitle", "lang": data.language})
    record: dict[str, Any] = {
        "doi": data.doi,
        "url": work.address,
        "creators": [creator(author, affiliations(work, author)) for author in data.authors],
        "titles": titles,
        "publisher": {"name": data.publisher},
        "publicationYear": str(data.date.year),
        "types": {"resourceTypeGeneral": work.kind},
        "subjects": [{"subject": keyword} for keyword in dict.fromkeys(data.keywords)],
        "dates": [{"date": data.date.isoformat(), "dateType": "Issued"}],
        "language": data.language,
        "version": data.version,
        "formats": ["application/pdf"],
        "rightsList": rights(data.license),
        "descriptions": _descriptions(work),
        "fundingReferences": [_grant(grant.funder, grant.award, grant.ror) for grant in data.funding],
        "relatedItems": _container(work),
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return {key: value for key, value in record.items() if value}


def rights(expression: str | None) -> list[dict[str, str]]:
    """A single licence; DataCite has no form for a choice of several."""
    if not expression or " " in expression:
        return []
    return [
        {
            "rights": identifiers.license_name(expression),
            "rightsUri": identifiers.license_url(expression),
            "rightsIdentifier": expression.lower(),
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    ]


def _descriptions(work: WorkRecord) -> list[dict[str, str]]:
    if not work.abstract:
        return []
    text = "\n\n".join(work.abstract)
    return [{"description": text, "descriptionType": "Abstract", "lang": work.data.language}]


def creator(author: Author, homes: Sequence[tuple[str, str | None]]) -> dict[str, Any]:
    """A person or body, with (name, ROR id) of its institutions."""
    if author.literal:
        record: dict[str, Any] = {"name": author.literal, "nameType": "Organizational"}
    else:
        record = {"name": inverted(author), "nameType": "Personal", "familyName": author.family or ""}
        record |= {"givenName": author.given} if author.given else {}
    if author.orcid:
        identifier = {"nameIdentifier": ORCID + author.orcid, "nameIdentifierScheme": "ORCID"}
        record["nameIdentifiers"] = [{**identifier, "schemeUri": ORCID.rstrip("/")}]
    places = [
        {
            "name": name,
            **({"affiliationIdentifier": ror, "affiliationIdentifierScheme": "ROR"} if ror else {}),
        }
        for name, ror in homes
    ]
    return {**record, **({"affiliation": places} if places else {})}


def _grant(funder: str, award: str | None, ror: str | None) -> dict[str, str]:
    record = {"funderName": funder}
    record |= {"funderIdentifier": ror, "funderIdentifierType": "ROR"} if ror else {}
    return record | ({"awardNumber": award} if award else {})


def _container(work: WorkRecord) -> list[dict[str, Any]]:
    journal = work.data.journal
    if journal is None:
        return []
    numbers = {
        "volume": journal.volume,
        "issue": journal.issue,
        "firstPage": work.plain.starting_page,
        "lastPage": work.plain.ending_page,
    }
    item: dict[str, Any] = {
        "relatedItemType": "Journal",
        "relationType": "IsPublishedIn",
        "titles": [{"title": journal.title}],
        **{key: value for key, value in numbers.items() if value},
    }
    if journal.issn:
        issn = {"relatedItemIdentifier": journal.issn, "relatedItemIdentifierType": "ISSN"}
        item["relatedItemIdentifier"] = issn
    return [item]
