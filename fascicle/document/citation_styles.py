"""Citation styles: how each cites, what its list is called and which languages it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fascicle.core.model import CitationStyle
from fascicle.document.locale.bibliography_terms import nearest


class Family(StrEnum):
    """What stands in the text for a work."""

    AUTHOR_DATE = "author-date"
    """(Jia 2009, 5)."""
    AUTHOR_PAGE = "author-page"
    """(Jia 5)."""
    NOTES = "notes"
    """A footnote."""
    NUMBER = "number"
    """[4, p. 5]."""


@dataclass(frozen=True, slots=True)
class Style:
    """One citation style."""

    name: CitationStyle
    """Its name in publication.yaml."""
    family: Family
    """How it cites."""
    package: str
    """The LaTeX package that sets it."""
    options: str
    """Options of the package."""
    heading: str
    """Which heading its list has: a key of `HEADINGS`."""
    parts: tuple[str, ...]
    """Our LaTeX files for it, in order."""
    page_label: bool
    """True when it prints p. or pp. before page numbers."""
    film: str
    """How its film entries are put together: as `bibliography_terms.film_words` knows it."""
    types: Mapping[str, str] = field(default_factory=dict)
    """Entry types that it has no form for, with the nearest one that it has."""


_BOOKS = {"mvbook": "book", "mvcollection": "book", "mvproceedings": "book", "mvreference": "book"}
_POOR = {"jurisdiction": "misc", "legislation": "misc"}
_STANDARD = {
    **_POOR, "artwork": "misc", "audio": "misc", "image": "misc", "letter": "unpublished", "music": "misc",
    "performance": "misc", "standard": "report", "video": "misc",
}  # fmt: skip
_APA = {
    **_BOOKS, "artwork": "image", "bookinbook": "inbook", "booklet": "book", "letter": "unpublished",
    "music": "audio", "performance": "misc", "review": "article", "standard": "report", "suppbook": "inbook",
    "suppcollection": "inbook", "suppperiodical": "article",
}  # fmt: skip
_MLA = {
    **_BOOKS,
    **_POOR,
    "set": "misc",
    "software": "misc",
    "standard": "report",
    "suppperiodical": "article",
}
_CHICAGO = {"set": "misc", "software": "misc"}
STYLES: Mapping[CitationStyle, Style] = {
    style.name: style
    for style in (
        Style(
            CitationStyle.CHICAGO_AUTHOR_DATE, Family.AUTHOR_DATE, "biblatex-chicago",
            "authordate,backend=biber,isbn=false,dashed=false,ibidtracker=false", "references",
            ("eastern", "chicago", "chicago-author-date"), False, "chicago", _CHICAGO,
        ),
        Style(
            CitationStyle.CHICAGO_NOTES, Family.NOTES, "biblatex-chicago", "notes,backend=biber,isbn=false,dashed=false",
            "bibliography", ("eastern", "chicago", "chicago-notes"), False, "chicago", _CHICAGO,
        ),
        Style(
            CitationStyle.APA, Family.AUTHOR_DATE, "biblatex", "style=apa,backend=biber", "references",
            ("apa",), True, "apa", _APA,
        ),
        Style(
            CitationStyle.MLA, Family.AUTHOR_PAGE, "biblatex", "style=mla,backend=biber,ibidtracker=false,dashed=false",
            "works-cited", ("eastern", "mla"), False, "mla", _MLA,
        ),
        Style(
            CitationStyle.AUTHORYEAR, Family.AUTHOR_DATE, "biblatex",
            "style=authoryear,backend=biber,dashed=false,isbn=false,maxbibnames=99", "references",
            ("eastern", "standard", "authoryear"), True, "standard", _STANDARD,
        ),
        Style(
            CitationStyle.NUMERIC, Family.NUMBER, "biblatex", "style=numeric-comp,backend=biber,isbn=false,maxbibnames=99,sortcites=true",
            "references", ("eastern", "standard", "numeric"), True, "standard", _STANDARD,
        ),
    )
}  # fmt: skip
"""The styles by name."""
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "references": {
        "en": "References", "de": "Literaturverzeichnis", "fr": "Références", "es": "Referencias",
        "it": "Riferimenti bibliografici", "pt": "Referências", "nl": "Literatuur", "zh": "参考文献",
        "zh-Hant": "參考文獻", "ja": "参考文献", "ru": "Литература",
    },
    "works-cited": {
        "en": "Works Cited", "de": "Zitierte Werke", "fr": "Ouvrages cités", "es": "Obras citadas",
        "it": "Opere citate", "pt": "Obras citadas", "nl": "Geciteerde werken", "zh": "引用文献",
        "zh-Hant": "引用文獻", "ja": "引用文献", "ru": "Цитируемая литература",
    },
    "bibliography": {
        "en": "Bibliography", "de": "Bibliographie", "fr": "Bibliographie", "es": "Bibliografía",
        "it": "Bibliografia", "pt": "Bibliografia", "nl": "Bibliografie", "zh": "参考文献",
        "zh-Hant": "參考文獻", "ja": "参考文献", "ru": "Библиография",
    },
}  # fmt: skip
"""Headings of the list by kind and language; Google Scholar looks for "References" or "Bibliography" alone."""
CHICAGO_LANGUAGES = frozenset(
    {"en", "de", "fr", "es", "nl", "fi", "nb", "nn", "no", "sv", "is", "ro", "pt-BR"}
)
"""Languages in which biblatex-chicago has its words."""
MLA_LANGUAGES = frozenset({"en", "it"})
"""Languages in which biblatex-mla has its words."""


def heading(style: CitationStyle, language: str) -> str:
    """The heading of the list of works in a language (a BCP 47 tag), English where we have no other."""
    return nearest(HEADINGS[STYLES[style].heading], language)


def spoken(style: CitationStyle, language: str) -> str:
    """The language in which the style's words are printed: the publication's, or English where it has no other."""
    base = language.split("-")[0]
    if STYLES[style].package == "biblatex-chicago":
        return language if base in CHICAGO_LANGUAGES or language in CHICAGO_LANGUAGES else "en"
    if style is CitationStyle.MLA:
        return language if base in MLA_LANGUAGES else "en"
    return language
