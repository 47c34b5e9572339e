"""`collection.yaml` as data: what an editor states of an issue, a book or a backlist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from fascicle.core import identifiers
from fascicle.core.model import (
    Affiliation,
    Author,
    Deposit,
    Doi,
    EditionSettings,
    IsoDate,
    Language,
    License,
    Line,
    Markdown,
    Prose,
    WebAddress,
    YamlModel,
)

Numbered = Annotated[Line, WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})]
"""A number as it is printed, such as 7 or 3/4; editors of YAML take a plain one for a number."""
Issn = Annotated[str, AfterValidator(identifiers.issn)]
"""An ISSN, its check digit verified."""
Isbn = Annotated[str, AfterValidator(identifiers.isbn)]
"""An ISBN of 13 digits, its check digit verified."""


class Kind(StrEnum):
    """What a collection is."""

    ISSUE = "issue"
    """An issue of a journal."""
    PROCEEDINGS = "proceedings"
    """The papers of a conference."""
    BOOK = "book"
    """A book whose chapters have authors of their own."""
    BACKLIST = "backlist"
    """Publications and collections that are built together, and nothing else."""


class State(StrEnum):
    """How far an article is."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PROOFS = "proofs"
    READY = "ready"


class Continuous(StrEnum):
    """What pages are counted through."""

    ISSUE = "issue"
    """The issue: it begins with page 1."""
    VOLUME = "volume"
    """The volume: the issue goes on where the last one ended, at `first-page`."""
    NO = "no"
    """Each article by itself, as in journals that give numbers to articles."""


class Opening(StrEnum):
    """On which page an article begins."""

    RIGHT = "right"
    """On the next right-hand page; a left one before it may stay empty."""
    NEXT = "next"
    """On the next page."""


class FrontNumbers(StrEnum):
    """How the pages before the first article are numbered."""

    ROMAN = "roman"
    ARABIC = "arabic"


class Matter(StrEnum):
    """What may stand before and after the articles."""

    COVER = "cover"
    IMPRINT = "imprint"
    CONTENTS = "contents"
    EDITORIAL = "editorial"
    FIGURES = "figures"
    """A list of the numbered figures."""
    TABLES = "tables"
    """A list of the numbered tables."""
    GLOSSARY = "glossary"
    CONTRIBUTORS = "contributors"
    AUTHORS = "authors"
    """An index of authors."""
    KEYWORDS = "keywords"
    """An index of keywords."""
    SUBJECTS = "subjects"
    """An index of the names and subjects that the texts mark."""


class Issns(YamlModel):
    """The numbers of a journal."""

    print: Issn | None = None
    """ISSN of the printed issues."""
    online: Issn | None = None
    """ISSN of the issues on line."""


def _issns(value: Any) -> Any:
    return {"online": value} if isinstance(value, str) else value


class JournalData(YamlModel):
    """The journal or series."""

    title: Line
    """Its name."""
    abbreviation: Line | None = None
    """Its abbreviated name (ISO 4)."""
    issn: Annotated[Issns, BeforeValidator(_issns, json_schema_input_type=str | Issns)] = Issns()
    """Its ISSN: one alone, or `print` and `online`."""
    doi: Doi | None = None
    """DOI of the journal itself."""
    url: WebAddress | None = None
    """Its address."""
    publisher: Line | None = None
    """Who publishes it."""
    place: Line | None = None
    """Where the publisher is."""
    license: License | None = None
    """The licence of its articles, where they state none."""
    editors: tuple[Author, ...] = ()
    """Its editors."""

    @property
    def number(self) -> str | None:
        """The ISSN by which its articles are known: that of the issues on line, or else of the printed ones."""
        return self.issn.online or self.issn.print


class PagesData(YamlModel):
    """How pages are counted and laid out."""

    continuous: Continuous = Continuous.ISSUE
    """What they are counted through: issue, volume (which needs `first-page`), or no for each article by itself."""
    first_page: Annotated[int, Field(ge=1)] = 1
    """Number of the first article's first page."""
    opening: Opening = Opening.RIGHT
    """Whether articles begin on a right-hand page, or on the next."""
    front: FrontNumbers = FrontNumbers.ROMAN
    """Numbers of the pages before the first article: roman, or arabic."""
    sheet_thickness: Annotated[float, Field(gt=0, le=1)] = 0.1
    """Thickness of a sheet of the printer's paper in millimetres, by which the spine is told."""
    trim: Line = "royal"
    """Size of the page, alike on screen and in print so that both have the same numbers: royal, a4, 170x240mm …"""

    @model_validator(mode="after")
    def _volume(self) -> PagesData:
        if self.continuous is Continuous.VOLUME and "first_page" not in self.model_fields_set:
            raise ValueError(
                "pages counted through the volume need 'first-page', the one after the last issue's last"
            )
        return self


class ArticleEntry(YamlModel):
    """An article and what the collection says of it."""

    path: Line
    """Its folder, which holds content/publication.yaml."""
    revision: Line | None = None
    """A revision of the git repository that the folder is in, such as a tag: what it holds is built, not what lies there."""
    doi: Doi | None = None
    """Its DOI, where the article states none."""
    url: WebAddress | None = None
    """Its address, where the article states none."""
    first_page: Annotated[int, Field(ge=1)] | None = None
    """Number of its first page, set by hand; the pages before it decide when not given."""
    last_page: Annotated[int, Field(ge=1)] | None = None
    """Number of its last page, to which it is held; its length decides when not given."""
    state: State = State.DRAFT
    """How far it is: draft, in-review, proofs, ready."""
    short_title: Markdown | None = None
    """Its title in running heads, where the collection wants another."""

    @model_validator(mode="after")
    def _ordered(self) -> ArticleEntry:
        if self.first_page and self.last_page and self.last_page < self.first_page:
            raise ValueError("the last page comes before the first")
        return self


def _entry(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


Article = Annotated[ArticleEntry, BeforeValidator(_entry, json_schema_input_type=str | ArticleEntry)]
"""An article: its folder, or keys of which `path` names it."""


class Group(YamlModel):
    """A section of the issue, or a part of the book."""

    title: Markdown | None = None
    """Its heading in the contents; none when not given."""
    articles: Annotated[tuple[Article, ...], Field(min_length=1)]
    """Its articles in order."""


_OF_THE_PRINTER = frozenset(
    [
        "standard",
        "preset",
        "media",
        "bleed",
        "bleed_at_bind",
        "marks",
        "profile",
        "colour",
        "min_resolution",
        "min_line_resolution",
        "max_ink",
        "max_megabytes",
        "page_multiple",
        "last_page_blank",
        "min_pages",
        "max_pages",
    ]
)
"""Settings that a printer asks for; page and margins are those of the screen."""


def _of_the_printer(value: EditionSettings) -> EditionSettings:
    for key in sorted(value.model_fields_set - _OF_THE_PRINTER):
        raise ValueError(f"'{key.replace('_', '-')}' is nothing that a printer alone asks for")
    return value


class Shared(YamlModel):
    """What all articles share, whatever each states of itself."""

    template: Line | None = None
    """Name of the template."""
    citation_style: Line | None = None
    """How works are cited and listed."""
    options: Mapping[str, Any] = {}
    """Options of the template."""
    print: Annotated[EditionSettings, AfterValidator(_of_the_printer)] = EditionSettings()
    """What the printer asks for, as in an edition: `preset`, `min-resolution`, `bleed`, `page-multiple` …"""


def _without(matter: Matter, other: str) -> Callable[[tuple[Matter, ...]], tuple[Matter, ...]]:
    """Refuses what has its place at the other end."""

    def checked(value: tuple[Matter, ...]) -> tuple[Matter, ...]:
        if matter in value:
            raise ValueError(f"'{matter}' has its place in '{other}'")
        return value

    return checked


class CollectionData(YamlModel):
    """`collection.yaml`."""

    kind: Kind
    """What it is: issue, proceedings, book, backlist."""
    title: Markdown | None = None
    """Title of a book or of a themed issue."""
    subtitle: Markdown | None = None
    """Its subtitle."""
    slug: Annotated[str, AfterValidator(identifiers.slug)] | None = None
    """Stem of the results' file names; made from journal, volume and number, or the title, when not given."""
    journal: JournalData | None = None
    """The journal or series that it belongs to."""
    volume: Numbered | None = None
    """Number of the volume."""
    number: Numbered | None = None
    """Number of the issue."""
    date: IsoDate | None = None
    """The date of publication, of the articles too where they state none."""
    language: Language = "en-GB"
    """The language of cover, contents and imprint."""
    doi: Doi | None = None
    """DOI of the whole."""
    url: WebAddress | None = None
    """Address of the whole; the articles' addresses are made from it where nothing states them."""
    isbn: Isbn | None = None
    """ISBN of a book or of proceedings."""
    editors: tuple[Author, ...] = ()
    """Editors of this issue or book; those of the journal when not given."""
    affiliations: Mapping[Line, Affiliation] = {}
    """Institutions of the editors, each under a key that they refer to."""
    publisher: Line | None = None
    """Who publishes it, where no journal does."""
    place: Line | None = None
    """Where the publisher is."""
    license: License | None = None
    """The licence of the whole, and of articles that state none."""
    rights: Markdown | None = None
    """Copyright line of the whole."""
    imprint: Prose | None = None
    """What the imprint says besides: advisory board, address, printer."""
    cover: Line | None = None
    """A picture for the cover."""
    cover_alt: Line | None = None
    """What the picture of the cover shows, for those who cannot see it."""
    editorial: Line | None = None
    """A Markdown file, with a title in its front matter, that is printed before the articles."""
    glossary: Line | None = None
    """A Markdown file, with a title in its front matter, that is printed after the articles."""
    index: Line | None = None
    """A YAML file of words that the index of names and subjects looks for in the pages: entries, each with its words."""
    cited_names: bool = False
    """Whether that index looks for the authors of the works that the texts cite, too."""
    front: Annotated[tuple[Matter, ...], AfterValidator(_without(Matter.GLOSSARY, "back"))] = (
        Matter.COVER,
        Matter.IMPRINT,
        Matter.CONTENTS,
        Matter.EDITORIAL,
    )
    """What stands before the articles, in order: cover, imprint, contents, editorial, figures, tables."""
    back: Annotated[tuple[Matter, ...], AfterValidator(_without(Matter.EDITORIAL, "front"))] = (
        Matter.GLOSSARY,
        Matter.CONTRIBUTORS,
        Matter.AUTHORS,
        Matter.KEYWORDS,
        Matter.SUBJECTS,
    )
    """What follows them: glossary, contributors, the indexes authors, keywords and subjects, and lists of figures and tables; what would be empty is left out."""
    pages: PagesData = PagesData()
    """How pages are counted and laid out."""
    shared: Shared = Shared()
    """What all articles share."""
    articles: tuple[Article, ...] = ()
    """The articles in order, where they stand in no groups."""
    groups: tuple[Group, ...] = ()
    """The sections of the issue or parts of the book, each with its articles."""
    deposit: Deposit | None = None
    """Who registers the DOIs with Crossref."""

    @property
    def entries(self) -> tuple[tuple[tuple[str | int, ...], ArticleEntry], ...]:
        """Every article in order, each with its path in the file."""
        plain = tuple((("articles", number), entry) for number, entry in enumerate(self.articles))
        return plain + tuple(
            (("groups", number, "articles", index), entry)
            for number, group in enumerate(self.groups)
            for index, entry in enumerate(group.articles)
        )
