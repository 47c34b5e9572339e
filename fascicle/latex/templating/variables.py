"""Step 4, first half: what a template sees of the publication.

Latex is ready to print; plain text is escaped by Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fascicle import __version__
from fascicle.core import identifiers
from fascicle.core.model import Affiliation, Author, PublicationData
from fascicle.core.text.titles import title_separator
from fascicle.core.units import BIG_POINTS
from fascicle.document.document import Document, plain_title
from fascicle.document.locale.dates import long_date
from fascicle.document.locale.labels import labels
from fascicle.document.tree import plain
from fascicle.document.word_count import counted
from fascicle.latex.escape import Latex
from fascicle.latex.fonts.babel import LanguageSetup
from fascicle.latex.fonts.fonts import FontSetup
from fascicle.latex.fragments import Path, Rendered
from fascicle.project.page_geometry import Layout

GENERATOR = f"Made with Fascicle {__version__}, LuaLaTeX and citeproc"
"""What the colophon says of the tools."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the preamble needs for this text."""

    fonts: FontSetup
    """Fonts for its characters."""
    languages: LanguageSetup
    """Hyphenation and line breaking for its languages."""
    layout: Layout | None = None
    """The page of a print edition; None leaves it to the template."""
    changes: bool = False
    """Whether the text holds marks of what has changed."""


def variables(
    document: Document,
    rendered: Rendered,
    edition: str,
    options: Mapping[str, Any],
    setup: Setup,
    loaded: frozenset[str],
) -> dict[str, Any]:
    """The variables that docs/templates.md describes, by name; `loaded` are the packages that the template loads."""
    data, texts = document.publication.data, rendered.texts
    numbers = data.affiliation_numbers
    return {
        **{name: texts.get((name.replace("_", "-"),)) for name in ("title", "subtitle", "rights")},
        **{name: texts.get((name,)) for name in ("abstract", "acknowledgements")},
        **{name: getattr(data, name) for name in ("version", "doi", "url", "publisher", "place")},
        "short_title": texts.get(("short-title",)) or texts.get(("title",)),
        "title_plain": plain_title(document),
        "subtitle_separator": title_separator(
            plain(document.inlines[("title",)]), labels(data.language)["colon"]
        ),
        "language": data.language,
        "date_iso": data.date.isoformat() if data.date else None,
        "date_long": long_date(data.date, data.language) if data.date else None,
        "authors": [_author(number, author, numbers, texts) for number, author in enumerate(data.authors)],
        "affiliations": _affiliations(data),
        "keywords": list(data.keywords),
        "highlights": list(data.highlights),
        "license": _license(data),
        "journal": data.journal.model_dump() if data.journal else None,
        "funding": [grant.model_dump() for grant in data.funding],
        "declarations": [
            {"title": declaration.title, "text": texts.get(("declarations", number, "text"))}
            for number, declaration in enumerate(data.declarations)
        ],
        "how_to_cite": texts.get(("suggested",)),
        "body": rendered.body,
        "figures": texts.get(("figures",)),
        "number_sections": data.number_sections,
        "packages": sorted(rendered.packages - loaded),
        "fonts": {"preamble": setup.fonts.preamble},
        "languages": {"preamble": setup.languages.preamble},
        "references": _references(document, rendered),
        "words": dict(labels(data.language)),
        "options": dict(options),
        "edition": edition,
        "sheet": _sheet(setup.layout) if setup.layout else None,
        "word_count": _WordCount(document),
        "changes": setup.changes,
        "generator": GENERATOR,
    }


class _WordCount(Mapping[str, int]):
    """Words of the sections: without notes, of the notes, and of both. Counted when a template asks: few do."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _counts(self) -> dict[str, int]:
        words, notes = counted(self._document)
        return {"text": words, "notes": notes, "all": words + notes}

    def __getitem__(self, key: str) -> int:
        return self._counts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def _sheet(layout: Layout) -> dict[str, float]:
    """Measures of a print edition's page in millimetres, as exact as TeX's own."""
    sheet = layout.sheet
    wide, high = sheet.media
    measures = {
        "trim_width": sheet.width,
        "trim_height": sheet.height,
        "paper_width": wide,
        "paper_height": high,
        "room_bind": sheet.room.bind,
        "room_outer": sheet.room.outer,
        "room_top": sheet.room.upright,
        "bleed": sheet.bleed,
        "margin": layout.margin,
        "gutter": layout.gutter,
    }
    return {name: round(value / BIG_POINTS["mm"], 5) for name, value in measures.items()}


def _author(
    number: int, author: Author, numbers: Mapping[str, int], texts: Mapping[Path, Any]
) -> dict[str, Any]:
    return {
        "name": author.name,
        "short": author.family or author.name,
        "native": author.native,
        "orcid": f"https://orcid.org/{author.orcid}" if author.orcid else None,
        "email": author.email,
        "corresponding": author.corresponding,
        "note": texts.get(("authors", number, "note")),
        "marks": [numbers[key] for key in author.affiliations if key in numbers],
    }


def _affiliations(data: PublicationData) -> list[dict[str, Any]]:
    return [_affiliation(number, data.affiliations[key]) for key, number in data.affiliation_numbers.items()]


def _affiliation(number: int, place: Affiliation) -> dict[str, Any]:
    return {
        "number": number,
        "name": place.printed,
        "institution": place.institution,
        "country": place.country,
        "ror": place.ror,
    }


def _license(data: PublicationData) -> dict[str, str] | None:
    if not data.license:
        return None
    return {
        "id": data.license,
        "name": identifiers.license_name(data.license),
        "url": identifiers.license_url(data.license),
    }


def _natbib(rendered: Rendered) -> Latex:
    """The option of natbib where BibTeX words citations and list; empty elsewhere."""
    if rendered.bibtex is None:
        return Latex("")
    return Latex("numbers,sort&compress" if rendered.bibtex.numeric else "authoryear")


def _references(document: Document, rendered: Rendered) -> dict[str, Any]:
    listed = document.works
    return {
        "heading": listed.heading,
        "list": rendered.works,
        "present": bool(listed.at_end),
        "listed": bool(listed.places),
        "bibtex": _natbib(rendered),
    }
