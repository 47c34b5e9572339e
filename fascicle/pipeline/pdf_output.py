"""Steps 5 to 7 of a PDF: typeset, finished and proved."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.events import Progress
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.core.system.sandbox import private
from fascicle.latex.assemble import Assembled
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import Run
from fascicle.project.page_geometry import gutter_for, padded
from fascicle.project.templates import TexProgram
from fascicle.typeset.engine import typeset
from fascicle.typeset.environment import font_cache, private_cache
from fascicle.typeset.job import Job, Limits, Pass, PassEvent, TypesetOutcome
from fascicle.typeset.log.explain import TypesetSource, explain
from fascicle.typeset.log.synctex import rewrite
from fascicle.typeset.warm import warm_preamble

if TYPE_CHECKING:
    from fascicle.pdf.preflight.check import CheckResult as Proved

MAIN = "main"
"""TeX's job name in the run folder."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What steps 5 to 7 give."""

    pdf: bytes
    """The finished, proved file."""
    synctex: bytes | None
    """SyncTeX data that names the author's files; None when TeX wrote none."""
    passes: tuple[Pass, ...]
    """What ran."""
    proofs: tuple[Proved, ...]
    """What was promised, and whether it is kept."""
    pages: int
    """Number of pages."""
    assembled: Assembled
    """The LaTeX document that they were made from."""


def print_manuscript(run: Run, manuscript: Manuscript, assembled: Assembled) -> Printed | None:
    """Steps 5 to 7; None, with what is wrong in `run.problems`, when there is nothing to deliver."""
    if TexProgram.LUALATEX not in assembled.engines:
        message = "this template is for the sources of a journal's package, not for an edition"
        hint = "type 'fascicle list journals', then 'fascicle submit NAME'; 'fascicle list templates' has the others"
        run.problems.add(Code.UNKNOWN_TEMPLATE, message, manuscript.edition.span("template"), hint)
        return None
    with run.step(5) as detail:
        outcome, assembled = _settled(run, manuscript, assembled)
        _explain(run, manuscript, assembled, outcome)
        passes = len([one for one in outcome.passes if one.program == "lualatex"])
        detail.append(_told(passes))
    if outcome.pdf is None or run.judged.failed or run.stopped:
        return None
    from fascicle.pipeline.finishing import finish_and_prove

    finished = finish_and_prove(run, manuscript, outcome.pdf)
    if finished is None:
        return None
    synctex = _synctex(run, outcome, assembled)
    return Printed(finished.pdf, synctex, outcome.passes, finished.proofs, finished.pages, assembled)


def _load_ahead() -> None:
    from fascicle.pipeline.finishing import load_ahead

    load_ahead()


def _told(passes: int) -> str:
    if not passes:
        return "nothing that TeX reads has changed"
    return f"{passes} passes" if passes > 1 else "1 pass"


def run_folder(run: Run) -> Path:
    """Where TeX works for this edition."""
    return run.build / "run" / run.edition


def _settled(run: Run, manuscript: Manuscript, assembled: Assembled) -> tuple[TypesetOutcome, Assembled]:
    """Step 5. Where the inner margin depends on the number of pages, everything is set once more at most: with the
    margin that the pages need which a narrower text will have.
    """
    outcome = _typeset(run, manuscript, assembled)
    settings, press = manuscript.edition.settings, manuscript.press
    if not settings.gutter_by_pages or press.sheet is None or press.recompose is None or outcome.pdf is None:
        return outcome, assembled
    pages = padded(settings, _pages(outcome.pdf))
    set_with, needed = gutter_for(settings, 0), gutter_for(settings, pages)
    if needed > set_with:
        narrower = press.sheet.width - 2 * (needed - set_with)
        expected = math.ceil(pages * press.sheet.width / max(narrower, press.sheet.width / 4))
        again = press.recompose(expected)
        if again is not None:
            outcome, assembled = _typeset(run, manuscript, again), again
            set_with = gutter_for(settings, expected)
    if outcome.pdf is not None:
        pages = padded(settings, _pages(outcome.pdf))
        if gutter_for(settings, pages) > set_with:
            message = f"{pages} pages need a wider inner margin than they were set with"
            span = manuscript.edition.span("gutter_by_pages") or manuscript.edition.span("preset")
            run.problems.add(Code.GUTTER_TOO_SMALL, message, span)
    return outcome, assembled


def _pages(pdf: Path) -> int:
    from fascicle.pdf.reading.inspection import Inspection

    return len(Inspection(pdf).reader.pages)


def _typeset(run: Run, manuscript: Manuscript, assembled: Assembled) -> TypesetOutcome:
    """TeX, run until nothing changes any more."""
    shared = font_cache(run.build)
    cache = private_cache(shared, run.build / "fonts" / run.edition) if private() else shared
    job = Job(
        folder=run_folder(run),
        tex=assembled.tex,
        cache=cache,
        formats=shared / "formats",
        name=MAIN,
        inputs={**assembled.pictures, **_written(assembled.texts, run.build / "texts")},
        reads=() if run.request.no_trust else (run.request.project,),
        epoch=manuscript.epoch,
        limits=Limits(seconds=run.request.allowed(len(assembled.tex))),
        parallel=run.request.alone,
        reuse=True,
    )
    # What finishes and proves a file takes a while to load, and nobody waits for it while TeX runs.
    loading = Thread(target=_load_ahead, daemon=True)

    def listen(event: PassEvent) -> None:
        if loading.ident is None:
            loading.start()
        _tell(run, event)

    if run.typesetting:
        return run.typesetting(job, assembled, listen)
    return typeset(job, listen, warm_preamble.waiting_for(job.folder))


def _explain(run: Run, manuscript: Manuscript, assembled: Assembled, outcome: TypesetOutcome) -> None:
    """What TeX says, as diagnostics."""
    bibliography = manuscript.publication.bibliography
    source = TypesetSource(
        tex=assembled.tex,
        linemap=assembled.linemap,
        main=f"{MAIN}.tex",
        bibliographies={
            file: manuscript.sources.text(file, Collector()) or "" for file in bibliography.files
        },
        entry=lambda key: bibliography.entries[key].span if key in bibliography.entries else None,
    )
    log = os.path.relpath(outcome.log_path, run.request.project) if outcome.log_path else ""
    explain(outcome, source, run.problems, log)


def _tell(run: Run, event: PassEvent) -> None:
    if event.program is None:
        run.listen(Progress(run.edition, "another build of this edition is running; waiting for its end"))
    elif event.seconds is None:
        run.listen(Progress(run.edition, f"{event.program} {event.number}: {event.reason}"))


def _written(texts: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Text files that TeX reads, written under names made from their content."""
    paths = {}
    for name, text in texts.items():
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        paths[name] = folder / f"{digest}-{name}"
        if not paths[name].exists():
            deliver_bytes(text.encode(), paths[name])
    return paths


def _synctex(run: Run, outcome: TypesetOutcome, assembled: Assembled) -> bytes | None:
    """SyncTeX data in which the author's files stand for the generated one."""
    if outcome.synctex is None:
        return None
    root = run.request.project

    def locate(file: str) -> Path:
        return root / file if (root / file).exists() else builtin_folder().parent / file

    return rewrite(outcome.synctex.read_bytes(), f"{MAIN}.tex", assembled.linemap, locate)
