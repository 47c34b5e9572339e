"""Steps 5 to 7: from the LaTeX document to a finished PDF that has been opened again and proved."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fascicle.diagnostics import Collector
from fascicle.events import Progress
from fascicle.manuscript import Manuscript
from fascicle.pdf.finish import Finishing, finish
from fascicle.pdf.inspect import Inspection
from fascicle.pdf.intent import Intent
from fascicle.pdf.metadata import metadata_of
from fascicle.pdf.preflight import preflight
from fascicle.pdf.proof import Result as Proved
from fascicle.pdf.proof import Verdict
from fascicle.pdf.standard import PLAIN
from fascicle.pdf.standards import STANDARDS
from fascicle.project.templates import builtin_folder
from fascicle.run import Run
from fascicle.text.assemble import Assembled
from fascicle.text.document import plain_text
from fascicle.typeset.deliver import deliver_bytes
from fascicle.typeset.engine import typeset
from fascicle.typeset.explain import Source, explain
from fascicle.typeset.job import Job, Limits, Outcome, Pass, PassEvent
from fascicle.typeset.synctex import rewrite

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


def print_manuscript(run: Run, manuscript: Manuscript, assembled: Assembled) -> Printed | None:
    """Steps 5 to 7; None, with what is wrong in `run.problems`, when there is nothing to deliver."""
    with run.step(5) as detail:
        outcome = _typeset(run, manuscript, assembled)
        passes = len([one for one in outcome.passes if one.program == "lualatex"])
        detail.append(f"{passes} passes" if passes > 1 else "1 pass")
    if outcome.pdf is None or run.judged.failed:
        return None
    wishes = _wishes(manuscript)
    with run.step(6):
        pdf = finish(outcome.pdf, wishes, run.problems)
    if pdf is None:
        return None
    with run.step(7) as detail:
        proofs = preflight(pdf, wishes, run.problems)
        detail.append(_kept(proofs))
    if run.judged.failed:
        return None
    pages = len(Inspection(pdf).reader.pages)
    return Printed(pdf, _synctex(run, outcome, assembled), outcome.passes, proofs, pages)


def _kept(proofs: tuple[Proved, ...]) -> str:
    count = sum(one.verdict is Verdict.KEPT for one in proofs)
    return f"{count} promises kept" if not any(one.broken for one in proofs) else ""


def run_folder(run: Run) -> Path:
    """Where TeX works for this edition."""
    return run.build / "run" / run.edition


def _typeset(run: Run, manuscript: Manuscript, assembled: Assembled) -> Outcome:
    """Step 5, and what TeX and biber say as diagnostics."""
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
    )
    outcome = typeset(job, lambda event: _tell(run, event))
    bibliography = manuscript.publication.bibliography
    source = Source(
        tex=assembled.tex,
        linemap=assembled.linemap,
        main=f"{MAIN}.tex",
        bibliographies={file: manuscript.sources.text(file, Collector()) or "" for file in bibliography.files},
        entry=lambda key: bibliography.entries[key].span if key in bibliography.entries else None,
    )
    log = os.path.relpath(outcome.log_path, run.request.project) if outcome.log_path else ""
    explain(outcome, source, run.problems, log)
    return outcome


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


def _wishes(manuscript: Manuscript) -> Finishing:
    """What the finished file is to say of itself and to promise."""
    profile = srgb_profile()
    wanted = STANDARDS.get(manuscript.edition.settings.standard or PLAIN.name, PLAIN)
    standard = wanted if profile else PLAIN
    return Finishing(
        metadata=metadata_of(manuscript.publication, plain_text),
        standard=standard,
        intent=Intent(profile) if profile and standard.intent else None,
        moment=datetime.fromtimestamp(manuscript.epoch, UTC) if manuscript.epoch else None,
    )


def srgb_profile() -> Path | None:
    """The sRGB profile that TeX Live brings (package colorprofiles); None when it is not installed."""
    program = shutil.which("kpsewhich")
    if program is None:
        return None
    found = subprocess.run([program, "sRGB.icc"], capture_output=True, text=True, check=False)
    path = found.stdout.strip()
    return Path(path) if path else None


def _synctex(run: Run, outcome: Outcome, assembled: Assembled) -> bytes | None:
    """SyncTeX data in which the author's files stand for the generated one."""
    if outcome.synctex is None:
        return None
    root = run.request.project

    def locate(file: str) -> Path:
        return root / file if (root / file).exists() else builtin_folder().parent / file

    return rewrite(outcome.synctex.read_bytes(), f"{MAIN}.tex", assembled.linemap, locate)
