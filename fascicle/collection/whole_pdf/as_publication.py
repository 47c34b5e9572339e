"""The collection itself as a publication: what its cover, its imprint and its file say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fascicle.collection.settings.model import CollectionData, Kind, Matter
from fascicle.collection.settings.reader import Collection
from fascicle.core.diagnostics import Collector
from fascicle.core.model import Publication, PublicationData, Section
from fascicle.document.document import plain_text
from fascicle.project.bibliography.library import Bibliography
from fascicle.project.sections import read_section
from fascicle.project.sources import Sources


def whole_publication(
    collection: Collection, matter: Sequence[Matter], sources: Sources, problems: Collector
) -> Publication:
    """The collection in the form of a publication, with its editorial or its glossary as the only section."""
    sections: tuple[Section, ...] = ()
    texts = {Matter.EDITORIAL: collection.data.editorial, Matter.GLOSSARY: collection.data.glossary}
    key = next((one for one in matter if texts.get(one)), None)
    if key and (named := texts[key]):
        text = sources.text(named, problems, collection.places.of(key))
        section = read_section(named, text, problems) if text is not None else None
        sections = (section,) if section else ()
    return Publication(
        data=PublicationData.model_validate(_stated(collection.data)),
        places=collection.places,
        slug=collection.slug,
        sections=sections,
        pictures={},
        bibliography=Bibliography(),
    )


def _stated(data: CollectionData) -> dict[str, Any]:
    journal = data.journal
    people = data.editors or (journal.editors if journal else ())
    authors = [one.model_dump(by_alias=True, exclude_unset=True) for one in people]
    said: dict[str, Any] = {
        "title": title_of(data),
        "subtitle": data.subtitle,
        "authors": authors or [{"literal": publisher_of(data) or title_of(data)}],
        "affiliations": {key: one.model_dump(by_alias=True) for key, one in data.affiliations.items()},
        "language": data.language,
        "date": data.date,
        "doi": data.doi,
        "url": data.url,
        "publisher": publisher_of(data),
        "place": (journal and journal.place) or data.place,
        "license": data.license or (journal and journal.license),
        "rights": data.rights,
        "journal": _journal(data),
        "citation-style": data.shared.citation_style,
    }
    # The editorial is no numbered section.
    return {key: value for key, value in said.items() if value} | {"number-sections": False}


def _journal(data: CollectionData) -> dict[str, Any] | None:
    if data.journal is None:
        return None
    said = {
        "title": data.journal.title,
        "issn": data.journal.number,
        "volume": data.volume,
        "issue": data.number,
    }
    return {key: value for key, value in said.items() if value}


def publisher_of(data: CollectionData) -> str | None:
    """Who publishes the whole."""
    return (data.journal and data.journal.publisher) or data.publisher


def title_of(data: CollectionData) -> str:
    """The title of a book or a themed issue, or else the journal's with volume and number."""
    if data.title:
        return data.title
    name = data.journal.title if data.journal else data.kind.value
    return f"{name} {numbers_of(data)}".strip()


def numbers_of(data: CollectionData) -> str:
    """Volume and number as `12 (3)`."""
    if data.kind is Kind.BOOK:
        return data.volume or ""
    return " ".join(
        part
        for part in (data.volume, f"({data.number})" if data.number and data.volume else data.number)
        if part
    )


def plain_title(data: CollectionData) -> str:
    """The title without markup."""
    return plain_text(title_of(data))
