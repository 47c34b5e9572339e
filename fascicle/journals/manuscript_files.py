"""The manuscript itself in the journal's format, built and proved.

LaTeX with all it needs, PDF, Word, JATS.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.system.sandbox import private
from fascicle.document.expected_text import block_texts
from fascicle.export.zip_archive import zipped
from fascicle.journals.bibtex_package import BibtexPackage, bibtex_package
from fascicle.journals.bibtex_proof import error_of
from fascicle.journals.cited_records import bib_records
from fascicle.journals.journal_edition import bibtex_style
from fascicle.journals.latex_package import FlatSources, flat_sources, wrong_pictures
from fascicle.journals.package_check import PackageTrial, first_error, prove
from fascicle.journals.profile import JournalProfile, ManuscriptFormat, file_name
from fascicle.journals.rules import ChecklistItem
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.pandoc_output import convert
from fascicle.pipeline.pdf_output import print_manuscript
from fascicle.pipeline.run import Run
from fascicle.project.templates import TexProgram
from fascicle.typeset.environment import font_cache, private_cache
from fascicle.typeset.job import FailureKind
from fascicle.typeset.log.explain import DOCTOR
from fascicle.typeset.log.last_words import last_words
from fascicle.typeset.simple_engine import SimpleJob, SimpleOutcome, compile_simple

_PROVED = (
    "the package was unpacked in an empty folder and compiled there with {engine}, without a shell",
    "every block of the text is printed there as it was written",
    "every file of it is used, none is hidden, none holds a path of the machine that made it",
)


@dataclass(frozen=True, slots=True)
class WrittenManuscript:
    """The manuscript's files."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """By their paths in the package."""
    proved: tuple[str, ...] = ()
    """What was proved of them, a phrase each."""
    items: tuple[ChecklistItem, ...] = ()
    """Rules of the journal's that only the finished files can keep."""


@dataclass(frozen=True, slots=True)
class ManuscriptOrder:
    """What is to be made, for whom."""

    journal: JournalProfile
    """The journal."""
    form: ManuscriptFormat
    """One of its formats."""
    names: Mapping[str, str]
    """What names of files are made from: slug, surname, journal."""
    classes: Mapping[str, bytes]
    """Class files that the author brings."""


def make(run: Run, manuscript: Manuscript, order: ManuscriptOrder) -> WrittenManuscript | None:
    """The manuscript as it was ordered; None, with what is wrong in `run.problems`."""
    if order.form in (ManuscriptFormat.DOCX, ManuscriptFormat.JATS):
        return _converted(run, manuscript, order)
    if order.journal.rules.engine is TexProgram.LUALATEX:
        return _printed(run, manuscript, order)
    return _sources(run, manuscript, order)


def _converted(run: Run, manuscript: Manuscript, order: ManuscriptOrder) -> WrittenManuscript | None:
    suffix = "docx" if order.form is ManuscriptFormat.DOCX else "xml"
    name = file_name(order.journal.rules.file_name, order.names)
    files = convert(run, manuscript, f"{name}/{name}.{suffix}")
    if files is None:
        return None
    proved = ("the file was opened again and holds the whole text",)
    files = {path.removeprefix(f"{name}/"): content for path, content in files.items()}
    return None if run.judged.failed else WrittenManuscript(files, proved)


def _printed(run: Run, manuscript: Manuscript, order: ManuscriptOrder) -> WrittenManuscript | None:
    if manuscript.assembled is None:
        return None
    printed = print_manuscript(run, manuscript, manuscript.assembled)
    if printed is None:
        return None
    name = file_name(order.journal.rules.file_name, order.names)
    kept = tuple(one.check.promise for one in printed.proofs if not one.broken and not one.left_out)
    return WrittenManuscript({f"{name}.pdf": printed.pdf}, kept)


def _sources(run: Run, manuscript: Manuscript, order: ManuscriptOrder) -> WrittenManuscript | None:
    assembled, journal = manuscript.assembled, order.journal
    if assembled is None:
        return None
    for path, why in wrong_pictures(assembled, journal):
        span = next((figure.span for figure in manuscript.resolved.figures if figure.path == path), None)
        run.problems.add(Code.JOURNAL_FIGURE, f"{path} cannot be sent: {why}", span)
    if run.judged.failed:
        return None
    figures = manuscript.resolved.figures
    numbers = {figure.path: number for number, figure in reversed(list(enumerate(figures, start=1)))}
    bibtex = bibtex_package(manuscript.cited, bibtex_style(journal, order.form))
    own = bib_records(manuscript.publication.bibliography, manuscript.resolved.cited)
    records = bibtex.names.records if bibtex else own
    sources = flat_sources(assembled, journal, order.names, order.classes, numbers, records)
    if bibtex:
        outcome = _compiled(run, manuscript, journal, sources, bibtex, list_alone=True)
        if outcome is None:
            return None
        sources = replace(sources, files={**sources.files, f"{sources.name}.bbl": outcome.works})
        bibtex = bibtex.listed(outcome, run.problems)
    stem = file_name("{slug}", order.names)
    if order.form is ManuscriptFormat.PDF:
        outcome = _compiled(run, manuscript, journal, sources, bibtex)
        return WrittenManuscript({f"{stem}.pdf": outcome.pdf}) if outcome and outcome.pdf else None
    proved = _proved(run, manuscript, journal, sources, bibtex)
    if proved is None:
        return None
    package, pdf = proved
    promises = tuple(promise.format(engine=journal.rules.engine.value) for promise in _PROVED)
    folder = {f"{stem}/{name}": content for name, content in sources.files.items()}
    return WrittenManuscript({f"{stem}.zip": package, f"{stem}.pdf": pdf, **folder}, promises)


def _proved(
    run: Run,
    manuscript: Manuscript,
    journal: JournalProfile,
    sources: FlatSources,
    bibtex: BibtexPackage | None,
) -> tuple[bytes, bytes] | None:
    """The package and its PDF, after it has been compiled in an empty folder."""
    package = zipped(sources.files, manuscript.epoch)
    with run.step(7) as detail:
        outcome, faults = prove(package, sources, _trial(run, manuscript, journal, bibtex))
        detail.append("" if faults else f"compiled by itself, {outcome.passes} passes")
    if outcome.failure:
        _tell_failure(run, manuscript, sources, outcome)
    for fault in faults:
        run.problems.add(Code.PACKAGE_UNSOUND, f"the package is not sound: {fault}")
    return None if faults or outcome.pdf is None else (package, outcome.pdf)


def _compiled(
    run: Run,
    manuscript: Manuscript,
    journal: JournalProfile,
    sources: FlatSources,
    bibtex: BibtexPackage | None,
    *,
    list_alone: bool = False,
) -> SimpleOutcome | None:
    """What comes of TeX, or of BibTeX alone; None when it failed."""
    engine = journal.rules.engine.value
    with tempfile.TemporaryDirectory(prefix="submit-") as place, run.step(5) as detail:
        folder = Path(place)
        for name, content in sources.files.items():
            (folder / name).write_bytes(content)
        cache, seconds = _cache(run), run.request.allowed()
        job = SimpleJob(folder, sources.name, engine, cache, manuscript.epoch, seconds, bibtex is not None)
        outcome = compile_simple(job, list_alone=list_alone)
        detail.append(f"{outcome.passes} pass{'es'[: 2 * (outcome.passes != 1)]} of {engine}")
    if outcome.failure:
        _tell_failure(run, manuscript, sources, outcome)
    return None if outcome.failure else outcome


def _trial(
    run: Run, manuscript: Manuscript, journal: JournalProfile, bibtex: BibtexPackage | None
) -> PackageTrial:
    labels = manuscript.resolved.labels.values()
    titles = {label.name: label.title for label in labels if not label.numbered}
    printed = manuscript.assembled.printed if manuscript.assembled else frozenset()
    home = str(Path.home())
    document = bibtex.printed if bibtex else manuscript.document
    return PackageTrial(
        engine=journal.rules.engine.value,
        cache=_cache(run),
        epoch=manuscript.epoch,
        blocks=block_texts(document, printed, titles, works=bool(printed), whole_rows=False),
        private=tuple(
            path for path in (str(run.request.project), home, tempfile.gettempdir() + os.sep) if len(path) > 4
        ),
        seconds=run.request.allowed(),
        bibtex=bibtex is not None,
        said=bibtex.said if bibtex else (),
    )


def _tell_failure(run: Run, manuscript: Manuscript, sources: FlatSources, outcome: SimpleOutcome) -> None:
    """Why there is no PDF, at the author's line where TeX names one."""
    failure = outcome.failure
    if failure and failure.kind is FailureKind.MISSING_PROGRAM:
        hint = "'fascicle doctor' says how to get it"
        run.problems.add(Code.TOOL_MISSING, f"{failure.detail} is not installed", None, hint)
        return
    if failure and failure.kind is FailureKind.TIME_LIMIT:
        run.problems.add(Code.TEX_TIME_LIMIT, "typesetting took longer than allowed and was stopped")
        return
    if stopped := error_of(outcome.works_log):
        hint = "'bibtex-style' names a style of TeX Live's, or one whose file stands among 'classes'"
        run.problems.add(Code.TEX_ERROR, f"BibTeX stopped: {stopped}", None, hint)
        return
    reported = first_error(outcome.log)
    if not reported:
        words = last_words(outcome.console, outcome.log)
        message = "TeX ended without a result; its last lines are below"
        run.problems.add(Code.TEX_ERROR, message, None, DOCTOR, causes=words)
        return
    match = re.search(rf"^(?:\./)?{re.escape(sources.name)}\.tex:(\d+):", outcome.log, re.MULTILINE)
    span = manuscript.assembled.linemap.at(int(match[1])) if match and manuscript.assembled else None
    run.problems.add(Code.TEX_ERROR, f"TeX stopped: {reported}", span)


def _cache(run: Run) -> Path:
    """The cache of fonts; a copy for a stranger's publication."""
    shared = font_cache(run.build)
    return private_cache(shared, run.build / "fonts" / run.edition) if private() else shared
