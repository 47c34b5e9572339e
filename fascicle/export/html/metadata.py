"""What machines read of a page.

Highwire's and Dublin Core's tags, schema.org's record, links of the head.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from markupsafe import Markup

from fascicle.core import identifiers
from fascicle.export.metadata.citation_formats import bibtex, csl_json, ris
from fascicle.export.metadata.landing_page import highwire, scholarly_article
from fascicle.export.metadata.record import WorkRecord


def head_of(work: WorkRecord, *, anonymous: bool) -> dict[str, object]:
    """Meta tags, links and the linked record; of an anonymous text its title and language alone."""
    if anonymous:
        return {
            "meta": [("DC.title", work.plain.title), ("DC.language", work.data.language)],
            "links": [],
            "linked": None,
        }
    return {
        "meta": [*_description(work), *dublin_core(work), *highwire(work)],
        "links": list(_links(work)),
        "linked": linked(work),
    }


def linked(work: WorkRecord) -> Markup:
    """schema.org's record. A `<` inside a script would end it when `/script` follows."""
    text = json.dumps(scholarly_article(work), ensure_ascii=False, indent=2)
    return Markup(text.replace("<", r"\u003c").replace("&", r"\u0026"))  # noqa: S704 - escaped just here


def _description(work: WorkRecord) -> Iterator[tuple[str, str]]:
    if work.abstract:
        yield "description", work.abstract[0]
    yield from (("author", name) for name in work.plain.creators)


def dublin_core(work: WorkRecord) -> Iterator[tuple[str, str]]:
    """Dublin Core, as libraries' harvesters read it."""
    data, plain = work.data, work.plain
    yield "DC.title", plain.title
    yield from (("DC.creator", author.inverted) for author in data.authors)
    yield from (("DC.subject", keyword) for keyword in plain.keywords)
    single = (
        ("DC.description", " ".join(work.abstract)),
        ("DC.publisher", plain.publisher),
        ("DC.date", data.date.isoformat() if data.date else ""),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.identifier", f"https://doi.org/{data.doi}" if data.doi else data.url or ""),
        ("DC.source", plain.publication_name),
        ("DC.language", data.language),
        ("DC.rights", plain.license_url or plain.rights),
    )
    yield from ((name, value) for name, value in single if value)


def _links(work: WorkRecord) -> Iterator[tuple[str, str]]:
    """Links of the head: the schema of Dublin Core's tags, the licence, the address to cite, the authors."""
    yield "schema.DC", "http://purl.org/dc/elements/1.1/"
    if work.plain.license_url:
        yield "license", work.plain.license_url
    if work.data.url:
        yield "canonical", work.data.url
    if work.data.doi:
        yield "cite-as", f"https://doi.org/{work.data.doi}"
    for author in work.data.authors:
        if author.orcid:
            yield "author", f"https://orcid.org/{author.orcid}"


def records(work: WorkRecord) -> list[dict[str, str]]:
    """The citation for reference managers, as files that the page itself holds."""
    made = (
        ("BibTeX", f"{work.slug}.bib", "text/x-bibtex", bibtex(work)),
        ("RIS", f"{work.slug}.ris", "application/x-research-info-systems", ris(work)),
        ("CSL-JSON", f"{work.slug}.csl.json", "application/vnd.citationstyles.csl+json", csl_json(work)),
    )
    return [
        {"name": name, "file": file, "address": f"data:{kind};charset=utf-8,{quote(text, safe='')}"}
        for name, file, kind, text in made
    ]


def licence_of(work: WorkRecord) -> dict[str, str] | None:
    """The licence of the text."""
    stated = work.data.license
    if not stated:
        return None
    return {"id": stated, "name": identifiers.license_name(stated), "url": work.plain.license_url}
