"""How a Word document looks and what it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Publication
from fascicle.core.units import INCHES
from fascicle.project.editions import Edition
from fascicle.project.sources import Sources
from fascicle.project.templates import check_requirements, load_template, option_values

TEMPLATE = "word"
"""The template folder."""
MAIN = "styles.xml"
"""Its one file that must be there."""
PARTS = (MAIN, "document.xml", "header.xml", "first-header.xml", "settings.xml")
"""Its files."""
EVERYTHING = frozenset({
    "authors", "affiliations", "emails", "orcid", "notes", "bios", "abstract", "keywords", "word-count", "date",
    "acknowledgements", "funding", "declarations",
})  # fmt: skip
"""All that a document can carry besides its text."""


@dataclass(frozen=True, slots=True)
class DocxOptions:
    """What a Word document is to be."""

    font: str = "Times New Roman"
    """Typeface."""
    size: float = 12
    """Size of the text in points."""
    line_spacing: float = 2
    """Multiple of single spacing."""
    margin: float = 1
    """All margins in inches."""
    paper: str = "a4"
    """a4 or letter."""
    line_numbers: bool = False
    """Whether lines are numbered."""
    endnotes: bool = False
    """Whether notes stand at the end of the document."""
    running_head: bool = True
    """Whether the short title stands beside page numbers."""
    title_page: bool = True
    """Whether authors and what belongs to them have a page of their own."""
    abstract_first: bool = False
    """Whether abstract and keywords stand on that page, and not above the text."""
    alone: bool = False
    """Whether that page is all that the document holds."""
    counted: tuple[int, int] | None = None
    """Words of the text and of its notes to be told on that page; None counts those of the document."""
    pictures_apart: bool = False
    """Whether pictures are files of their own, so that the document holds their captions alone."""
    carries: frozenset[str] = EVERYTHING
    """What of `EVERYTHING` is in the document."""
    bibliography: bool = True
    """Whether the works cited are listed."""
    csl: str | None = None
    """Citation style of this document alone; None takes the publication's."""
    anonymous: bool = False
    """Whether the file's properties are left empty."""
    resolution: int = 300
    """Pixels an inch of drawings, which become pictures made of pixels."""
    epoch: int = 0
    """The document's date in seconds since 1970, Universal Time."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """The template's files by name, where they are not the program's own."""
    span: Span | None = None
    """Where the style is named."""

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the paper in inches."""
        return (8.5, 11.0) if self.paper == "letter" else (210 / 25.4, 297 / 25.4)

    @property
    def measure(self) -> float:
        """Width of the text in inches."""
        return self.page[0] - 2 * self.margin

    def part(self, name: str) -> str:
        """A file of the template."""
        return self.parts.get(name) or (builtin_folder() / TEMPLATE / name).read_text(encoding="utf-8")


def options_for(
    edition: Edition, publication: Publication, sources: Sources, epoch: int, problems: Collector
) -> DocxOptions | None:
    """The wishes of an edition, its options held to the template's contract; None, with errors, when they cannot be."""
    name = edition.settings.template or TEMPLATE
    span = publication.places.of("editions", edition.name, "template")
    template = load_template(name, sources, problems, span, MAIN)
    if template is None:
        return None
    check_requirements(template, publication.data, publication.places, problems)
    options = option_values(template, edition.options, publication.places, edition.name, problems)
    place = publication.places.of("editions", edition.name, "options", "csl")
    return DocxOptions(
        font=options["font"],
        size=options["font_size"],
        line_spacing=options["line_spacing"],
        margin=inches(options["margin"]),
        paper=options["paper"],
        line_numbers=options["line_numbers"],
        endnotes=options["endnotes"],
        running_head=options["running_head"],
        title_page=options["title_page"],
        abstract_first=options["abstract_on_title_page"],
        pictures_apart=options["pictures_apart"],
        bibliography=options["bibliography"],
        csl=options["csl"],
        anonymous=bool(edition.settings.anonymous),
        epoch=epoch,
        parts={path.partition("/")[2]: file.text for path, file in template.files.items() if file.own},
        span=place,
    )


def inches(measure: str) -> float:
    """A measure such as `1in`, `2.5cm` in inches."""
    for unit, inch in INCHES.items():
        if measure.endswith(unit):
            return float(measure.removesuffix(unit)) * inch
    return 1.0
