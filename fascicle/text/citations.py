r"""Citations as biblatex commands, so that biber sorts, disambiguates and numbers them as the style wants.

What biblatex cannot say in one command (an author suppressed among several works, a sentence that names one author
and cites further works) is put together from its bare `\cite` in our own brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from fascicle.model import CitationStyle
from fascicle.text.bibtext import tex_key
from fascicle.text.escape import Latex, concat, escape
from fascicle.text.styles import STYLES, Family, Style, spoken
from fascicle.text.styles.words import locator_label
from fascicle.text.tree import Citation, Cite, CiteMode, Inline
from fascicle.text.wording import locator_joint

Inlines = Callable[[tuple[Inline, ...]], Latex]
"""Renders a citation's prefix or suffix."""

_PLAIN_PAGES = re.compile(r"(?:[\divxlcdmIVXLCDM]+(?:\s*[–,;&]\s*|$))+(?:f{1,2}\.?|sqq?\.?)?")
_DASHES = re.compile(r"\s*(?:-{1,3}|–)\s*")


def render_cite(cite: Cite, style: CitationStyle, inlines: Inlines, language: str = "en-GB") -> Latex:
    """One citation in a style. `inlines` renders its prefixes and suffixes; `language` chooses locator labels."""
    chosen = STYLES[style]
    works = [_Work(citation, chosen, inlines, language) for citation in cite.citations]
    if not works:
        return Latex("")
    return _RENDERERS[chosen.family](works)


class _Work:
    """One work of a citation with its notes rendered."""

    def __init__(self, citation: Citation, style: Style, inlines: Inlines, language: str) -> None:
        self.key = tex_key(citation.key)
        self.mode = citation.mode
        self.before = inlines(citation.prefix) if citation.prefix else Latex("")
        self.after = _postnote(citation, style, inlines, language)

    @property
    def bare(self) -> bool:
        """True when nothing stands around the key."""
        return not self.before and not self.after

    def arguments(self) -> Latex:
        """`[before][after]{key}`; braces keep brackets inside the notes apart from those around them."""
        if self.before:
            notes = Latex(
                f"[{{{self.before}}}][{{{self.after}}}]" if self.after else f"[{{{self.before}}}][]"
            )
        else:
            notes = Latex(f"[{{{self.after}}}]" if self.after else "")
        return Latex(f"{notes}{{{self.key}}}")


def _postnote(citation: Citation, style: Style, inlines: Inlines, language: str) -> Latex:
    locator = _locator(citation, style, spoken(style.name, language))
    suffix = inlines(citation.suffix) if citation.suffix else Latex("")
    if not locator or not suffix:
        return locator or suffix
    return Latex(f"{locator}{locator_joint(citation.locator_label, citation.suffix)}{suffix}")


def _locator(citation: Citation, style: Style, language: str) -> Latex:
    """The locator with the label that the style prints; biblatex itself puts p. or pp. before plain page numbers."""
    value = citation.locator.strip()
    if not value:
        return Latex("")
    kind = citation.locator_label or "page"
    printed = escape(_DASHES.sub("–", value) if kind != "timestamp" else value.replace("-", "–"))
    if kind == "page":
        plain = _PLAIN_PAGES.fullmatch(_DASHES.sub("–", value)) is not None
        if not style.page_label:
            return printed
        command = r"\ppno" if re.search(r"[–,;&]", _DASHES.sub("–", value)) else r"\pno"
        # A suffix makes the note a text, to which biblatex adds no label.
        return printed if plain and not citation.suffix else Latex(rf"{command}~{printed}")
    label = locator_label(style.film, language, kind)
    joined = Latex(f"{escape(label)}~{printed}") if label else printed
    return Latex(rf"\nopp {joined}") if style.page_label and not label else joined


def _parenthetical(works: list[_Work]) -> Latex:
    """(Jia 2009, 5; Wang 2014)."""
    first, rest = works[0], works[1:]
    if first.mode is CiteMode.NARRATIVE:
        if not rest:
            return Latex(rf"\textcite{first.arguments()}")
        inner = _joined([_bare(first, star=True), *(_bare(work) for work in rest)])
        return Latex(rf"\fasciclename{{{first.key}}} \mkbibparens{{{inner}}}")
    if all(work.mode is CiteMode.NORMAL for work in works):
        return _command("parencite", works)
    if len(works) == 1:
        return Latex(rf"\parencite*{first.arguments()}")
    return Latex(rf"\mkbibparens{{{_joined(_bare(work) for work in works)}}}")


def _author_page(works: list[_Work]) -> Latex:
    """(Jia 5); a sentence that names the author leaves the page, or nothing."""
    first, rest = works[0], works[1:]
    if all(work.mode is CiteMode.NORMAL for work in works):
        return _command("parencite", works)
    named = Latex(rf"\fasciclename{{{first.key}}} ") if first.mode is CiteMode.NARRATIVE else Latex("")
    if not rest and first.bare:
        return Latex(rf"{named}\fasciclerest{{{first.key}}}")
    commands = {True: "fascicleciterest", False: "fasciclecite"}
    inner = _joined(
        Latex(rf"\{commands[work.mode is not CiteMode.NORMAL]}{work.arguments()}") for work in works
    )
    return Latex(rf"{named}\mkbibparens{{{inner}}}")


def _numbers(works: list[_Work]) -> Latex:
    """[4, p. 5]; a number names no author, so none can be suppressed."""
    if len(works) == 1:
        command = "textcite" if works[0].mode is CiteMode.NARRATIVE else "parencite"
        return Latex(rf"\{command}{works[0].arguments()}")
    if all(work.bare for work in works):
        cited = Latex(rf"\parencite{{{','.join(work.key for work in works)}}}")
    else:
        # Commas stand between a number and its page, so semicolons part the works.
        delimiter = r"\renewcommand*{\multicitedelim}{\addsemicolon\space}"
        cited = Latex(rf"{{{delimiter}\parencites{concat(work.arguments() for work in works)}}}")
    named = works[0].mode is CiteMode.NARRATIVE
    return Latex(rf"\fasciclename{{{works[0].key}}} {cited}") if named else cited


def _notes(works: list[_Work]) -> Latex:
    """A footnote, or inside a footnote the same words in the line: a note always names the author."""
    if len(works) > 1:
        arguments = concat(work.arguments() for work in works)
        cited = Latex(rf"\fascicleautocites{{{arguments}}}")
    else:
        cited = Latex(rf"\autocite{works[0].arguments()}")
    if works[0].mode is CiteMode.NARRATIVE:
        return Latex(rf"\fasciclename{{{works[0].key}}}\fasciclenotespace {cited}")
    return cited


def _command(name: str, works: list[_Work]) -> Latex:
    """One command, or its form for several works, in a group: brackets after it are the sentence's, not its own."""
    if len(works) == 1:
        return Latex(rf"\{name}{works[0].arguments()}")
    return Latex(rf"{{\{name}s{concat(work.arguments() for work in works)}}}")


def _bare(work: _Work, *, star: bool | None = None) -> Latex:
    starred = star if star is not None else work.mode is CiteMode.SUPPRESS_AUTHOR
    return Latex(rf"\cite{'*' if starred else ''}{work.arguments()}")


def _joined(pieces: Iterable[Latex]) -> Latex:
    return Latex("; ".join(pieces))


_RENDERERS: dict[Family, Callable[[list[_Work]], Latex]] = {
    Family.AUTHOR_DATE: _parenthetical,
    Family.AUTHOR_PAGE: _author_page,
    Family.NOTES: _notes,
    Family.NUMBER: _numbers,
}
