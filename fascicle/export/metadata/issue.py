"""An issue, a volume of proceedings or an edited book, as records describe it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from fascicle.citations.cite import Cited
from fascicle.citations.items.model import Item
from fascicle.core import identifiers
from fascicle.core.diagnostics import Span
from fascicle.core.model import Author, Deposit, Journal
from fascicle.document.tree import plain
from fascicle.export.metadata.record import WorkRecord


class IssueKind(StrEnum):
    """What gathers the articles."""

    ISSUE = "issue"
    """An issue of a journal."""
    PROCEEDINGS = "proceedings"
    """A volume of a conference's papers."""
    BOOK = "book"
    """A book whose chapters have authors of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRecord:
    """The journal, or the series of books or proceedings. Empty fields are not known."""

    title: str
    """Its full name."""
    abbreviation: str = ""
    """Its name shortened after ISO 4, as PubMed and libraries list it."""
    issn_print: str = ""
    """ISSN of what is printed."""
    issn_online: str = ""
    """ISSN of what is read online."""
    publisher: str = ""
    """Who publishes it."""
    place: str = ""
    """Where the publisher is."""
    license: str = ""
    """The licence of its articles as an SPDX expression, where an article states none itself."""
    language: str = "en"
    """Its main language, a BCP 47 tag."""
    url: str = ""
    """Its home on the web."""
    doi: str = ""
    """The journal's own DOI."""
    editors: tuple[Author, ...] = ()
    """Its editors, in order."""

    @property
    def issn(self) -> str:
        """The one ISSN where a format has room for one: that of what is read online, or else of what is printed."""
        return self.issn_online or self.issn_print


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """A file in which an article or an issue is read."""

    path: Path
    """The finished file."""
    media_type: str
    """Its media type, such as application/pdf."""
    label: str
    """What readers are offered, such as PDF."""
    language: str = ""
    """Its language, a BCP 47 tag; the article's own when empty."""
    url: str = ""
    """Address at which the file will be read; empty when it stands beside its landing page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """An abstract in one language."""

    language: str
    """A BCP 47 tag."""
    paragraphs: tuple[str, ...]
    """Its paragraphs as plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A work that an article cites."""

    item: Item
    """The work as data."""
    text: str
    """Its entry as the article prints it, as plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article or chapter in its place."""

    work: WorkRecord
    """The publication as it describes itself: authors, CRediT, funding, licence, abstract."""
    first_page: str = ""
    """Label of its first page, as printed: `17`, `iv`; empty where there are no pages."""
    last_page: str = ""
    """Label of its last page."""
    section: str = ""
    """Section of the issue in which it stands, such as Reviews."""
    url: str = ""
    """Its landing page; the work's own address when empty."""
    galleys: tuple[Galley, ...] = ()
    """Files in which it is read, the first one first."""
    references: tuple[Reference, ...] = ()
    """The works that it cites, in the order of its list; `references_of` reads them."""
    abstracts: tuple[Abstract, ...] = ()
    """Abstracts in other languages than the article's own."""
    pages: int = 0
    """How many pages its PDF has; 0 when not known."""
    span: Span | None = None
    """Where the collection names it."""

    @property
    def address(self) -> str:
        """Where readers find it."""
        return self.url or self.work.data.url or ""

    @property
    def all_abstracts(self) -> tuple[Abstract, ...]:
        """The article's own abstract, then those in other languages."""
        own = self.work.abstract
        mine = (Abstract(language=self.work.data.language, paragraphs=own),) if own else ()
        return (*mine, *(other for other in self.abstracts if other.paragraphs))


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """The whole: what its articles have in common, and the articles in the order of their pages."""

    slug: str
    """Stem of the file names."""
    kind: IssueKind = IssueKind.ISSUE
    """What it is."""
    journal: JournalRecord | None
    """The journal or series; None for a book outside all series."""
    volume: str = ""
    """Volume, as printed."""
    number: str = ""
    """Number of the issue, as printed."""
    title: str = ""
    """Title of a special issue, of the proceedings or of the book, as plain text."""
    subtitle: str = ""
    """Its subtitle."""
    editors: tuple[Author, ...] = ()
    """Editors of this issue or book alone."""
    published: date
    """The day on which it appears."""
    printed: date | None = None
    """The day on which it appears in print, where that is another."""
    language: str = ""
    """Main language, a BCP 47 tag; the journal's when empty."""
    description: str = ""
    """What it is about, paragraphs parted by empty lines."""
    publisher: str = ""
    """Who publishes it; the journal's publisher when empty."""
    place: str = ""
    """Where the publisher is; the journal's place when empty."""
    license: str = ""
    """Licence of the whole as an SPDX expression; the journal's when empty."""
    url: str = ""
    """Its landing page."""
    doi: str = ""
    """The DOI of the issue or book."""
    isbns: tuple[tuple[str, str], ...] = ()
    """ISBNs of a book or of proceedings by what carries them: `print`, `pdf`, `epub`."""
    edition: str = ""
    """Number of a book's edition."""
    pages: int = 0
    """How many pages the whole has."""
    galleys: tuple[Galley, ...] = ()
    """Files in which the whole is read."""
    cover: Path | None = None
    """Picture of the cover."""
    conference: Conference | None = None
    """The conference whose proceedings they are."""
    deposit: Deposit | None = None
    """Who registers the DOIs; without it no deposit for Crossref is written."""
    articles: tuple[ArticleRecord, ...] = ()
    """The articles in the order of their pages."""
    file: str = "collection.yaml"
    """The file in which the issue is described, for messages."""

    @property
    def tongue(self) -> str:
        """Its main language."""
        return self.language or (self.journal.language if self.journal else "en")

    @property
    def house(self) -> str:
        """Its publisher."""
        return self.publisher or (self.journal.publisher if self.journal else "")

    @property
    def city(self) -> str:
        """Where its publisher is."""
        return self.place or (self.journal.place if self.journal else "")

    @property
    def licence(self) -> str:
        """The licence of whatever states none itself."""
        return self.license or (self.journal.license if self.journal else "")

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections in the order in which they begin."""
        return tuple(dict.fromkeys(article.section for article in self.articles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """A conference, for its proceedings."""

    name: str
    """Its name."""
    acronym: str = ""
    """What it is called for short."""
    place: str = ""
    """Where it was held."""
    begin: date | None = None
    """Its first day."""
    end: date | None = None
    """Its last day."""


def stems(issue: IssueRecord) -> tuple[str, ...]:
    """Stem of each article's file names: its slug, with its number where that is another's or the issue's."""
    taken = {"index", issue.slug}
    made = []
    for number, article in enumerate(issue.articles, start=1):
        stem = article.work.slug if article.work.slug not in taken else f"{article.work.slug}-{number}"
        taken.add(stem)
        made.append(stem)
    return tuple(made)


def references_of(cited: Cited) -> tuple[Reference, ...]:
    """The works of a document's list, each once."""
    items = {item.key: item for item in cited.items}
    listed = {work.key: work for work in reversed(cited.works)}
    ordered = dict.fromkeys(work.key for work in cited.works)
    return tuple(
        Reference(item=items[key], text=" ".join(plain(listed[key].content).split()))
        for key in ordered
        if key in items
    )


def placed_work(issue: IssueRecord, article: ArticleRecord) -> WorkRecord:
    """The article's own description with all that the issue decides: journal, volume, number, pages, date, address.

    Every record of an article is made of this one, so that they agree. What the article states itself about
    its journal gives way; its own date, licence and DOI stay.
    """
    data, stated_plainly = article.work.data, article.work.plain
    license = data.license or issue.licence or None
    stated = {
        "journal": _journal(issue),
        "publisher": issue.house or data.publisher,
        "place": issue.city or data.place,
        "date": data.date or issue.published,
        "license": license,
        "url": article.address or None,
        "deposit": issue.deposit or data.deposit,
    }
    journal = issue.journal
    described = replace(
        stated_plainly,
        date=data.date or issue.published,
        publisher=issue.house or stated_plainly.publisher,
        url=article.address or stated_plainly.url,
        license=license or "",
        license_url=identifiers.license_url(license) if license and " " not in license else "",
        publication_name=journal.title if journal else "",
        issn=journal.issn if journal else "",
        volume=issue.volume,
        number=issue.number,
        starting_page=article.first_page,
        ending_page=article.last_page,
    )
    return replace(article.work, data=data.model_copy(update=stated), plain=described)


def _journal(issue: IssueRecord) -> Journal | None:
    """The journal as an article states it; its pages stand in the plain description, for they may be Roman."""
    if issue.journal is None or issue.kind is not IssueKind.ISSUE:
        return None
    journal = issue.journal
    return Journal(
        title=journal.title,
        issn=journal.issn or None,
        volume=issue.volume or None,
        issue=issue.number or None,
    )
