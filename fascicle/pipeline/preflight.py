"""Examines a finished PDF: by itself, or held to what an edition promises."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.pdf.finish.finish import Finishing
from fascicle.pdf.preflight.check import DAMAGE, CheckResult
from fascicle.pdf.preflight.external_tools import ToolRunner
from fascicle.pdf.preflight.preflight import preflight
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pipeline.finishing import finishing_for
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import BUILD, Request, Run
from fascicle.project import manifest

PROOFS = "proofs"
"""Folder below build/ in which the answers of slow checks are kept."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of it."""

    file: Path | None
    """The file; None when the edition has not been built."""
    edition: str
    """The edition that it was held to; empty when it was examined by itself."""
    standard: str
    """The standard that it is to keep, or claims by itself."""
    pages: int
    """Number of pages; 0 when it cannot be opened."""
    results: tuple[CheckResult, ...]
    """What came of each check; nothing when it cannot be opened."""
    diagnostics: tuple[Diagnostic, ...]
    """What reading the publication and the file told, broken promises among it."""
    stale: bool = False
    """True when the publication has changed since the edition was built."""


def examine_file(file: Path, *, verapdf: bool, cache: Path | None) -> Examined:
    """A PDF by itself."""
    return _examined(file, None, "", Collector(), ToolRunner(cache, verapdf))


def examine_edition(request: Request, edition: str, file: Path | None, *, verapdf: bool) -> Examined:
    """A PDF, or the edition's own result when none is named, held to what the edition promises."""
    known = manifest.load(request.state, edition)
    if file is None and known and known.settings.settings and not request.settings:
        request = replace(request, settings=json.loads(known.settings.settings))
    run = Run(request, edition, lambda event: None)
    manuscript = read_manuscript(run)
    if manuscript is None or manuscript.assembled is None:
        return Examined(None, edition, "", 0, (), tuple(run.problems.sorted()))
    own = built(request, manuscript)
    problems = Collector()
    output_options = finishing_for(manuscript, problems)
    path = file or own
    if path is None:
        return Examined(None, edition, output_options.standard.title, 0, (), tuple(problems.sorted()))
    tool_runner = ToolRunner(run.build / PROOFS, verapdf)
    return _examined(
        path, output_options, edition, problems, tool_runner, stale=file is None and _stale(request, known)
    )


def built(request: Request, manuscript: Manuscript) -> Path | None:
    """The edition's result; None when it is not there."""
    path = request.project / BUILD / manuscript.edition.name / f"{manuscript.publication.slug}.pdf"
    return path if path.is_file() else None


def _stale(request: Request, known: manifest.Manifest | None) -> bool:
    return known is None or not manifest.is_fresh(known, request.project, known.settings)


def _examined(
    file: Path,
    output_options: Finishing | None,
    edition: str,
    problems: Collector,
    tool_runner: ToolRunner,
    *,
    stale: bool = False,
) -> Examined:
    results = preflight(file, output_options, problems, tool_runner)
    pages, standard = 0, output_options.standard.title if output_options else ""
    if results:
        try:
            inspection = Inspection(file)
            pages = len(inspection.reader.pages)
            standard = standard or _claimed(inspection)
        except DAMAGE:
            pages = 0
    return Examined(file, edition, standard, pages, results, tuple(problems.sorted()), stale)


def _claimed(inspection: Inspection) -> str:
    """The standard that a file claims."""
    said = inspection.xmp
    if part := said.get("pdfaid:part"):
        return f"PDF/A-{part}{str(said.get('pdfaid:conformance', '')).lower()}"
    stated = said.get("pdfxid:GTS_PDFXVersion") or inspection.info.get("GTS_PDFXVersion", "")
    return str(stated) or f"PDF {inspection.version}"
