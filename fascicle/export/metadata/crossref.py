"""Crossref's deposit in XML, to register a DOI."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from xml.sax.saxutils import escape

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import Author, Deposit
from fascicle.export.metadata.record import Markup, WorkRecord, affiliations, written
from fascicle.export.metadata.registration import ORCID, is_complete
from fascicle.pdf.metadata import NOT_XML

CROSSREF = "http://www.crossref.org/schema/5.3.1"
"""Namespace of the deposit schema; Crossref accepts this and all later ones."""
_INDICATORS = "http://www.crossref.org/AccessIndicators.xsd"
_FUNDREF = "http://www.crossref.org/fundref.xsd"
_JATS = "http://www.ncbi.nlm.nih.gov/JATS1"


def crossref(work: WorkRecord, problems: Collector) -> str | None:
    """Crossref's deposit (schema 5.3.1): an article of a journal, or else posted content.

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


def _head(work: WorkRecord, deposit: Deposit, day: date) -> ET.Element:
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


def _article(work: WorkRecord, day: date) -> ET.Element:
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


def _posted(work: WorkRecord, day: date) -> ET.Element:
    parts = [_contributors(work), _titles(work), _date("posted_date", day), _abstract(work)]
    language = work.data.language.split("-")[0]
    return _xml("posted_content", *parts, *_programs(work), _doi(work), type="other", language=language)


def _titles(work: WorkRecord) -> ET.Element:
    """Title and subtitle, still empty: indenting would put white space into them."""
    return _xml("titles", _xml("title"), _xml("subtitle") if work.subtitle else None)


def _fill_titles(root: ET.Element, work: WorkRecord) -> None:
    faces = Markup(
        lambda text: escape(NOT_XML.sub(" ", text)), ("<i>", "</i>"), ("<sup>", "</sup>"), ("<sub>", "</sub>")
    )
    for tag, text in (("title", work.title), ("subtitle", work.subtitle)):
        for place in root.iter(tag):
            made = ET.fromstring(f"<{tag}>{written(text, faces)}</{tag}>")  # noqa: S314 - made here
            place.text = made.text
            place.extend(made)


def _contributors(work: WorkRecord) -> ET.Element:
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
                _xml("ORCID", ORCID + author.orcid) if author.orcid else None,
                **place,
            )
        )
    return made


def _institutions(work: WorkRecord, author: Author) -> ET.Element | None:
    places = [
        _xml(
            "institution",
            _xml("institution_name", name),
            _xml("institution_id", ror, type="ror") if ror else None,
        )
        for name, ror in affiliations(work, author)
    ]
    return _xml("affiliations", *places) if places else None


def _abstract(work: WorkRecord) -> ET.Element | None:
    if not work.abstract:
        return None
    return _xml("jats:abstract", *(_xml("jats:p", paragraph) for paragraph in work.abstract))


def _date(tag: str, day: date) -> ET.Element:
    parts = (_xml("month", f"{day.month:02}"), _xml("day", f"{day.day:02}"), _xml("year", str(day.year)))
    return _xml(tag, *parts, media_type="online")


def _programs(work: WorkRecord) -> Iterable[ET.Element]:
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


def _doi(work: WorkRecord) -> ET.Element:
    return _xml("doi_data", _xml("doi", work.data.doi or ""), _xml("resource", work.data.url or ""))
