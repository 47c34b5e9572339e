"""The parts of Crossref's deposits: contributors, dates, abstracts, funding, licence, DOI."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from fascicle.core.model import Author, Deposit
from fascicle.document.tree import Inline
from fascicle.export.metadata.deposits.xml import Element, document, faced, stated, xml
from fascicle.export.metadata.record import WorkRecord, affiliations
from fascicle.export.metadata.registration import ORCID

VERSION = "5.5.0"
"""Version of the deposit schema, of July 2026, the first with CRediT."""
NAMESPACE = f"http://www.crossref.org/schema/{VERSION}"
_NAMES = {
    "xmlns": NAMESPACE,
    "xmlns:jats": "http://www.ncbi.nlm.nih.gov/JATS1",
    "xmlns:ai": "http://www.crossref.org/AccessIndicators.xsd",
    "xmlns:fr": "http://www.crossref.org/fundref.xsd",
}
_MIXED = ("title", "subtitle")


def batch(head: Element, body: Element) -> str:
    """The whole deposit."""
    root = xml("doi_batch", head, body, version=VERSION)
    for name, address in _NAMES.items():
        root.set(name, address)
    return document(root, mixed=_MIXED)


def head(slug: str, dois: Sequence[str], deposit: Deposit, day: date) -> Element:
    """The deposit's own data. Its moment grows with the date and, within a day, with the revision."""
    moment = datetime.combine(day, time(), UTC) + timedelta(seconds=deposit.revision)
    stamp = moment.strftime("%Y%m%d%H%M%S")
    mark = hashlib.sha256("\0".join((*dois, stamp)).encode()).hexdigest()[:12]
    return xml(
        "head",
        xml("doi_batch_id", f"{slug[:60]}-{mark}"),
        xml("timestamp", stamp),
        xml("depositor", xml("depositor_name", deposit.depositor), xml("email_address", deposit.email)),
        xml("registrant", deposit.registrant),
    )


def language(tag: str) -> str:
    """A language as the schema lists them."""
    return tag.split("-")[0]


def titles(title: tuple[Inline, ...], subtitle: tuple[Inline, ...]) -> Element:
    """Title and subtitle with their italics."""
    return xml("titles", faced("title", title), faced("subtitle", subtitle) if subtitle else None)


def contributors(work: WorkRecord) -> Element | None:
    """The authors with their institutions, ORCID iDs and CRediT roles."""
    authors = work.data.authors
    return people(authors, [affiliations(work, author) for author in authors], "author")


def people(
    authors: Sequence[Author], places: Sequence[Sequence[tuple[str, str | None]]], role: str
) -> Element | None:
    """Authors or editors, each with (name, ROR id) of the institutions; None when there is nobody."""
    made = xml("contributors")
    for number, (author, homes) in enumerate(zip(authors, places, strict=True)):
        sequence = "additional" if number else "first"
        made.append(_person(author, homes, sequence=sequence, contributor_role=role))
    return made if len(made) else None


def _person(author: Author, places: Sequence[tuple[str, str | None]], **attributes: str) -> Element:
    if author.literal:
        return xml("organization", author.literal, **attributes)
    return xml(
        "person_name",
        stated("given_name", author.given),
        xml("surname", author.family or ""),
        *(xml("role", vocab="credit", type=role.value) for role in author.roles),
        _institutions(places),
        xml("ORCID", ORCID + author.orcid) if author.orcid else None,
        _own_script(author),
        **attributes,
    )


def _own_script(author: Author) -> Element | None:
    if not author.native:
        return None
    name = xml("string-name", author.native)
    name.set("name-style", "eastern" if author.family_first else "western")
    return xml("alt-name", name)


def _institutions(places: Sequence[tuple[str, str | None]]) -> Element | None:
    made = [
        xml(
            "institution",
            xml("institution_name", name),
            xml("institution_id", ror, type="ror") if ror else None,
        )
        for name, ror in places
    ]
    return xml("affiliations", *made) if made else None


def abstract(paragraphs: Sequence[str], tag: str | None = None) -> Element | None:
    """An abstract; `tag` is its language where that is not the article's."""
    if not paragraphs:
        return None
    return xml("jats:abstract", *(xml("jats:p", paragraph) for paragraph in paragraphs), xml__lang=tag)


def dated(tag: str, day: date, media: str = "online") -> Element:
    """A date; `media` is online or print."""
    parts = (xml("month", f"{day.month:02}"), xml("day", f"{day.day:02}"), xml("year", f"{day.year:04}"))
    return xml(tag, *parts, media_type=media)


def pages(first: str, last: str) -> Element | None:
    """First and last page; None where there are none."""
    return xml("pages", xml("first_page", first), stated("last_page", last)) if first else None


def programs(work: WorkRecord) -> Iterable[Element]:
    """Who paid, and what readers may do."""
    if work.data.funding:
        program = xml("fr:program", name="fundref")
        for grant in work.data.funding:
            # A ROR id says who it is without doubt; Crossref shows the name that it stands for.
            funder = ("ror", grant.ror) if grant.ror else ("funder_name", grant.funder)
            group = xml("fr:assertion", xml("fr:assertion", funder[1], name=funder[0]), name="fundgroup")
            if grant.award:
                group.append(xml("fr:assertion", grant.award, name="award_number"))
            program.append(group)
        yield program
    if work.plain.license_url:
        licence = xml("ai:license_ref", work.plain.license_url, applies_to="vor")
        yield xml("ai:program", licence, name="AccessIndicators")


def doi_data(doi: str, address: str) -> Element:
    """The DOI and where it leads."""
    return xml("doi_data", xml("doi", doi), xml("resource", address))
