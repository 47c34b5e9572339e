"""What registries of DOIs are told of the work: DataCite's JSON and Crossref's deposit."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import escape

from fascicle.core import identifiers
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Author, Deposit
from fascicle.export.metadata.citation_formats import to_json
from fascicle.export.metadata.record import Markup, Work, affiliations, written
from fascicle.pdf.metadata import NOT_XML

CROSSREF = "http://www.crossref.org/schema/5.3.1"
"""Namespace of the deposit schema; Crossref accepts this and all later ones."""
_INDICATORS = "http://www.crossref.org/AccessIndicators.xsd"
_FUNDREF = "http://www.crossref.org/fundref.xsd"
_JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
_ORCID = "https://orcid.org/"

_KEYS = {
    "doi": ("doi", "doi: 10.…/…"),
    "date": ("date", "date: 2026-11-23"),
    "publisher": ("publisher", "publisher: …"),
    "url": ("url", "url: https://…"),
    "deposit": ("deposit", "deposit: {depositor: …, email: …, registrant: …}"),
}


def _complete(work: Work, keys: Iterable[str], wants: str, problems: Collector) -> bool:
    """Whether every key is given; those that are not are told one by one."""
    missing = [key for key in keys if not getattr(work.data, key)]
    for key in missing:
        name, line = _KEYS[key]
        message = f"{wants} needs the key '{name}'"
        problems.add(Code.MISSING_KEY, message, Span(work.places.file), f"add a line '{line}'")
    return not missing


def datacite(work: Work, problems: Collector) -> str | None:
    """DataCite's JSON (schema 4.5); None, with what is missing, when a mandatory property cannot be filled."""
    data = work.data
    if not _complete(work, ("doi", "publisher", "date"), "DataCite", problems) or data.date is None:
        return None
    titles = [{"title": written(work.title, Markup(str)), "lang": data.language}]
    if work.subtitle:
        subtitle = written(work.subtitle, Markup(str))
        titles.append({"title": subtitle, "titleType": "Subtitle", "lang": data.language})
    record: dict[str, Any] = {
        "doi": data.doi,
        "url": work.address,
        "creators": [_creator(work, author) for author in data.authors],
        "titles": titles,
        "publisher": {"name": data.publisher},
        "publicationYear": str(data.date.year),
        "types": {"resourceTypeGeneral": work.kind},
        "subjects": [{"subject": keyword} for keyword in dict.fromkeys(data.keywords)],
        "dates": [{"date": data.date.isoformat(), "dateType": "Issued"}],
        "language": data.language,
        "version": data.version,
        "formats": ["application/pdf"],
        "rightsList": _rights(data.license),
        "descriptions": _descriptions(work),
        "fundingReferences": [_grant(grant.funder, grant.award, grant.ror) for grant in data.funding],
        "relatedItems": _container(work),
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return to_json({key: value for key, value in record.items() if value})


def _rights(expression: str | None) -> list[dict[str, str]]:
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


def _descriptions(work: Work) -> list[dict[str, str]]:
    if not work.abstract:
        return []
    text = "\n\n".join(work.abstract)
    return [{"description": text, "descriptionType": "Abstract", "lang": work.data.language}]


def _creator(work: Work, author: Author) -> dict[str, Any]:
    if author.literal:
        record: dict[str, Any] = {"name": author.literal, "nameType": "Organizational"}
    else:
        record = {"name": _inverted(author), "nameType": "Personal", "familyName": author.family or ""}
        record |= {"givenName": author.given} if author.given else {}
    if author.orcid:
        identifier = {"nameIdentifier": _ORCID + author.orcid, "nameIdentifierScheme": "ORCID"}
        record["nameIdentifiers"] = [{**identifier, "schemeUri": _ORCID.rstrip("/")}]
    places = [
        {
            "name": name,
            **({"affiliationIdentifier": ror, "affiliationIdentifierScheme": "ROR"} if ror else {}),
        }
        for name, ror in affiliations(work, author)
    ]
    return {**record, **({"affiliation": places} if places else {})}


def _inverted(author: Author) -> str:
    return ", ".join(part for part in (author.family, author.given) if part)


def _grant(funder: str, award: str | None, ror: str | None) -> dict[str, str]:
    record = {"funderName": funder}
    record |= {"funderIdentifier": ror, "funderIdentifierType": "ROR"} if ror else {}
    return record | ({"awardNumber": award} if award else {})


def _container(work: Work) -> list[dict[str, Any]]:
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


def crossref(work: Work, problems: Collector) -> str | None:
    """Crossref's deposit (schema 5.3.1): an article of a journal, or else posted content.

    None, with what is missing, when the deposit would be refused.
    """
    data = work.data
    complete = _complete(work, ("doi", "url", "date", "deposit"), "Crossref", problems)
    if data.journal and not data.journal.issn:
        hint = "add a line 'issn: 0000-0000' under 'journal:'"
        problems.add(Code.MISSING_KEY, "Crossref needs the journal's ISSN", work.places.of("journal"), hint)
        complete = False
    if not complete or data.date is None or data.deposit is None:
        return None
    root = _xml("doi_batch", version="5.3.1", xmlns=CROSSREF)
    root.set("xmlns:jats", _JATS)
    root.set("xmlns:ai", _INDICATORS)
    root.set("xmlns:fr", _FUNDREF)
    body = _xml("body", _article(work, data.date) if data.journal else _posted(work, data.date))
    root.append(_head(work, data.deposit, data.date))
    root.append(body)
    ET.indent(root)
    _fill_titles(root, work)
    return "<?xml version='1.0' encoding='UTF-8'?>\n" + ET.tostring(root, encoding="unicode") + "\n"


def _xml(tag: str, *children: ET.Element | str | None, **attributes: str) -> ET.Element:
    """An element; texts lose what XML cannot hold, None is left out."""
    made = ET.Element(tag, attributes)
    for child in children:
        if isinstance(child, str):
            made.text = (made.text or "") + NOT_XML.sub(" ", child)
        elif child is not None:
            made.append(child)
    return made


def _head(work: Work, deposit: Deposit, day: date) -> ET.Element:
    """The deposit's own data. Its moment grows with the date and, within a day, with the revision."""
    moment = datetime.combine(day, time(), UTC) + timedelta(seconds=deposit.revision)
    stamp = moment.strftime("%Y%m%d%H%M%S")
    mark = hashlib.sha256(f"{work.data.doi}\0{stamp}".encode()).hexdigest()[:12]
    return _xml(
        "head",
        _xml("doi_batch_id", f"{work.slug[:60]}-{mark}"),
        _xml("timestamp", stamp),
        _xml("depositor", _xml("depositor_name", deposit.depositor), _xml("email_address", deposit.email)),
        _xml("registrant", deposit.registrant),
    )


def _article(work: Work, day: date) -> ET.Element:
    data, journal = work.data, work.data.journal
    assert journal is not None  # noqa: S101 - for the type checker; the caller has looked
    language = data.language.split("-")[0]
    volume = _xml("journal_volume", _xml("volume", journal.volume)) if journal.volume else None
    first, last = work.plain.starting_page, work.plain.ending_page
    pages = (
        _xml("pages", _xml("first_page", first), _xml("last_page", last) if last else None) if first else None
    )
    return _xml(
        "journal",
        _xml(
            "journal_metadata",
            _xml("full_title", journal.title),
            _xml("issn", journal.issn or ""),
            language=language,
        ),
        _xml(
            "journal_issue",
            _date("publication_date", day),
            volume,
            _xml("issue", journal.issue) if journal.issue else None,
        ),
        _xml(
            "journal_article",
            _titles(work),
            _contributors(work),
            _abstract(work),
            _date("publication_date", day),
            pages,
            *_programs(work),
            _doi(work),
            publication_type="full_text",
            language=language,
        ),
    )


def _posted(work: Work, day: date) -> ET.Element:
    parts = [_contributors(work), _titles(work), _date("posted_date", day), _abstract(work)]
    language = work.data.language.split("-")[0]
    return _xml("posted_content", *parts, *_programs(work), _doi(work), type="other", language=language)


def _titles(work: Work) -> ET.Element:
    """Title and subtitle, still empty: indenting would put white space into them."""
    return _xml("titles", _xml("title"), _xml("subtitle") if work.subtitle else None)


def _fill_titles(root: ET.Element, work: Work) -> None:
    faces = Markup(
        lambda text: escape(NOT_XML.sub(" ", text)), ("<i>", "</i>"), ("<sup>", "</sup>"), ("<sub>", "</sub>")
    )
    for tag, text in (("title", work.title), ("subtitle", work.subtitle)):
        for place in root.iter(tag):
            made = ET.fromstring(f"<{tag}>{written(text, faces)}</{tag}>")  # noqa: S314 - made here
            place.text = made.text
            place.extend(made)


def _contributors(work: Work) -> ET.Element:
    made = _xml("contributors")
    for number, author in enumerate(work.data.authors):
        place = {"sequence": "additional" if number else "first", "contributor_role": "author"}
        if author.literal:
            made.append(_xml("organization", author.literal, **place))
            continue
        made.append(
            _xml(
                "person_name",
                _xml("given_name", author.given) if author.given else None,
                _xml("surname", author.family or ""),
                _institutions(work, author),
                _xml("ORCID", _ORCID + author.orcid) if author.orcid else None,
                **place,
            )
        )
    return made


def _institutions(work: Work, author: Author) -> ET.Element | None:
    places = [
        _xml(
            "institution",
            _xml("institution_name", name),
            _xml("institution_id", ror, type="ror") if ror else None,
        )
        for name, ror in affiliations(work, author)
    ]
    return _xml("affiliations", *places) if places else None


def _abstract(work: Work) -> ET.Element | None:
    if not work.abstract:
        return None
    return _xml("jats:abstract", *(_xml("jats:p", paragraph) for paragraph in work.abstract))


def _date(tag: str, day: date) -> ET.Element:
    parts = (_xml("month", f"{day.month:02}"), _xml("day", f"{day.day:02}"), _xml("year", str(day.year)))
    return _xml(tag, *parts, media_type="online")


def _programs(work: Work) -> Iterable[ET.Element]:
    """Who paid, and what readers may do."""
    if work.data.funding:
        program = _xml("fr:program", name="fundref")
        for grant in work.data.funding:
            group = _xml("fr:assertion", name="fundgroup")
            # The schema lets a ROR id stand in the name's place alone, so the name is what is told.
            group.append(_xml("fr:assertion", grant.funder, name="funder_name"))
            if grant.award:
                group.append(_xml("fr:assertion", grant.award, name="award_number"))
            program.append(group)
        yield program
    if work.plain.license_url:
        licence = _xml("ai:license_ref", work.plain.license_url, applies_to="vor")
        yield _xml("ai:program", licence, name="AccessIndicators")


def _doi(work: Work) -> ET.Element:
    return _xml("doi_data", _xml("doi", work.data.doi or ""), _xml("resource", work.data.url or ""))
