"""How to cite the publication itself: one line for the colophon and the first page, in the publication's own style."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fascicle.model import Author, CitationStyle, PublicationData
from fascicle.text.escape import Latex, concat, escape
from fascicle.text.labels import labels
from fascicle.text.quotes import quotes
from fascicle.text.styles import printable

_FRAGILE = re.compile(r"[{}\\^\s]")
_CLOSING = "’”»"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line."""

    text: str
    """Plain text."""
    italic: bool = False
    """True for titles of whole works and of journals."""
    address: bool = False
    """True for a web address."""


@dataclass(frozen=True, slots=True)
class HowToCite:
    """The line, ready to print in any way."""

    parts: tuple[Part, ...]
    """Its pieces in order, spaces included."""

    @property
    def plain(self) -> str:
        """The line as plain text."""
        return "".join(part.text for part in self.parts)

    @property
    def latex(self) -> Latex:
        r"""The line as LaTeX; addresses become `\url`, which hyperref or url defines."""
        return concat(_latex(part) for part in self.parts)

    def __html__(self) -> Latex:
        """Lets a template print the line itself."""
        return self.latex


def _latex(part: Part) -> Latex:
    if part.address:
        return Latex(rf"\url{{{_FRAGILE.sub(lambda found: f'%{ord(found[0]):02X}', part.text)}}}")
    return Latex(rf"\emph{{{escape(part.text)}}}") if part.italic else escape(part.text)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the forms below arrange."""

    data: PublicationData
    title: str
    language: str

    @property
    def year(self) -> str:
        return str(self.data.date.year) if self.data.date else "n.d."

    @property
    def pages(self) -> str:
        journal = self.data.journal
        if journal is None or journal.first_page is None:
            return ""
        last = journal.last_page
        return (
            f"{journal.first_page}–{last}" if last and last != journal.first_page else f"{journal.first_page}"
        )

    @property
    def issued(self) -> str:
        """Place and publisher."""
        return ": ".join(part for part in (self.data.place, self.data.publisher) if part)

    @property
    def version(self) -> str:
        return f"{labels(self.language)['version']} {self.data.version}" if self.data.version else ""

    @property
    def quoted(self) -> str:
        opening, closing = quotes(self.language).pair(0)
        # American typography sets the full stop inside the quotation marks.
        stop = "." if self.language in ("en", "en-US") and self.title[-1:] not in ".?!" else ""
        return f"{opening}{self.title}{stop}{closing}"

    def address(self) -> list[Part]:
        found = f"https://doi.org/{self.data.doi}" if self.data.doi else self.data.url
        return [Part(" "), Part(found, address=True)] if found else []


def how_to_cite(data: PublicationData, title: str) -> HowToCite:
    """The line for a publication whose title, with its subtitle, is `title` as plain text."""
    facts = _Facts(data, title, data.language)
    parts = _FORMS[printable(data.citation_style)](facts) + facts.address()
    return HowToCite(tuple(part for part in parts if part.text))


def _sentence(*parts: str | Part) -> list[Part]:
    """Pieces each ended by a full stop, the empty ones left out."""
    line: list[Part] = []
    for part in (Part(part) if isinstance(part, str) else part for part in parts):
        if part.text:
            line += [Part(" ")] if line else []
            line += [part] if part.text.rstrip(_CLOSING)[-1:] in (".", "?", "!") else [part, Part(".")]
    return line


def _listed(authors: tuple[Author, ...], language: str, *, most: int = 10, shown: int = 7) -> str:
    """Names with the first inverted, as a list sorts them: `Wang, Qi, and Jia Zhangke`."""
    names = [authors[0].inverted, *(author.name for author in authors[1:])]
    if len(names) > most:
        return f"{', '.join(names[:shown])}, et al."
    return _joined(names, language, first_inverted="," in names[0])


def _joined(names: list[str], language: str, *, first_inverted: bool = False) -> str:
    if len(names) == 1:
        return names[0]
    # American English alone has a comma before the last name of three.
    serial = language in ("en", "en-US") and (len(names) > 2 or first_inverted)
    return f"{', '.join(names[:-1])}{',' if serial else ''}{labels(language)['and']}{names[-1]}"


def _initials(author: Author) -> str:
    """`Hemelryk, S. D.`, as APA writes every name."""
    if author.literal or not author.given or not author.family or author.east_asian:
        return author.name
    given = " ".join(
        "-".join(f"{piece[0]}." for piece in word.split("-") if piece) for word in author.given.split()
    )
    return f"{author.family}, {given}"


def _apa_names(authors: tuple[Author, ...]) -> str:
    names = [_initials(author) for author in authors]
    if len(names) > 20:
        return f"{', '.join(names[:19])}, … {names[-1]}"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _author_date(facts: _Facts) -> list[Part]:
    """Jia Zhangke. 2026. ‘Title’. *Journal* 3 (2): 1–20."""
    head = (_listed(facts.data.authors, facts.language), facts.year)
    journal = facts.data.journal
    if journal is None:
        return _sentence(*head, Part(facts.title, italic=True), facts.version, facts.issued)
    issue = f" {journal.volume or ''}{f' ({journal.issue})' if journal.issue else ''}".rstrip()
    return [
        *_sentence(*head, facts.quoted),
        Part(" "),
        Part(journal.title, italic=True),
        Part(issue + (f": {facts.pages}" if facts.pages else "") + "."),
    ]


def _notes(facts: _Facts) -> list[Part]:
    """Jia Zhangke. ‘Title’. *Journal* 3, no. 2 (2026): 1–20."""
    names = _listed(facts.data.authors, facts.language)
    journal = facts.data.journal
    if journal is None:
        end = ", ".join(part for part in (facts.issued, facts.year) if part)
        return _sentence(names, Part(facts.title, italic=True), facts.version, end)
    issue = ", ".join(part for part in (journal.volume, journal.issue and f"no. {journal.issue}") if part)
    tail = f" {issue}".rstrip() + f" ({facts.year})" + (f": {facts.pages}" if facts.pages else "")
    return [*_sentence(names, facts.quoted), Part(" "), Part(journal.title, italic=True), Part(tail + ".")]


def _apa(facts: _Facts) -> list[Part]:
    """Jia, Z. (2026). Title. *Journal*, *3*(2), 1–20."""
    names = _apa_names(facts.data.authors)
    head = [Part(f"{names}{'' if names.endswith('.') else '.'} ({facts.year}). ")]
    journal = facts.data.journal
    if journal is None:
        version = f" ({facts.version})" if facts.version else ""
        return [
            *head,
            Part(facts.title, italic=True),
            Part(f"{version}. "),
            *_sentence(facts.data.publisher or ""),
        ]
    middle = [Part(journal.title, italic=True)]
    if journal.volume:
        middle += [Part(", "), Part(journal.volume, italic=True)]
    issue = f"({journal.issue})" if journal.issue else ""
    pages = f", {facts.pages}" if facts.pages else ""
    return [*head, *_sentence(facts.title), Part(" "), *middle, Part(f"{issue}{pages}.")]


def _mla(facts: _Facts) -> list[Part]:
    """Jia Zhangke, et al. ‘Title’. *Journal*, vol. 3, no. 2, 2026, pp. 1–20."""
    names = _listed(facts.data.authors, facts.language, most=2, shown=1)
    journal = facts.data.journal
    if journal is None:
        end = ", ".join(part for part in (facts.data.publisher, facts.year) if part)
        return _sentence(names, Part(facts.title, italic=True), facts.version, end)
    page = f"{'pp.' if '–' in facts.pages else 'p.'} {facts.pages}" if facts.pages else ""
    volume, issue = journal.volume and f"vol. {journal.volume}", journal.issue and f"no. {journal.issue}"
    tail = "".join(f", {part}" for part in (volume, issue, facts.year, page) if part)
    return [*_sentence(names, facts.quoted), Part(" "), Part(journal.title, italic=True), Part(tail + ".")]


def _plain(facts: _Facts) -> list[Part]:
    """Jia Zhangke (2026). ‘Title’. *Journal* 3.2, pp. 1–20."""
    head = f"{_listed(facts.data.authors, facts.language)} ({facts.year})"
    journal = facts.data.journal
    if journal is None:
        return _sentence(head, Part(facts.title, italic=True), facts.version, facts.issued)
    issue = ".".join(part for part in (journal.volume, journal.issue) if part)
    page = f", {labels(facts.language)['pages']} {facts.pages}" if facts.pages else ""
    return [
        *_sentence(head, facts.quoted),
        Part(" "),
        Part(journal.title, italic=True),
        Part(f" {issue}".rstrip() + page + "."),
    ]


def _numeric(facts: _Facts) -> list[Part]:
    """Zhangke Jia. ‘Title’. *Journal* 3.2 (2026), pp. 1–20."""
    names = _joined([author.name for author in facts.data.authors], facts.language)
    journal = facts.data.journal
    if journal is None:
        end = ", ".join(part for part in (facts.issued, facts.year) if part)
        return _sentence(names, Part(facts.title, italic=True), facts.version, end)
    issue = ".".join(part for part in (journal.volume, journal.issue) if part)
    page = f", {labels(facts.language)['pages']} {facts.pages}" if facts.pages else ""
    tail = f" {issue}".rstrip() + f" ({facts.year}){page}."
    return [*_sentence(names, facts.quoted), Part(" "), Part(journal.title, italic=True), Part(tail)]


_FORMS: Mapping[CitationStyle, Callable[[_Facts], list[Part]]] = {
    CitationStyle.CHICAGO_AUTHOR_DATE: _author_date,
    CitationStyle.CHICAGO_NOTES: _notes,
    CitationStyle.APA: _apa,
    CitationStyle.MLA: _mla,
    CitationStyle.AUTHORYEAR: _plain,
    CitationStyle.NUMERIC: _numeric,
}
