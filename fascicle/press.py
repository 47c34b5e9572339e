"""Steps 5 to 7: from the LaTeX document to a finished PDF that has been opened again and proved."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fascicle.codes import Code
from fascicle.diagnostics import Collector, Span
from fascicle.events import Progress
from fascicle.manuscript import Manuscript
from fascicle.model import CitationStyle
from fascicle.pdf.finish import Finishing, finish
from fascicle.pdf.inspect import Inspection
from fascicle.pdf.intent import Intent
from fascicle.pdf.metadata import metadata_of
from fascicle.pdf.preflight import preflight
from fascicle.pdf.promises import Promises, source_pictures
from fascicle.pdf.proof import Result as Proved
from fascicle.pdf.proof import Verdict
from fascicle.pdf.slow import Bench
from fascicle.pdf.standard import PLAIN, PRINT_INTENT, Standard
from fascicle.printing import standard_of
from fascicle.project.profiles import SRGB, find_file
from fascicle.project.sheet import gutter_for, padded
from fascicle.project.templates import builtin_folder
from fascicle.run import Run
from fascicle.text.assemble import Assembled
from fascicle.text.blocktexts import block_texts
from fascicle.text.document import plain_text
from fascicle.typeset.deliver import deliver_bytes
from fascicle.typeset.engine import typeset
from fascicle.typeset.explain import Source, explain
from fascicle.typeset.job import Job, Limits, Outcome, Pass, PassEvent
from fascicle.typeset.synctex import rewrite

MAIN = "main"
"""TeX's job name in the run folder."""
LIMITS = ("min_resolution", "min_line_resolution", "max_ink", "max_megabytes", "min_pages", "max_pages")
"""Settings that a finished file may fail to keep."""


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
    with run.step(5) as detail:
        outcome, assembled = _settled(run, manuscript, assembled)
        _explain(run, manuscript, assembled, outcome)
        passes = len([one for one in outcome.passes if one.program == "lualatex"])
        detail.append(_told(passes))
    if outcome.pdf is None or run.judged.failed:
        return None
    wishes = wishes_of(manuscript, run.problems)
    with run.step(6):
        pdf = finish(outcome.pdf, wishes, run.problems)
    if pdf is None:
        return None
    with run.step(7) as detail:
        slow = Bench(run.build / "proofs") if wishes.standard.intent == PRINT_INTENT else None
        proofs = preflight(pdf, wishes, run.problems, slow)
        detail.append(_kept(proofs))
    if run.judged.failed:
        return None
    pages = len(Inspection(pdf).reader.pages)
    return Printed(pdf, _synctex(run, outcome, assembled), outcome.passes, proofs, pages, assembled)


def _told(passes: int) -> str:
    if not passes:
        return "nothing that TeX reads has changed"
    return f"{passes} passes" if passes > 1 else "1 pass"


def _kept(proofs: tuple[Proved, ...]) -> str:
    count = sum(one.verdict is Verdict.KEPT for one in proofs)
    return f"{count} promises kept" if not any(one.broken for one in proofs) else ""


def run_folder(run: Run) -> Path:
    """Where TeX works for this edition."""
    return run.build / "run" / run.edition


def _settled(run: Run, manuscript: Manuscript, assembled: Assembled) -> tuple[Outcome, Assembled]:
    """Step 5. Where the inner margin depends on the number of pages, everything is set once more at most: with the
    margin that the pages need which a narrower text will have.
    """
    outcome = _typeset(run, manuscript, assembled)
    settings, press = manuscript.edition.settings, manuscript.press
    if not settings.gutter_by_pages or press.sheet is None or press.recompose is None or outcome.pdf is None:
        return outcome, assembled
    pages = padded(settings, len(Inspection(outcome.pdf).reader.pages))
    set_with, needed = gutter_for(settings, 0), gutter_for(settings, pages)
    if needed > set_with:
        narrower = press.sheet.width - 2 * (needed - set_with)
        expected = math.ceil(pages * press.sheet.width / max(narrower, press.sheet.width / 4))
        again = press.recompose(expected)
        if again is not None:
            outcome, assembled = _typeset(run, manuscript, again), again
            set_with = gutter_for(settings, expected)
    if outcome.pdf is not None:
        pages = padded(settings, len(Inspection(outcome.pdf).reader.pages))
        if gutter_for(settings, pages) > set_with:
            message = f"{pages} pages need a wider inner margin than they were set with"
            span = manuscript.edition.span("gutter_by_pages") or manuscript.edition.span("preset")
            run.problems.add(Code.GUTTER_TOO_SMALL, message, span)
    return outcome, assembled


def _typeset(run: Run, manuscript: Manuscript, assembled: Assembled) -> Outcome:
    """TeX and biber, run until nothing changes any more."""
    job = Job(
        folder=run_folder(run),
        tex=assembled.tex,
        cache=font_cache(run.build),
        name=MAIN,
        inputs={**assembled.pictures, **_written(assembled.texts, run.build / "texts")},
        bibliographies=assembled.bibliographies,
        cited=manuscript.resolved.cited,
        epoch=manuscript.epoch,
        limits=Limits(seconds=run.request.seconds),
        parallel=run.request.alone,
        reuse=True,
    )
    return typeset(job, lambda event: _tell(run, event))


def _explain(run: Run, manuscript: Manuscript, assembled: Assembled, outcome: Outcome) -> None:
    """What TeX and biber say, as diagnostics."""
    bibliography = manuscript.publication.bibliography
    source = Source(
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


def font_cache(build: Path) -> Path:
    """LuaTeX's font cache: one for all publications of a user, in the build folder where there is no such place."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    wanted = Path(home) / "fascicle" / "fonts"
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return build / "fonts"
    return wanted if os.access(wanted, os.W_OK) else build / "fonts"


def _written(texts: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Text files that TeX reads, written under names made from their content."""
    paths = {}
    for name, text in texts.items():
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        paths[name] = folder / f"{digest}-{name}"
        if not paths[name].exists():
            deliver_bytes(text.encode(), paths[name])
    return paths


def wishes_of(manuscript: Manuscript, problems: Collector) -> Finishing:
    """What the finished file is to say of itself and to promise."""
    standard = standard_of(manuscript.edition, Collector())  # an unknown one has been told
    intent = _intent(manuscript, standard, problems)
    if standard.intent and intent is None:
        standard = PLAIN
    if standard.dated and not manuscript.publication.data.date and not manuscript.epoch:
        hint = "add a line 'date: 2026-11-23'"
        message = f"{standard.title} wants a date, and the publication has none"
        problems.add(Code.DATE_NEEDED, message, Span(manuscript.publication.places.file), hint)
    dated = manuscript.epoch or standard.dated
    return Finishing(
        metadata=metadata_of(manuscript.publication, plain_text),
        standard=standard,
        intent=intent,
        moment=datetime.fromtimestamp(manuscript.epoch, UTC) if dated else None,
        sheet=manuscript.press.sheet,
        promises=_promises(manuscript, standard),
    )


def _promises(manuscript: Manuscript, standard: Standard) -> Promises:
    """What the edition promises besides its standard."""
    settings, sheet, assembled = manuscript.edition.settings, manuscript.press.sheet, manuscript.assembled
    stated = {name: manuscript.edition.span(name) or manuscript.edition.span("preset") for name in LIMITS}
    titles = {label.name: label.title for label in manuscript.resolved.labels.values() if not label.numbered}
    withheld = manuscript.anonymous.withheld if manuscript.anonymous else frozenset()
    cited = tuple(key for key in manuscript.resolved.cited if key not in withheld)
    return Promises(
        texts=block_texts(manuscript.document, assembled.printed if assembled else (), titles),
        cited=cited,
        led_to=cited if _citations_lead(manuscript) else (),
        pictures=source_pictures(assembled.placed) if assembled else (),
        boxes=(sheet.boxes(0), sheet.boxes(1)) if sheet else (),
        blank_pages=bool(manuscript.edition.options.get("two-sided")),
        places={name: span for name, span in stated.items() if span},
        min_resolution=settings.min_resolution,
        min_line_resolution=settings.min_line_resolution,
        max_ink=settings.max_ink,
        max_megabytes=settings.max_megabytes,
        annotations=standard.intent != PRINT_INTENT,
        bookmarks=settings.bookmarks is not False,
        pages_multiple=settings.page_multiple or 1,
        last_page_blank=bool(settings.last_page_blank),
        min_pages=settings.min_pages or 1,
        max_pages=settings.max_pages,
        secrets=manuscript.anonymous.secrets if manuscript.anonymous else None,
    )


def _citations_lead(manuscript: Manuscript) -> bool:
    """Whether every citation is a link to its work. Chicago's notes give a work's full form without one."""
    edition = manuscript.edition
    linked = edition.links and edition.options.get("links") != "none"
    return linked and manuscript.publication.data.citation_style is not CitationStyle.CHICAGO_NOTES


def _intent(manuscript: Manuscript, standard: Standard, problems: Collector) -> Intent | None:
    """The output condition that the standard wants: a press for PDF/X, sRGB for the rest."""
    if standard.intent is None:
        return None
    if standard.intent != PRINT_INTENT:
        profile = find_file(SRGB)
        return Intent(profile) if profile else None
    press = manuscript.press.profile
    if press is None:
        message = f"{standard.title} needs a printing condition, and the edition states none"
        hint = "add a line 'profile: fogra39'"
        problems.add(Code.BAD_COLOUR_PROFILE, message, manuscript.edition.span("standard"), hint)
        return None
    return Intent(press.path, press.identifier, info=press.info)


def _synctex(run: Run, outcome: Outcome, assembled: Assembled) -> bytes | None:
    """SyncTeX data in which the author's files stand for the generated one."""
    if outcome.synctex is None:
        return None
    root = run.request.project

    def locate(file: str) -> Path:
        return root / file if (root / file).exists() else builtin_folder().parent / file

    return rewrite(outcome.synctex.read_bytes(), f"{MAIN}.tex", assembled.linemap, locate)
