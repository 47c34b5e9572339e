"""The seven steps of a build, and the delivery of its results."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from fascicle import __version__
from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostic_codes import SURROUNDINGS, Code
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, counted
from fascicle.core.events import Listener
from fascicle.core.model import OutputFormat
from fascicle.core.system.atomic_files import deliver_bytes, deliver_inside
from fascicle.core.system.locks import LockedError
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import BUILD, Request, Run
from fascicle.pipeline.tagging import HURRIED
from fascicle.pipeline.title_page import SUFFIX, run_of, title_page
from fascicle.pipeline.untrusted_build_folder import check_build_folder
from fascicle.project import manifest

if TYPE_CHECKING:
    from fascicle.latex.assemble import Assembled
    from fascicle.pipeline.pdf_output import Printed

SUFFIXES = {
    OutputFormat.DOCX: ".docx",
    OutputFormat.JATS: ".xml",
    OutputFormat.HTML: ".html",
    OutputFormat.EPUB: ".epub",
}
"""Endings of the results that TeX has no part in."""

Look = Callable[[Manuscript, Collector], None]
"""Is shown what was read, and may tell more of it."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of one edition."""

    edition: str
    """Its name."""
    diagnostics: tuple[Diagnostic, ...]
    """Everything that is to be told, in file and line order."""
    output: str = ""
    """The main result, relative to the project folder; empty when the edition was not made."""
    pages: int = 0
    """Pages of the result."""
    seconds: float = 0.0
    """How long it took."""
    untagged: str = ""
    """Why a PDF that might be tagged is not, in a few words; empty for others."""
    kept: bool = False
    """True when the build failed and an earlier result is still there."""
    worker: str = ""
    """The machine on which it was made; empty for this one."""

    @property
    def failed(self) -> bool:
        """True when the edition was not made."""
        return not self.output


def build_edition(request: Request, edition: str, listen: Listener) -> BuildResult:
    """Make one edition. Whatever is wrong is a diagnostic of the result, and the last good result stays."""
    return build(Run(request, edition, listen))


def build(run: Run, look: Look | None = None) -> BuildResult:
    """Make the edition of a run. `look` is shown what was read, before TeX runs, and may tell more of it."""
    request, edition = run.request, run.edition
    begun = time.monotonic()
    output, pages = "", 0
    try:
        # From reading to delivery, so that results and manifest belong together.
        with run.locked("another build of this edition is running; waiting for its end"):
            if check_build_folder(run):
                output, pages = _make(run, look)
    except LockedError:
        message = "another build of this edition is still running"
        run.problems.add(Code.BUILD_LOCKED, message, None, "wait for its end, then build again")
    except OSError as error:
        surroundings(error, run.problems)
    diagnostics = tuple(run.judged.sorted())
    kept = not output and is_kept(request, edition)
    return BuildResult(edition, diagnostics, output, pages, time.monotonic() - begun, run.untagged, kept)


def is_kept(request: Request, edition: str) -> bool:
    """Whether the last good result of an edition is still there."""
    last = manifest.load(request.state, edition)
    return last is not None and (request.home / last.result).exists()


def _make(run: Run, look: Look | None) -> tuple[str, int]:
    """The seven steps and the delivery: path of the main result and its pages; nothing when a step failed."""
    manuscript = read_manuscript(run)
    if manuscript and look:
        look(manuscript, run.problems)
    if manuscript and run.request.withheld:
        _note_withheld(manuscript, run.problems)
    if manuscript is None or run.judged.failed:
        return "", 0
    if manuscript.edition.settings.format in SUFFIXES:
        return _converted(run, manuscript), 0
    if manuscript.assembled is None:
        return "", 0
    printed = _print(run, manuscript, manuscript.assembled)
    if printed is None:
        return _without_tags(run, look) if _tags_are_to_blame(run, manuscript) else ("", 0)
    beside = _beside(run, manuscript)
    if beside is None or run.stopped:
        return "", 0
    return _deliver(run, manuscript, printed, beside), printed.pages


def _tags_are_to_blame(run: Run, manuscript: Manuscript) -> bool:
    """Whether the edition may be made without the tags that nobody asked for."""
    errors = {found.code for found in run.problems if found.severity is Severity.ERROR}
    return manuscript.tagging.by_itself and bool(errors) and not run.stopped and not errors & SURROUNDINGS


def _without_tags(run: Run, look: Look | None) -> tuple[str, int]:
    """The same once more without tags, and why it has none."""
    first = next(found for found in run.problems.sorted() if found.severity is Severity.ERROR)
    run.problems, run.forgone = Collector(), True
    message = f"the PDF is untagged, since it fails with tags: {first.message}"
    hint = "build it with --set options.tagging=on to see all that is wrong with them"
    run.problems.add(Code.TAGS_FORGONE, message, first.span, hint)
    made = _make(run, look)
    if not made[0]:  # the tags were not to blame
        found, run.problems = run.problems, Collector()
        run.problems.extend(one for one in found if one.code is not Code.TAGS_FORGONE)
    return made


def _converted(run: Run, manuscript: Manuscript) -> str:
    """Steps 5 to 7 of formats that TeX has no part in, and the delivery: path of the result, empty when a step failed."""
    from fascicle.pipeline.pandoc_output import check_nameless, convert

    form = manuscript.edition.settings.format
    main = target(run.edition, manuscript, SUFFIXES[form]) if form else ""
    files = convert(run, manuscript, main)
    check_nameless(run, manuscript, files or {})
    if files is None or run.judged.failed:
        return ""
    report = {f"{BUILD}/{run.edition}/report.json": _report(run, manuscript, main, {})}
    _hand_over(run, manuscript, {**report, **files}, main)
    return main


def _print(run: Run, manuscript: Manuscript, assembled: Assembled) -> Printed | None:
    """Steps 5 to 7, whose modules a check needs not even to import."""
    from fascicle.pipeline.pdf_output import print_manuscript

    return print_manuscript(run, manuscript, assembled)


def check_edition(request: Request, edition: str, look: Look | None = None) -> Collector:
    """Steps 1 to 4: what can be told without TeX; `look` may tell more of what was read."""
    run = Run(request, edition, lambda event: None)
    try:
        manuscript = read_manuscript(run)
        if manuscript and request.withheld:
            _note_withheld(manuscript, run.problems)
        if manuscript and look:
            look(manuscript, run.problems)
    except OSError as error:
        surroundings(error, run.problems)
    return run.judged


def target(edition: str, manuscript: Manuscript, suffix: str) -> str:
    """Path of a result, relative to the folder that takes them."""
    return f"{BUILD}/{edition}/{manuscript.publication.slug}{suffix}"


def _beside(run: Run, manuscript: Manuscript) -> dict[str, bytes] | None:
    """What the edition delivers besides its main result, by the path; None when something of it cannot be made."""
    if not manuscript.edition.settings.title_page:
        return {}
    companion = title_page(run, manuscript)
    if companion is None or companion.assembled is None or run.judged.failed:
        return None
    printed = _print(run_of(run), companion, companion.assembled)
    return {target(run.edition, manuscript, f"{SUFFIX}.pdf"): printed.pdf} if printed else None


def _deliver(run: Run, manuscript: Manuscript, printed: Printed, beside: dict[str, bytes]) -> str:
    """Move the results to their places, the main one last, and remember what they were made from."""
    main = target(run.edition, manuscript, ".pdf")
    files = {
        **beside,
        target(run.edition, manuscript, ".tex"): printed.assembled.tex.encode(),
        f"{BUILD}/{run.edition}/report.json": _report(run, manuscript, main, _printing(printed)),
        main: printed.pdf,
    }
    # SyncTeX data hold the paths of this machine, and with them somebody's name.
    if printed.synctex is not None and not manuscript.anonymous:
        files = {target(run.edition, manuscript, ".synctex.gz"): printed.synctex, **files}
    _hand_over(run, manuscript, files, main)
    return main


def _hand_over(run: Run, manuscript: Manuscript, files: dict[str, bytes], main: str) -> None:
    """Move files to their places in order, remove those of the last build, and remember what they were made from."""
    root = run.request.home
    if run.request.place:
        root.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        if run.request.no_trust:
            deliver_inside(content, root, path)
        else:
            deliver_bytes(content, root / path)
    _remove_former(run, files)
    reads = tuple(manuscript.sources.reads)
    outputs = tuple(manifest.entries(root, files))
    settings = replace(settings_of(run.request), hurried=run.untagged == HURRIED)
    manifest.save(
        manifest.Manifest(settings, reads, outputs, counted(run.problems), main), run.build, run.edition
    )


def _remove_former(run: Run, files: dict[str, bytes]) -> None:
    """Remove what the last build delivered and this one does not: under another name, or no longer wanted."""
    former = manifest.load(run.build, run.edition)
    for entry in former.outputs if former else ():
        if entry.path not in files:
            (run.request.home / entry.path).unlink(missing_ok=True)


def settings_of(request: Request, program: str = "") -> manifest.Settings:
    """What besides the project's files decides the result; whoever asks for many gives the `program` fingerprint."""
    return manifest.Settings(
        no_trust=request.no_trust,
        trust_templates=request.trust_templates,
        allow_pending=request.allow_pending,
        strict=request.strict,
        settings=json.dumps(request.settings, sort_keys=True) if request.settings else "",
        imposed=json.dumps(request.imposed, sort_keys=True) if request.imposed else "",
        epoch=os.environ.get("SOURCE_DATE_EPOCH", ""),
        program=program or manifest.program_fingerprint(),
    )


def _printing(printed: Printed) -> dict[str, object]:
    """What a printed edition tells in its report."""
    from fascicle.pdf.preflight.report import reported

    return {
        "pages": printed.pages,
        "passes": [{"program": one.program.value, "reason": one.reason.value} for one in printed.passes],
        **reported(printed.proofs),
    }


def _report(run: Run, manuscript: Manuscript, main: str, more: dict[str, object]) -> bytes:
    """`report.json`: what was made, what was promised and kept, what was told."""
    report = {
        "version": 1,
        "generator": f"fascicle {__version__}",
        "edition": run.edition,
        "result": main,
        **more,
        "diagnostics": [_diagnostic(found) for found in run.problems.sorted()],
    }
    text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    return (manuscript.anonymous.secrets.redacted(text) if manuscript.anonymous else text).encode()


def _diagnostic(found: Diagnostic) -> dict[str, object]:
    return {
        "code": found.code.value,
        "severity": found.severity.value,
        "message": found.message,
        "span": asdict(found.span) if found.span else None,
        "hints": list(found.hints),
    }


def surroundings(error: OSError, problems: Collector) -> None:
    """A failure of the machine: a full disk, a folder that cannot be written."""
    from fascicle.core.system import disk

    full = disk.is_full(error)
    place = error.filename or (disk.full_folder() if full else "")
    where = f": {place}" if place else ""
    if full:
        problems.add(Code.DISK_FULL, f"the disk is full{where}", None, "make room and build again")
    else:
        reason = error.strerror or str(error)
        problems.add(Code.NOT_WRITABLE, f"a file or folder cannot be used{where}", causes=[reason])


def _note_withheld(manuscript: Manuscript, problems: Collector) -> None:
    """A note for a publication that would be another one with trust."""
    publication = manuscript.publication
    trust = publication.data.trust
    own = manuscript.sources.root / "templates"
    wanted = {
        "scripts": trust.scripts,
        "raw LaTeX": trust.raw_latex,
        "templates of its own": own.is_dir() and own != builtin_folder(),
    }
    asked = [name for name, wants in wanted.items() if wants]
    if asked:
        message = f"the publication asks for trust ({', '.join(asked)}), which several at once do not get"
        span = publication.places.of("trust")
        problems.add(Code.TRUST_WITHHELD, message, span, "when you know all of them, build with --trust")
