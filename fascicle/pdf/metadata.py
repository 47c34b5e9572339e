"""What a PDF says of itself, as plain text.

The one source of Info, XMP and the checks that compare them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from fascicle.core import identifiers
from fascicle.core.model import Publication, PublicationData
from fascicle.core.text.titles import full_title

NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2), and the carriage return, which XML readers turn into a line feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The publication's description, without markup. Empty fields are left out of the file."""

    title: str
    """Title and subtitle as one line."""
    language: str
    """Main language, a BCP 47 tag."""
    creators: tuple[str, ...] = ()
    """The authors' names in order, as printed; empty in an anonymous copy."""
    description: str = ""
    """The abstract, its paragraphs parted by an empty line."""
    keywords: tuple[str, ...] = ()
    """The keywords."""
    date: date | None = None
    """Day of publication."""
    version: str = ""
    """Version of the text."""
    publisher: str = ""
    """Who publishes it."""
    doi: str = ""
    """The bare DOI."""
    url: str = ""
    """Address at which the publication can be read; the DOI's own when no other is given."""
    rights: str = ""
    """Copyright line."""
    copyrighted: bool = True
    """False when the work has been given to the public domain."""
    license: str = ""
    """The licence as an SPDX expression."""
    license_url: str = ""
    """Address of the licence's text."""
    publication_name: str = ""
    """The journal's or series' name."""
    issn: str = ""
    """The journal's ISSN."""
    volume: str = ""
    """Volume."""
    number: str = ""
    """Issue."""
    starting_page: str = ""
    """Number of the first page."""
    ending_page: str = ""
    """Number of the last page."""

    @property
    def moment(self) -> datetime | None:
        """Midnight, in Universal Time, of the day of publication."""
        return datetime.combine(self.date, time(), UTC) if self.date else None

    @property
    def author_line(self) -> str:
        """All authors in one line, parted by semicolons since a name may hold a comma."""
        return "; ".join(self.creators)

    @property
    def keyword_line(self) -> str:
        """All keywords in one line."""
        return "; ".join(self.keywords)


def metadata_of(publication: Publication, plain: Callable[[str], str]) -> Metadata:
    """The metadata of `publication`; `plain` turns Markdown into plain text."""
    data, journal = publication.data, publication.data.journal
    return Metadata(
        title=_line(full_title(plain(data.title), plain(data.subtitle) if data.subtitle else "")),
        language=data.language,
        creators=tuple(_line(author.name) for author in data.authors),
        description=_paragraphs(plain(data.abstract)) if data.abstract else "",
        keywords=tuple(_line(keyword) for keyword in data.keywords),
        date=data.date,
        version=_line(data.version),
        publisher=_line(data.publisher),
        doi=data.doi or "",
        url=data.url or (f"https://doi.org/{data.doi}" if data.doi else ""),
        rights=_rights(data, plain),
        copyrighted=data.license not in ("CC0-1.0", "CC-PDDC"),
        license=data.license or "",
        license_url=_license_url(data.license),
        publication_name=_line(journal.title) if journal else "",
        issn=(journal.issn or "") if journal else "",
        volume=_line(journal.volume) if journal else "",
        number=_line(journal.issue) if journal else "",
        starting_page=_number(journal.first_page) if journal else "",
        ending_page=_number(journal.last_page) if journal else "",
    )


def _rights(data: PublicationData, plain: Callable[[str], str]) -> str:
    if data.rights:
        return _line(plain(data.rights))
    if not data.date or not data.authors or data.license in ("CC0-1.0", "CC-PDDC"):
        return ""
    return _line(f"© {data.date.year} {', '.join(author.name for author in data.authors)}")


def _license_url(expression: str | None) -> str:
    """Only a single licence has one address; `A OR B` has none."""
    return identifiers.license_url(expression) if expression and " " not in expression else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _line(text: str | None) -> str:
    """`text` in one line, without what XML cannot hold."""
    return " ".join(NOT_XML.sub(" ", text or "").split())


def _paragraphs(text: str) -> str:
    return "\n\n".join(line for block in re.split(r"\n\s*\n", text) if (line := _line(block)))
