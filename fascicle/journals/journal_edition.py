"""What a journal makes of a publication.

Its citation style, and an edition of its own by its rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import EditionSettings, OutputFormat, PicturePlace, Publication
from fascicle.journals.profile import Citations, FiguresWhere, JournalProfile, ManuscriptFormat, TitlePageItem
from fascicle.pipeline.manuscript import Shape
from fascicle.project.editions import Edition

_FORMATS = {ManuscriptFormat.DOCX: OutputFormat.DOCX, ManuscriptFormat.JATS: OutputFormat.JATS}


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What is asked for on the command line."""

    journal: str
    """The profile's name."""
    draft: bool = False
    """True makes a package that is not to be sent: broken rules are open points of its checklist."""
    class_path: Path | None = None
    """Folder of class files that may not be passed on."""
    form: str | None = None
    """The format, where the journal takes several."""


def shape_for(
    journal: JournalProfile, form: ManuscriptFormat, problems: Collector, *, anonymous: bool
) -> Shape:
    """The publication and the edition that the journal wants; `anonymous` without its authors."""

    def shape(publication: Publication) -> tuple[Publication, Edition]:
        if style := journal.rules.citation_style:
            data = publication.data.model_copy(update={"citation_style": style})
            publication = publication.model_copy(update={"data": data})
        stated = publication.data.editions.get("review", EditionSettings())
        settings = EditionSettings(
            format=_FORMATS.get(form, OutputFormat.PDF),
            template=None if form in _FORMATS else journal.rules.template,
            options=word_options(journal) if form is ManuscriptFormat.DOCX else journal.rules.options,
            anonymous=anonymous,
            not_names=stated.not_names,
            title_page=anonymous and bool(journal.rules.title_page),
            links=True,
            pictures=PicturePlace.AT_END if form is ManuscriptFormat.DOCX and _apart(journal) else None,
            draft=True,
        )
        bibtex = bibtex_style(journal, form)
        if bibtex:
            publication = _in_one_list(publication, problems)
        return publication, Edition(
            f"submit-{journal.key}", settings, publication.places, bibtex_style=bibtex
        )

    return shape


def bibtex_style(journal: JournalProfile, form: ManuscriptFormat) -> str:
    """The BibTeX style that is to word citations and list; empty where they are worded by us."""
    return (
        (journal.rules.bibtex_style or "") if form in (ManuscriptFormat.LATEX, ManuscriptFormat.PDF) else ""
    )


def _in_one_list(publication: Publication, problems: Collector) -> Publication:
    """The publication without divisions of its list and lists of its sections, of which BibTeX has none."""
    if publication.data.bibliographies or any(one.data.bibliography for one in publication.sections):
        message = (
            "the journal's BibTeX has one list of works: divisions and sections' own lists are joined in it"
        )
        problems.add(Code.JOURNAL_REFERENCES, message, publication.places.of("bibliographies"))
    sections = tuple(
        section.model_copy(update={"data": section.data.model_copy(update={"bibliography": False})})
        for section in publication.sections
    )
    data = publication.data.model_copy(update={"bibliographies": ()})
    return publication.model_copy(update={"data": data, "sections": sections})


def _apart(journal: JournalProfile) -> bool:
    """Whether the manuscript says where figures belong and does not show them."""
    return journal.rules.figures_sent is FiguresWhere.SEPARATE


def word_options(journal: JournalProfile) -> Mapping[str, Any]:
    """The rules about looks and citations as options of the template for Word."""
    rules, layout = journal.rules, journal.rules.layout
    options = {
        "font": layout.font,
        "font-size": layout.size,
        "line-spacing": layout.line_spacing,
        "margin": layout.margin,
        "paper": layout.paper,
        "line-numbers": layout.line_numbers,
        "endnotes": True if rules.citations is Citations.ENDNOTES else None,
        "bibliography": rules.bibliography,
        "abstract-on-title-page": TitlePageItem.ABSTRACT in rules.title_page,
        "pictures-apart": _apart(journal),
    }
    return {key: value for key, value in options.items() if value is not None}
