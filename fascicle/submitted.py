"""The manuscript itself in the journal's format, built and proved: LaTeX with all it needs, PDF, Word, JATS."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fascicle.codes import Code
from fascicle.conversion import convert
from fascicle.deliver.archive import zipped
from fascicle.deliver.journals import Format, Journal
from fascicle.deliver.names import file_name
from fascicle.deliver.package_proof import Trial, first_error, name_faults, prove
from fascicle.deliver.sources_package import FlatSources, flat_sources, wrong_pictures
from fascicle.manuscript import Manuscript
from fascicle.press import font_cache, print_manuscript
from fascicle.project.templates import Engine
from fascicle.run import Run
from fascicle.text.blocktexts import block_texts
from fascicle.typeset.job import FailureKind
from fascicle.typeset.plainrun import PlainJob, PlainOutcome, compile_plainly

_PROVED = (
    "the package was unpacked in an empty folder and compiled there with {engine}, without biber and without a shell",
    "every block of the text is printed there as it was written",
    "every file of it is used, none is hidden, none holds a path of the machine that made it",
)
_NAMELESS = "nothing in its files tells who wrote the text"


@dataclass(frozen=True, slots=True)
class Made:
    """The manuscript's files."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """By their paths in the package."""
    proved: tuple[str, ...] = ()
    """What was proved of them, a phrase each."""


def make(
    run: Run,
    manuscript: Manuscript,
    journal: Journal,
    form: Format,
    names: Mapping[str, str],
    classes: Mapping[str, bytes],
) -> Made | None:
    """The manuscript in `form`; None, with what is wrong in `run.problems`."""
    if form in (Format.DOCX, Format.JATS):
        return _converted(run, manuscript, journal, form, names)
    if journal.rules.engine is Engine.LUALATEX:
        return _printed(run, manuscript, journal, names)
    return _sources(run, manuscript, journal, form, names, classes)


def _converted(
    run: Run, manuscript: Manuscript, journal: Journal, form: Format, names: Mapping[str, str]
) -> Made | None:
    suffix = "docx" if form is Format.DOCX else "xml"
    name = file_name(journal.rules.file_name, names)
    files = convert(run, manuscript, f"{name}/{name}.{suffix}")
    if files is None:
        return None
    proved = ["the file was opened again and holds the whole text"]
    files = {path.removeprefix(f"{name}/"): content for path, content in files.items()}
    if manuscript.anonymous:
        for fault in name_faults(files, manuscript.anonymous.secrets):
            run.problems.add(Code.AUTHOR_IN_FILE, fault)
        proved.append(_NAMELESS)
    return None if run.judged.failed else Made(files, tuple(proved))


def _printed(run: Run, manuscript: Manuscript, journal: Journal, names: Mapping[str, str]) -> Made | None:
    if manuscript.assembled is None:
        return None
    printed = print_manuscript(run, manuscript, manuscript.assembled)
    if printed is None:
        return None
    name = file_name(journal.rules.file_name, names)
    kept = tuple(one.check.promise for one in printed.proofs if not one.broken and not one.left_out)
    return Made({f"{name}.pdf": printed.pdf}, kept)


def _sources(
    run: Run,
    manuscript: Manuscript,
    journal: Journal,
    form: Format,
    names: Mapping[str, str],
    classes: Mapping[str, bytes],
) -> Made | None:
    assembled = manuscript.assembled
    if assembled is None:
        return None
    for path, why in wrong_pictures(assembled, journal):
        span = next((figure.span for figure in manuscript.resolved.figures if figure.path == path), None)
        run.problems.add(Code.JOURNAL_FIGURE, f"{path} cannot be sent: {why}", span)
    if run.judged.failed:
        return None
    sources = flat_sources(assembled, journal, names, classes)
    with run.step(5) as detail:
        outcome, files = _compiled(run, manuscript, journal, sources)
        detail.append(f"{outcome.passes} passes of {journal.rules.engine.value}")
    if outcome.pdf is None:
        _tell_failure(run, manuscript, sources, outcome)
        return None
    stem = file_name("{slug}", names)
    if form is Format.PDF:
        return Made({f"{stem}.pdf": outcome.pdf})
    package = zipped(files, manuscript.epoch)
    with run.step(7) as detail:
        trial = _trial(run, manuscript, journal)
        proved, faults = prove(package, sources, trial)
        detail.append("compiled again by itself" if not faults else "")
    for fault in faults:
        run.problems.add(Code.PACKAGE_UNSOUND, f"the package is not sound: {fault}")
    if faults or proved.pdf is None:
        return None
    promises = [promise.format(engine=journal.rules.engine.value) for promise in _PROVED]
    promises += [_NAMELESS] if manuscript.anonymous else []
    folder = {f"{stem}/{name}": content for name, content in files.items()}
    return Made({f"{stem}.zip": package, f"{stem}.pdf": proved.pdf, **folder}, tuple(promises))


def _compiled(
    run: Run, manuscript: Manuscript, journal: Journal, sources: FlatSources
) -> tuple[PlainOutcome, dict[str, bytes]]:
    """The first compilation, with biber, and the files of the package with the list of works that it gave."""
    with tempfile.TemporaryDirectory(prefix="submit-") as place:
        folder = Path(place)
        for name, content in sources.files.items():
            (folder / name).write_bytes(content)
        job = PlainJob(
            folder,
            sources.name,
            journal.rules.engine.value,
            font_cache(run.build),
            manuscript.epoch,
            sources.bibliographies,
            run.request.seconds,
        )
        outcome = compile_plainly(job)
        bbl = folder / f"{sources.name}.bbl"
        files = dict(sources.files)
        if bbl.exists():
            files[bbl.name] = bbl.read_bytes()
    return outcome, files


def _trial(run: Run, manuscript: Manuscript, journal: Journal) -> Trial:
    labels = manuscript.resolved.labels.values()
    titles = {label.name: label.title for label in labels if not label.numbered}
    printed = manuscript.assembled.printed if manuscript.assembled else frozenset()
    home = str(Path.home())
    return Trial(
        engine=journal.rules.engine.value,
        cache=font_cache(run.build),
        epoch=manuscript.epoch,
        blocks=block_texts(manuscript.document, printed, titles),
        secrets=manuscript.anonymous.secrets if manuscript.anonymous else None,
        private=tuple(
            path for path in (str(run.request.project), home, tempfile.gettempdir() + os.sep) if len(path) > 4
        ),
        seconds=run.request.seconds,
    )


def _tell_failure(run: Run, manuscript: Manuscript, sources: FlatSources, outcome: PlainOutcome) -> None:
    """Why there is no PDF, at the author's line where TeX names one."""
    failure = outcome.failure
    if failure and failure.kind is FailureKind.MISSING_PROGRAM:
        hint = "'fascicle doctor' says how to get it"
        run.problems.add(Code.TOOL_MISSING, f"{failure.detail} is not installed", None, hint)
        return
    if failure and failure.kind is FailureKind.TIME_LIMIT:
        run.problems.add(Code.TEX_TIME_LIMIT, "typesetting took longer than allowed and was stopped")
        return
    if failure and failure.kind is FailureKind.BIBER:
        run.problems.add(
            Code.BIBER_ERROR, "biber could not make the list of works", causes=[outcome.blg[-300:]]
        )
        return
    match = re.search(rf"^(?:\./)?{re.escape(sources.name)}\.tex:(\d+):", outcome.log, re.MULTILINE)
    span = manuscript.assembled.linemap.at(int(match[1])) if match and manuscript.assembled else None
    run.problems.add(Code.TEX_ERROR, f"TeX stopped: {first_error(outcome.log)}", span)
