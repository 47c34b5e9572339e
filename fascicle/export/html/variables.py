"""What a template for pages sees of the publication.

Rendered texts ready to print, everything else plain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from fascicle import __version__
from fascicle.core.model import Author, PublicationData
from fascicle.core.text.titles import title_separator
from fascicle.document.document import Document
from fascicle.document.locale.dates import long_date
from fascicle.document.locale.direction import direction
from fascicle.document.locale.labels import labels
from fascicle.document.locale.words import words
from fascicle.document.tree import plain
from fascicle.export.html.metadata import licence_of
from fascicle.export.html.nodes import Nodes
from fascicle.export.html.reading import ContentsLine, Reading
from fascicle.export.metadata.record import WorkRecord

GENERATOR = f"Made with Fascicle {__version__}, pandoc and citeproc"
"""What the colophon says of the tools."""
Shown = Callable[[Nodes], Markup]
"""Writes nodes as HTML or XHTML."""


def publication_variables(
    document: Document, reading: Reading, work: WorkRecord, shown: Shown
) -> dict[str, Any]:
    """The variables that every page sees; docs/html.md describes them."""
    data, texts = document.publication.data, reading.texts

    def text(*path: str | int) -> Markup:
        return shown(texts.get(path, []))

    return {
        **{name: text(name) for name in ("title", "subtitle", "abstract", "acknowledgements", "rights")},
        **{name: getattr(data, name) for name in ("version", "doi", "url", "publisher", "place")},
        "title_plain": work.plain.title,
        "description": work.abstract[0] if work.abstract else "",
        "subtitle_separator": title_separator(
            plain(document.inlines[("title",)]), labels(data.language)["colon"]
        ),
        "language": data.language,
        "direction": direction(data.language),
        "date_iso": data.date.isoformat() if data.date else None,
        "date_long": long_date(data.date, data.language) if data.date else None,
        "authors": [_author(number, author, data, text) for number, author in enumerate(data.authors)],
        "affiliations": [_affiliation(number, key, data) for key, number in data.affiliation_numbers.items()],
        "keywords": list(data.keywords),
        "license": licence_of(work),
        "journal": data.journal.model_dump() if data.journal else None,
        "funding": [grant.model_dump() for grant in data.funding],
        "declarations": [
            {"title": declaration.title, "text": text("declarations", number, "text")}
            for number, declaration in enumerate(data.declarations)
        ],
        "how_to_cite": text("suggested"),
        "words": {**labels(data.language), **words(data.language).reading.model_dump()},
        "contents": [_line(line, shown) for line in reading.contents],
        "generator": GENERATOR,
    }


def _author(
    number: int, author: Author, data: PublicationData, text: Callable[..., Markup]
) -> Mapping[str, Any]:
    numbers = data.affiliation_numbers
    return {
        "name": author.name,
        "inverted": author.inverted,
        "native": author.native,
        "orcid": f"https://orcid.org/{author.orcid}" if author.orcid else None,
        "email": author.email,
        "corresponding": author.corresponding,
        "note": text("authors", number, "note"),
        "marks": [numbers[key] for key in data.affiliations_of(author)],
    }


def _affiliation(number: int, key: str, data: PublicationData) -> Mapping[str, Any]:
    place = data.affiliations[key]
    return {"number": number, "name": place.printed, "ror": place.ror}


def _line(line: ContentsLine, shown: Shown) -> Mapping[str, Any]:
    return {
        "address": f"{line.file}#{line.identifier}",
        "text": shown(line.nodes),
        "under": [_line(inner, shown) for inner in line.under],
    }
