"""Citation styles: for each of the six names its biblatex style, our LaTeX beside it, and how it names things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from fascicle.model import CitationStyle
from fascicle.text.escape import Latex
from fascicle.text.styles.words import film_words, nearest

RESOURCE = "references.bib"
"""Name of the bibliography file for TeX."""


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
    """How its film entries are put together: a key of `films.WORDS`."""
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


def printable(name: str) -> CitationStyle:
    """The style of ours that a name stands for, or the default one for any other."""
    return CitationStyle(name) if name in set(CitationStyle) else CitationStyle.CHICAGO_AUTHOR_DATE


QUICK = ("loops", "expressions", "choices")
"""Parts that change nothing but the time that a list of works takes."""
COMMON = "common"
"""The part that every style begins with."""

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


@dataclass(frozen=True, slots=True)
class StyleSetup:
    """What a template prints to cite and list works."""

    package: Latex
    """LaTeX that loads the style; it stands after csquotes and hyperref."""
    setup: Latex
    """What is said to the style beside that; it stands after the package and after babel."""
    heading: str
    """The heading of the list of works, in the publication's language."""
    family: Family
    """How the style cites."""


def style_setup(style: CitationStyle, language: str) -> StyleSetup:
    """A style for a publication in `language` (a BCP 47 tag)."""
    found = STYLES[style]
    package = Latex(rf"\usepackage[{found.options}]{{{found.package}}}")
    return StyleSetup(package, _setup(style, language), heading(style, language), found.family)


@cache
def part(name: str) -> str:
    """The text of one of our LaTeX files."""
    return (files(__package__) / f"{name}.tex").read_text("utf-8")


def heading(style: CitationStyle, language: str) -> str:
    """The heading of the list of works in a language (a BCP 47 tag), English where we have no other."""
    return nearest(HEADINGS[STYLES[style].heading], language)


def _setup(style: CitationStyle, language: str) -> Latex:
    """LaTeX after babel and the style's package; `language` is the publication's BCP 47 tag."""
    found = STYLES[style]
    words = film_words(found.film, spoken(style, language))
    lines = [r"\makeatletter"]
    if found.package == "biblatex-chicago":
        lines.append(r"\DeclareLanguageMapping{american}{cms-american}")  # it does so itself only after babel
    if fallback := _mapping(found, language):
        lines.append(rf"\expanded{{\noexpand\DeclareLanguageMapping{{\bbl@main@language}}{{{fallback}}}}}")
    lines += [part(name).rstrip() for name in (*QUICK, COMMON, *found.parts)]
    lines += [
        rf"\newcommand*{{\fascicledirector}}{{\ifnumgreater{{\value{{author}}}}{{1}}{{{words.directors}}}{{{words.director}}}}}",
        rf"\newcommand*{{\fascicledirectedby}}{{{words.directed_by}}}",
        r"\makeatother",
    ]
    return Latex("\n".join(lines) + "\n")


def spoken(style: CitationStyle, language: str) -> str:
    """The language in which the style's words are printed: the publication's, or English where it has no other."""
    base = language.split("-")[0]
    if STYLES[style].package == "biblatex-chicago":
        return language if base in CHICAGO_LANGUAGES or language in CHICAGO_LANGUAGES else "en"
    if style is CitationStyle.MLA:
        return language if base in MLA_LANGUAGES else "en"
    return language


def _mapping(style: Style, language: str) -> str:
    """The file of words to use where the style would look for one that is not there."""
    foreign = spoken(style.name, language) != language
    if style.package == "biblatex-chicago":
        return "cms-british" if foreign else ""
    if style.name is CitationStyle.MLA:
        return "english-mla" if foreign or language.startswith("en") else ""
    return ""
