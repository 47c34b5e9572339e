"""Journals' profiles: a data file each, every rule with its source, that says what a journal wants to be sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from fascicle.core.model import Line, Measure, Places, WebAddress, YamlModel
from fascicle.document.word_count import BODY, CountedPart
from fascicle.project.templates import TexProgram


class ManuscriptFormat(StrEnum):
    """What a journal takes."""

    DOCX = "docx"
    """A manuscript for Word."""
    LATEX = "latex"
    """LaTeX with all that it needs."""
    PDF = "pdf"
    """A PDF of the manuscript."""
    JATS = "jats"
    """JATS XML."""


class Citations(StrEnum):
    """Where citations stand."""

    AUTHOR_DATE = "author-date"
    AUTHOR_PAGE = "author-page"
    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"
    NUMERIC = "numeric"


class References(StrEnum):
    """How a LaTeX package holds citations and list of works."""

    WORDED = "worded"
    """In our words, the list as `thebibliography`."""
    BIBTEX = "bibtex"
    """As commands, for BibTeX and a style of the journal's own."""


class FiguresWhere(StrEnum):
    """Where figures are sent."""

    EMBEDDED = "embedded"
    """In the manuscript alone."""
    SEPARATE = "separate"
    """As files of their own; the manuscript says where each belongs."""
    BOTH = "both"
    """In the manuscript, and as files of their own."""


class FigureFormat(StrEnum):
    """A kind of picture file."""

    PDF = "pdf"
    EPS = "eps"
    PNG = "png"
    JPG = "jpg"
    TIF = "tif"


class JournalLimits(YamlModel):
    """A least and a greatest number."""

    min: Annotated[int, Field(ge=0)] | None = None
    """No fewer than this."""
    max: Annotated[int, Field(ge=0)] | None = None
    """No more than this."""

    @model_validator(mode="after")
    def _ordered(self) -> JournalLimits:
        if self.min is not None and self.max is not None and self.max < self.min:
            raise ValueError(f"the least, {self.min}, is more than the greatest, {self.max}")
        if self.min is None and self.max is None:
            raise ValueError("give 'min', 'max' or both")
        return self

    def reported(self) -> str:
        """`5000 to 7000`, `at most 150`, `at least 3`."""
        if self.min is not None and self.max is not None:
            return f"{self.min} to {self.max}" if self.min != self.max else f"{self.min}"
        return f"at most {self.max}" if self.max is not None else f"at least {self.min}"

    def holds(self, number: int) -> bool:
        """Whether a number lies within."""
        return (self.min or 0) <= number and (self.max is None or number <= self.max)


class WordLimits(JournalLimits):
    """How long the text may be, and which of its parts count."""

    counts: tuple[CountedPart, ...] = BODY
    """The parts whose words count: text, headings, citations, notes, captions, tables, abstract, list."""


class Highlights(JournalLimits):
    """How many highlights, and how long each may be."""

    characters: Annotated[int, Field(ge=1)] | None = None
    """Most characters of one, spaces included."""


class Resolution(YamlModel):
    """Least pixels an inch of pictures at printed size."""

    photograph: Annotated[int, Field(ge=1)] | None = None
    """Of photographs and other pictures in tones."""
    combination: Annotated[int, Field(ge=1)] | None = None
    """Of pictures that join tones and lines or letters."""
    line: Annotated[int, Field(ge=1)] | None = None
    """Of pictures in black and white alone."""


class TitlePageItem(StrEnum):
    """What a title page carries, and the text itself then does not."""

    AUTHORS = "authors"
    AFFILIATIONS = "affiliations"
    EMAILS = "emails"
    BIOS = "bios"
    ORCID = "orcid"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    WORD_COUNT = "word-count"
    FUNDING = "funding"
    ACKNOWLEDGEMENTS = "acknowledgements"
    DECLARATIONS = "declarations"


class ManuscriptLayout(YamlModel):
    """How a manuscript looks."""

    font: Line | None = None
    """Name of the font."""
    size: Annotated[float, Field(ge=6, le=24)] | None = None
    """Size of the letters in points."""
    line_spacing: Annotated[float, Field(ge=1, le=3)] | None = None
    """1 for single, 2 for double."""
    margin: Measure | None = None
    """All margins."""
    paper: Line | None = None
    """letter or a4."""
    flush_left: bool | None = None
    """True leaves the right edge ragged."""
    line_numbers: bool | None = None
    """True numbers the lines."""
    page_numbers: bool | None = None
    """True numbers the pages."""


class Rules(YamlModel):
    """What a journal asks for. What it says nothing of is left out."""

    formats: Annotated[tuple[ManuscriptFormat, ...], Field(min_length=1)]
    """What it takes, the one to be sent first."""
    template: Line | None = None
    """Template folder of its LaTeX class."""
    options: Mapping[str, Any] = {}
    """Options of that template."""
    engine: TexProgram = TexProgram.PDFLATEX
    """The TeX program that it runs."""
    classes: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$")], ...] = ()
    """Files of its class that TeX Live does not have and that may not be passed on; the author gives a path to them."""
    citation_style: Line | None = None
    """Citation style; the publication's own when the journal does not care."""
    citations: Citations | None = None
    """Where citations stand."""
    references: References = References.WORDED
    """`bibtex` where production asks for `\\cite` commands and a style of its own; else the list is `thebibliography`."""
    bibtex_style: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+$")] | None = None
    """Name of that style, without `.bst`; TeX Live has it, or `classes` names its file."""
    bibliography: bool = True
    """False prints no list of works."""
    anonymous: bool = False
    """True sends a copy without anything that tells who wrote it."""
    full_copy: bool = False
    """True sends a copy with the authors' names beside the anonymous one, marked as not for review."""
    title_page: tuple[TitlePageItem, ...] = ()
    """What the title page carries, as a file of its own; empty when there is none."""
    cover_letter: bool = False
    """True asks for a letter to the editor; a frame for it is written into the package."""
    words: WordLimits | None = None
    """Length of the text."""
    abstract: JournalLimits | None = None
    """Length of the abstract in words."""
    abstract_characters: JournalLimits | None = None
    """Length of the abstract in characters."""
    english_abstract: bool = False
    """True asks for an abstract in English."""
    bio: JournalLimits | None = None
    """Length of each author's note on themselves in words."""
    keywords: JournalLimits | None = None
    """Number of keywords."""
    highlights: Highlights | None = None
    """Sentences that sum the text up."""
    title_characters: JournalLimits | None = None
    """Length of the title in characters."""
    running_head: JournalLimits | None = None
    """Length of the short title in characters."""
    figures: JournalLimits | None = None
    """Number of figures."""
    figures_sent: FiguresWhere = FiguresWhere.EMBEDDED
    """Where figures are sent."""
    figure_formats: tuple[FigureFormat, ...] = ()
    """Kinds of files that figures may be, the best first."""
    figure_resolution: Resolution = Resolution()
    """Least resolution of figures."""
    figure_name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_{}-]+$")] = "figure-{number}"
    """Name of a figure's file, without ending: `{number}` and `{surname}` are filled in."""
    file_name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_{}-]+$")] = "{slug}"
    """Name of the manuscript's file, without ending: `{slug}`, `{surname}` and `{journal}` are filled in."""
    contacts: tuple[TitlePageItem, ...] = ()
    """What each author must state: affiliations, emails (of the corresponding author at least), orcid, bios."""
    roles: bool = False
    """True asks for contributor roles (CRediT)."""
    declarations: tuple[Line, ...] = ()
    """Declarations that the text must hold, each known by a word of its title."""
    alt_text: bool = False
    """True asks for alternative texts of figures."""
    licence: bool = False
    """True asks for a licence."""
    records: tuple[Line, ...] = ()
    """Records of the work itself that go with it: formats of `fascicle cite`."""
    file_megabytes: Annotated[float, Field(gt=0)] | None = None
    """Largest single file in millions of bytes."""
    megabytes: Annotated[float, Field(gt=0)] | None = None
    """Largest package in millions of bytes."""
    layout: ManuscriptLayout = ManuscriptLayout()
    """How the manuscript looks."""
    checklist: tuple[Line, ...] = ()
    """What a person still has to do."""


class RuleOrigin(YamlModel):
    """Where a journal says something."""

    title: Line
    """The document."""
    address: WebAddress | None = None
    """Where it can be read."""
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    """The day or month in which it was read."""
    unconfirmed: bool = False
    """True when what it says could not be confirmed: look before you rely on it."""


class StatedRule(YamlModel):
    """One rule and where it comes from."""

    value: Any
    """The value of the rule of the same name."""
    source: Line
    """Key of the source."""
    note: Line | None = None
    """What the source says, where the value alone does not tell."""
    unconfirmed: bool = False
    """True when the rule could not be confirmed: look before you rely on it."""


class JournalFile(YamlModel):
    """A file `templates/journals/NAME.yaml`."""

    name: Line
    """The journal's name, or what the rules are for."""
    publisher: Line
    """Who publishes it."""
    sources: Annotated[Mapping[Line, RuleOrigin], Field(min_length=1)]
    """The documents that rules come from."""
    rules: Mapping[Line, StatedRule]
    """The rules by name."""


@dataclass(frozen=True, slots=True)
class JournalProfile:
    """One journal's profile, read."""

    key: str
    """Its name on the command line."""
    file: JournalFile
    """What the file says."""
    rules: Rules
    """The rules' values."""
    places: Places
    """Where the rules' values stand."""

    def source_of(self, rule: str) -> str:
        """`Submission guidelines, 2026-08-15` for the rule of that name (with underscores)."""
        stated = self.file.rules.get(rule.replace("_", "-"))
        source = self.file.sources.get(stated.source) if stated else None
        if stated is None or source is None:
            return ""
        doubt = ", unconfirmed" if stated.unconfirmed or source.unconfirmed else ""
        return f"{source.title}, {source.date}{doubt}"


def file_name(pattern: str, names: Mapping[str, str]) -> str:
    """A name of a file by the journal's rule, in letters that every system has."""
    filled = re.sub(r"\{(\w+)\}", lambda match: names.get(match[1], ""), pattern)
    return re.sub(r"[^A-Za-z0-9_-]+", "-", filled).strip("-") or "manuscript"
