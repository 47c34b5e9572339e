"""What LaTeX is told for each citation style: its package, and our own LaTeX beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fascicle.core.model import CitationStyle
from fascicle.document.citation_styles import STYLES, Family, Style, heading, spoken
from fascicle.document.locale.bibliography_terms import film_words
from fascicle.latex.escape import Latex

RESOURCE = "references.bib"
"""Name of the bibliography file for TeX."""

QUICK = ("loops", "expressions", "choices")
"""Parts that change nothing but the time that a list of works takes."""
COMMON = "common"
"""The part that every style begins with."""


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
    return (files(__package__) / "tex" / f"{name}.tex").read_text("utf-8")


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


def _mapping(style: Style, language: str) -> str:
    """The file of words to use where the style would look for one that is not there."""
    foreign = spoken(style.name, language) != language
    if style.package == "biblatex-chicago":
        return "cms-british" if foreign else ""
    if style.name is CitationStyle.MLA:
        return "english-mla" if foreign or language.startswith("en") else ""
    return ""
