"""Records of the work itself, one a format: a table of what `fascicle cite` can write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.citation_formats import bibtex, cff, csl_json, ris
from fascicle.export.metadata.crossref import crossref
from fascicle.export.metadata.datacite import datacite
from fascicle.export.metadata.landing_page import landing_page
from fascicle.export.metadata.record import WorkRecord

Writer = Callable[[WorkRecord, Collector], str | None]


@dataclass(frozen=True, slots=True)
class Export:
    """One format."""

    description: str
    """What it is for."""
    file: str
    """Usual name of the file; `{}` stands for the publication's slug."""
    write: Writer
    """Makes the text; None, with what is missing, when it cannot."""


def _always(write: Callable[[WorkRecord], str]) -> Writer:
    return lambda work, problems: write(work)


EXPORTS: Mapping[str, Export] = {
    "cff": Export("CITATION.cff, which repositories show beside the files", "CITATION.cff", _always(cff)),
    "bibtex": Export("BibTeX and biblatex", "{}.bib", _always(bibtex)),
    "ris": Export("RIS, for EndNote and other reference managers", "{}.ris", _always(ris)),
    "csl-json": Export("CSL-JSON, for Zotero and pandoc", "{}.csl.json", _always(csl_json)),
    "datacite": Export("DataCite JSON, to register a DOI with DataCite", "{}.datacite.json", datacite),
    "crossref": Export("Crossref deposit XML, to register a DOI with Crossref", "{}.crossref.xml", crossref),
    "html": Export("landing page with Highwire and schema.org metadata", "{}.html", _always(landing_page)),
}
"""Every format by its name on the command line."""
