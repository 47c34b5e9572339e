"""The publication as data: what an author states in YAML, validated and frozen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_snake
from pydantic_core import CoreSchema

from fascicle.core import identifiers
from fascicle.core.diagnostics import Span

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Plain text of one line, printed as typed."""
Markdown = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text with Markdown's inline markup: emphasis, quotes, spans, citations."""
Prose = Annotated[str, StringConstraints(min_length=1)]
"""Paragraphs of Markdown."""
Language = Annotated[str, AfterValidator(identifiers.language)]
"""A BCP 47 language tag."""
License = Annotated[str, AfterValidator(identifiers.license_expression)]
"""An SPDX licence expression."""
Doi = Annotated[str, AfterValidator(identifiers.doi)]
"""A DOI, with or without `https://doi.org/`."""
IsoDate = Annotated[date, BeforeValidator(lambda v: identifiers.iso_date(v) if isinstance(v, str) else v)]
"""A date as year-month-day."""
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\\{}\"<>^`|\x00-\x1f\x7f-\x9f]+$")]
"""A web address."""
Measure = Annotated[
    str, BeforeValidator(str), StringConstraints(pattern=r"^(0|(\d+(\.\d+)?|\.\d+) ?(mm|cm|in|pt|bp))$")
]
"""A length with its unit, such as 3mm or 0.125in."""
Email = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^@\s\\{}\"<>(),:;\x00-\x1f\x7f-\x9f]+@[^@\s\\{}\"<>(),:;#%]+\.[^@\s.\\{}\"<>(),:;#%]+$"
    ),
]
"""An e-mail address."""


class YamlModel(BaseModel):
    """Anything that an author states in YAML: frozen, unknown keys refused, keys written with hyphens."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: to_snake(name).replace("_", "-"),
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,  # most models are parts of another, which then is built once
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The schema with the fields' docstrings as descriptions. Pydantic's own way reads the source at each import."""
        from fascicle.core.field_docs import field_docstrings

        made = handler(schema)
        properties = handler.resolve_ref_schema(made).get("properties", {})
        for name, text in field_docstrings(cls).items():
            alias = cls.model_fields[name].alias or name if name in cls.model_fields else name
            if alias in properties:
                properties[alias].setdefault("description", text)
        return made


class CreditRole(StrEnum):
    """The 14 contributor roles of CRediT (ANSI/NISO Z39.104-2022)."""

    CONCEPTUALIZATION = "conceptualization"
    DATA_CURATION = "data-curation"
    FORMAL_ANALYSIS = "formal-analysis"
    FUNDING_ACQUISITION = "funding-acquisition"
    INVESTIGATION = "investigation"
    METHODOLOGY = "methodology"
    PROJECT_ADMINISTRATION = "project-administration"
    RESOURCES = "resources"
    SOFTWARE = "software"
    SUPERVISION = "supervision"
    VALIDATION = "validation"
    VISUALIZATION = "visualization"
    WRITING_ORIGINAL_DRAFT = "writing-original-draft"
    WRITING_REVIEW_EDITING = "writing-review-editing"


class Affiliation(YamlModel):
    """An institution that authors belong to."""

    name: Line
    """The institution's name, with department and place as they are to be printed."""
    ror: Annotated[str, AfterValidator(identifiers.ror)] | None = None
    """Its id in the Research Organization Registry, such as https://ror.org/02mhbdp94."""
    country: Line | None = None
    """The country, for journals that want it apart, such as ACM's; printed after the name where the name does not end with it."""

    @property
    def institution(self) -> str:
        """The name without the country."""
        head, _, place = self.name.rpartition(",")
        return head if head and place.strip() == self.country else self.name

    @property
    def printed(self) -> str:
        """The name with the country, if one is stated."""
        return f"{self.institution}, {self.country}" if self.country else self.name


_EAST_ASIAN = re.compile(
    r"[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)


class Author(YamlModel):
    """A person, or with `literal` a body, that wrote the text. Give either `family` (and `given`) or `literal`."""

    family: Line | None = None
    """Family name."""
    given: Line | None = None
    """Given names."""
    literal: Line | None = None
    """The whole name of a body or of a person with a single name."""
    native: Line | None = None
    """The name in its own script, such as 贾樟柯, printed after the name in Latin letters."""
    family_first: bool = False
    """True when the family name is printed first, as in Jia Zhangke."""
    orcid: Annotated[str, AfterValidator(identifiers.orcid)] | None = None
    """ORCID, with or without https://orcid.org/."""
    email: Email | None = None
    """E-mail address."""
    affiliations: tuple[Line, ...] = ()
    """Keys of the publication's `affiliations`."""
    roles: tuple[CreditRole, ...] = ()
    """Contributor roles in CRediT's words."""
    corresponding: bool = False
    """True for the author who answers letters."""
    note: Markdown | None = None
    """A note on the author, printed at the foot of the first page."""
    bio: Markdown | None = None
    """A few words on the author, for journals that ask for them; printed on title pages alone."""

    @model_validator(mode="after")
    def _named(self) -> Author:
        if bool(self.family) == bool(self.literal) or (self.literal and self.given):
            raise ValueError(
                "give either 'family' (and 'given'), or 'literal' alone for a body or a single name"
            )
        return self

    @property
    def east_asian(self) -> bool:
        """True for a name in Han characters, kana or hangul alone, which is one whole, the family name first."""
        return bool(self.family and self.given and _EAST_ASIAN.fullmatch(self.family + self.given))

    @property
    def name(self) -> str:
        """The name as it is printed in a title block."""
        if self.literal:
            return self.literal
        if self.east_asian:
            return f"{self.family}{self.given}"
        parts = (self.family, self.given) if self.family_first else (self.given, self.family)
        return " ".join(part for part in parts if part)

    @property
    def inverted(self) -> str:
        """The name as a list sorts it: `Family, Given`, or without comma where the family name comes first."""
        if self.literal or self.family_first or not self.given or self.east_asian:
            return self.name
        return f"{self.family}, {self.given}"


class Journal(YamlModel):
    """The journal or series in which the publication appears, or the book of which it is a chapter."""

    title: Line
    """The journal's name, or the book's title."""
    book: bool = False
    """True when it is a book, by whose pages and editors the chapter is cited."""
    editors: tuple[Author, ...] = ()
    """Editors of the book."""
    issn: Annotated[str, AfterValidator(identifiers.issn)] | None = None
    """ISSN, its check digit verified."""
    volume: Line | None = None
    """Volume."""
    issue: Line | None = None
    """Issue."""
    first_page: Annotated[int, Field(ge=1)] | None = None
    """Number of the first page."""
    last_page: Annotated[int, Field(ge=1)] | None = None
    """Number of the last page."""

    @model_validator(mode="after")
    def _ordered(self) -> Journal:
        if self.first_page and self.last_page and self.last_page < self.first_page:
            raise ValueError("the last page comes before the first")
        return self


class Funding(YamlModel):
    """Money that made the work possible."""

    funder: Line
    """Who gave it."""
    award: Line | None = None
    """Number of the grant."""
    ror: Annotated[str, AfterValidator(identifiers.ror)] | None = None
    """The funder's id in the Research Organization Registry."""


class Declaration(YamlModel):
    """A statement that journals ask for, such as competing interests."""

    title: Line
    """Its heading."""
    text: Prose
    """What is declared."""


class Deposit(YamlModel):
    """Who registers the DOI with Crossref, for the deposit file."""

    depositor: Line
    """Who sends the deposit: a person or a body."""
    email: Email
    """Where Crossref sends its answer."""
    registrant: Line
    """Who owns the record, usually the publisher."""
    revision: Annotated[int, Field(ge=0, le=86399)] = 0
    """Number of this deposit, to be raised for each later one: Crossref takes none that does not look newer."""


class TrustSettings(YamlModel):
    """What the author allows the publication to do beyond text. `--no-trust` takes it all away."""

    raw_latex: bool = False
    """Print raw LaTeX of the text as LaTeX."""
    scripts: bool = False
    """Run the Python scripts that draw figures. They read the project and write their picture, and nothing else."""
    network: bool = False
    """Let these scripts use the network."""


class Colour(StrEnum):
    """What becomes of pictures in RGB."""

    CMYK = "cmyk"
    """They are converted to the inks of the edition's profile."""
    KEEP = "keep"
    """They stay RGB and say so by a profile, which PDF/X-3 and X-4 allow; drawings are converted all the same."""


class OutputFormat(StrEnum):
    """What kind of file an edition is."""

    PDF = "pdf"
    """Typeset by LaTeX."""
    DOCX = "docx"
    """A Word document."""
    JATS = "jats"
    """JATS XML, as archives keep articles."""
    HTML = "html"
    """HTML, for reading in a browser."""
    EPUB = "epub"
    """EPUB, for readers of books."""


class PageDivision(StrEnum):
    """Into how many pages of HTML a text is divided."""

    ONE = "one"
    """One page that stands alone."""
    SECTIONS = "sections"
    """A page for each section."""


class PicturePlace(StrEnum):
    """Where an edition prints its numbered pictures."""

    IN_PLACE = "in-place"
    AT_END = "at-end"


class EditionSettings(YamlModel):
    """What an edition is: in `templates/editions/NAME.yaml`, and under `editions:` how a publication changes it."""

    description: Line | None = None
    """What the edition is for."""
    format: OutputFormat | None = None
    """What kind of file it is: pdf, docx (Word), jats, html or epub."""
    template: Line | None = None
    """Name of the template folder."""
    options: Mapping[str, Any] = {}
    """The template's own options; `template.yaml` of the template lists them."""
    standard: Line | None = None
    """PDF standard that the file keeps: a-2b, a-2u, a-4f, ua-2, x-4, x-3, x-3-2002, x-1a, x-1a-2001, or none."""
    links: bool | None = None
    """Whether links can be followed."""
    draft: bool | None = None
    """Whether placeholder plates may stand for pictures that are pending or not there yet."""
    anonymous: bool | None = None
    """Whether everything that tells who wrote the text is left out."""
    not_names: tuple[Line, ...] = ()
    """Words that look like an author's name and are none, so that an anonymous edition may print them."""
    title_page: bool | None = None
    """Whether a title page is made as a file of its own, with all that an anonymous edition leaves out."""
    pages: PageDivision | None = None
    """HTML: one page that stands alone, or sections, a page for each."""
    pictures: PicturePlace | None = None
    """Where numbered pictures stand: in-place, or at-end with a mark in their place."""
    min_resolution: Annotated[float, Field(gt=0)] | None = None
    """Least pixels an inch of a picture in colours or greys at its printed size."""
    min_line_resolution: Annotated[float, Field(gt=0)] | None = None
    """Least pixels an inch of a picture in black and white alone at its printed size."""
    max_ink: Annotated[float, Field(gt=0, le=400)] | None = None
    """Most ink at any point of a page, all four inks together, in per cent."""
    max_megabytes: Annotated[float, Field(gt=0)] | None = None
    """Largest size of the file in millions of bytes."""
    preset: Line | None = None
    """A printer's rules, which hold wherever the edition says nothing itself: generic-offset, ingramspark, kdp."""
    trim: Line | None = None
    """Size of the finished page: a4, a5, a6, b5, letter, half-letter, us-trade, royal, demy, or a measure such as 6x9in."""
    media: Line | None = None
    """Size of the sheet in whose middle the page stands; as large as bleed and marks need when not given."""
    bleed: Measure | None = None
    """What is printed beyond the page's edges and cut off, from 0 to 5 mm."""
    bleed_at_bind: bool | None = None
    """False leaves out the bleed where the pages are bound."""
    marks: bool | None = None
    """Whether crop and registration marks are printed."""
    profile: Line | None = None
    """Printing condition: fogra39, or an ICC file in the project."""
    colour: Colour | None = None
    """What becomes of pictures in RGB: cmyk converts them, keep leaves them with their profile."""
    bookmarks: bool | None = None
    """False leaves bookmarks out."""
    margin: Measure | None = None
    """Least distance of text from the page's edges."""
    gutter: Measure | None = None
    """Least distance of text from the edge where the pages are bound."""
    gutter_by_pages: Mapping[int, Measure] = {}
    """The same, by the number of pages from which on it holds: `{24: 0.375in, 151: 0.5in}`."""
    page_multiple: Annotated[int, Field(ge=1, le=64)] | None = None
    """Blank pages at the end make the number of pages a multiple of this."""
    last_page_blank: bool | None = None
    """Whether the last page must be empty."""
    min_pages: Annotated[int, Field(ge=1)] | None = None
    """Fewest pages that the printer binds."""
    max_pages: Annotated[int, Field(ge=1)] | None = None
    """Most pages that the printer binds."""


class ListOrder(StrEnum):
    """In what order works are listed."""

    STYLE = "style"
    """As the citation style has it."""
    DATE = "date"
    """The oldest first."""
    TITLE = "title"
    """By title."""
    GIVEN = "given"
    """As `keys` gives them."""


class BibliographyDivision(YamlModel):
    """A division of the list of works, such as primary sources. A work stands in the first that takes it."""

    title: Line
    """Its heading."""
    types: tuple[Line, ...] = ()
    """Entry types that it takes, such as movie."""
    keywords: tuple[Line, ...] = ()
    """Keywords of entries that it takes."""
    keys: tuple[Line, ...] = ()
    """Keys of entries that it takes. Without types, keywords and keys it takes whatever no other division does."""
    order: ListOrder = ListOrder.STYLE
    """The order of its works."""


class PublicationData(YamlModel):
    """`content/publication.yaml`: everything about the publication except its text."""

    title: Markdown
    """The title, without the subtitle."""
    subtitle: Markdown | None = None
    """The subtitle, without the colon before it."""
    short_title: Markdown | None = None
    """A short title for running heads."""
    slug: Annotated[str, AfterValidator(identifiers.slug)] | None = None
    """Stem of the result's file name; made from the title when not given."""
    authors: Annotated[tuple[Author, ...], Field(min_length=1)]
    """The authors in order."""
    affiliations: Mapping[Line, Affiliation] = {}
    """The institutions, each under a key that authors refer to."""
    abstract: Prose | None = None
    """The abstract."""
    keywords: tuple[Line, ...] = ()
    """The keywords."""
    highlights: tuple[Line, ...] = ()
    """What is new in the text, a short sentence each, for journals that ask for it."""
    language: Language = "en-GB"
    """The main language, which chooses hyphenation, quotation marks and words such as "Figure"."""
    date: IsoDate | None = None
    """The date of publication; it is also every date inside the PDF."""
    version: Line | None = None
    """Version of the text."""
    doi: Doi | None = None
    """DOI of the publication."""
    url: WebAddress | None = None
    """Address at which it can be read."""
    publisher: Line | None = None
    """Who publishes it."""
    place: Line | None = None
    """Where the publisher is."""
    license: License | None = None
    """The licence of the text as an SPDX expression, such as CC-BY-4.0."""
    rights: Markdown | None = None
    """Copyright line; made from date and authors when not given."""
    journal: Journal | None = None
    """The journal or series in which it appears."""
    funding: tuple[Funding, ...] = ()
    """Who paid for the work."""
    acknowledgements: Prose | None = None
    """Thanks."""
    declarations: tuple[Declaration, ...] = ()
    """Statements that journals ask for."""
    citation_style: Line = "chicago-author-date"
    """How works are cited and listed: one of our names, any style of the CSL project, or a `.csl` file of the project."""
    bibliography: tuple[Line, ...] = ()
    """Bibliography files (.bib, .ris, CSL as .json or .yaml); all of bib/ when not given."""
    bibliographies: tuple[BibliographyDivision, ...] = ()
    """Divisions of the list of works in their order; one undivided list when not given."""
    nocite: Annotated[tuple[Line, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)] = ()
    """Keys of works that are listed though nothing cites them; `*` is all of the bibliography."""
    sections: tuple[Line, ...] = ()
    """Section files in order, relative to content/; all of content/*.md in name order when not given."""
    macros: Mapping[Annotated[str, StringConstraints(pattern=r"^\\?[A-Za-z]+$")], str] = {}
    """Commands of the authors' own in formulas: `E: \\mathbb{E}`; `#1` in one is its first argument."""
    number_sections: bool = True
    """False prints headings without numbers."""
    editions: Mapping[Line, EditionSettings] = {}
    """Editions and how they differ from their defaults."""
    deposit: Deposit | None = None
    """Who registers the DOI with Crossref; `fascicle cite crossref` needs it."""
    trust: TrustSettings = TrustSettings()
    """What the publication may do beyond text."""

    def affiliations_of(self, author: Author) -> list[str]:
        """Keys of an author's institutions, those alone that are described."""
        return [key for key in author.affiliations if key in self.affiliations]

    @property
    def affiliation_numbers(self) -> dict[str, int]:
        """Number of each institution by its key, counted in the order in which the authors name them."""
        used = dict.fromkeys(key for author in self.authors for key in self.affiliations_of(author))
        return {key: number for number, key in enumerate(used, start=1)}


class SectionStatus(StrEnum):
    """How far a section is."""

    DRAFT = "draft"
    REVISED = "revised"
    FINAL = "final"


class LengthGoal(YamlModel):
    """How long a section is meant to be, in words."""

    target: Annotated[int, Field(ge=0)] | None = None
    """The length aimed at."""
    max: Annotated[int, Field(ge=0)] | None = None
    """The length not to go beyond."""


class Epigraph(YamlModel):
    """A motto at a section's head."""

    text: Prose
    """The words."""
    source: Markdown | None = None
    """Where they come from; may hold a citation."""


class SectionData(YamlModel):
    """The front matter of a section file."""

    title: Markdown
    """The section's heading."""
    id: Annotated[str, StringConstraints(pattern=r"^[\w][\w.:-]*$")] | None = None
    """Label for `@sec:id`; made from the file name when not given."""
    status: SectionStatus = SectionStatus.DRAFT
    """How far the section is."""
    words: LengthGoal = LengthGoal()
    """How long it is meant to be."""
    summary: Prose | None = None
    """What the section says, for the authors; not printed."""
    authors: tuple[Author, ...] = ()
    """The section's own authors, in an edited volume."""
    heading: bool = True
    """False prints no heading, as for the words before the first one."""
    numbered: bool = True
    """False prints the heading without a number."""
    editions: tuple[Line, ...] = ()
    """The only editions that include it; all of them when not given."""
    epigraph: Epigraph | None = None
    """A motto at its head."""
    bibliography: bool = False
    """True lists the works that the section cites at its end, and leaves works that it alone cites out of the list of all."""


class Permission(StrEnum):
    """Whether a picture may be printed."""

    CLEARED = "cleared"
    PENDING = "pending"
    PUBLIC_DOMAIN = "public-domain"
    OWN = "own"
    FAIR_USE = "fair-use"


class FigureData(YamlModel):
    """One entry of `figures/figures.yaml`, under the picture's file name."""

    script: Line | None = None
    """Python script, relative to figures/, that draws the picture; its first argument is the file to write."""
    data: tuple[Line, ...] = ()
    """Files, relative to figures/, that the script reads."""
    alt: Line | None = None
    """What the picture shows, for those who cannot see it."""
    description: Line | None = None
    """A longer account of what a rich picture shows, such as a chart's figures, beside the short one under `alt`."""
    credit: Markdown | None = None
    """Credit line, printed after the caption."""
    holder: Line | None = None
    """Who holds the rights."""
    license: License | None = None
    """The picture's licence as an SPDX expression."""
    permission: Permission
    """Whether it may be printed."""
    expires: IsoDate | None = None
    """The last day of the permission."""
    source: Line | None = None
    """Where the picture comes from."""
    size: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?x\d+(\.\d+)?(mm|cm|in|pt)$")] | None = None
    """Width and height, such as 150x100mm: the true size of a picture that is not here yet."""


class FrozenRecord(BaseModel):
    """Anything that the program makes of what is stated."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Places(FrozenRecord):
    """Where the values of one YAML file stand."""

    file: str
    """The file, relative to the project folder."""
    spans: Mapping[tuple[str | int, ...], Span] = {}
    """Span of each value by its path, such as ("authors", 0, "orcid"); () is the whole file. For block scalars
    (`|`, `>`) the span begins at the first character of the text."""

    def of(self, *path: str | int) -> Span:
        """Span of the value at `path`, or of the nearest value around it."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans.get(path, Span(self.file))


class Section(FrozenRecord):
    """One section file."""

    path: str
    """The file, relative to the project folder."""
    data: SectionData
    """Its front matter."""
    places: Places
    """Where the front matter's values stand."""
    text: str
    """Its Markdown, after the front matter."""
    first_line: int
    """Line of the file on which `text` begins."""
    label: str
    """Label of its heading, such as `sec:hukou`."""


class Picture(FrozenRecord):
    """A picture of the ledger, or one that the text places without an entry."""

    path: str
    """The file, relative to the project folder."""
    data: FigureData | None
    """Its ledger entry; None when there is none."""
    span: Span | None
    """Where the ledger's entry stands."""
    present: bool
    """True when the file, or a script for it, is there."""
    places: Places = Places(file="")
    """Where the values of the ledger's entry stand."""


class Publication(FrozenRecord):
    """The validated publication: the one thing that step 1 gives."""

    data: PublicationData
    """`content/publication.yaml`."""
    places: Places
    """Where its values stand."""
    slug: str
    """Stem of the results' file names."""
    sections: tuple[Section, ...]
    """Its sections in order."""
    pictures: Mapping[str, Picture]
    """The ledger, by path relative to the project folder."""
    bibliography: Any
    """What `project.bibliography` read (a `Bibliography`)."""
    chapters: Mapping[str, str] = {}
    """Pages at which other chapters of its book begin, as they are printed, by the chapters' names."""
