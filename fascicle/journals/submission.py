"""A publication sent to a journal.

Held to its rules, built as it wants, proved by using it, delivered whole or not.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Severity
from fascicle.core.events import Listener
from fascicle.core.system.locks import LockedError
from fascicle.core.system.workers import background_workers
from fascicle.document.document import Document
from fascicle.journals.accompanying_files import (
    begin_companions,
    finish_companions,
    plain_companions,
    plan_figures,
)
from fascicle.journals.checklist import NAMELESS, UNSENT, WITH_NAMES, checklist, open_items
from fascicle.journals.figure_files import Planned, figure_files
from fascicle.journals.journal_edition import SubmitOptions, shape_for
from fascicle.journals.latex_package import read_classes
from fascicle.journals.manuscript_files import ManuscriptOrder, WrittenManuscript, make
from fascicle.journals.profile import JournalProfile, ManuscriptFormat
from fascicle.journals.profile_files import read_journal
from fascicle.journals.rules import ChecklistItem, check_rules
from fascicle.pipeline.build import surroundings
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.pandoc_output import check_nameless
from fascicle.pipeline.run import BUILD, Request, Run
from fascicle.pipeline.submitted_text import keep_submitted
from fascicle.pipeline.untrusted_build_folder import check_build_folder
from fascicle.typeset.toolchain.needed_files import tell_missing_files

FOLDER = "submit"
"""Folder of packages under build/."""
CHECKLIST = "CHECKLIST.md"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of it."""

    diagnostics: tuple[Diagnostic, ...]
    """Everything that is to be told, in file and line order."""
    folder: str = ""
    """Where the package lies, relative to the project folder; empty when none was made."""
    files: tuple[str, ...] = ()
    """The files in it."""
    checklist: str = ""
    """What was checked and what is left to do, as Markdown."""
    seconds: float = 0.0
    """How long it took."""

    @property
    def failed(self) -> bool:
        """True when no package was made."""
        return not self.folder


def submit(request: Request, asked: SubmitOptions, listen: Listener) -> Submitted:
    """Make the package for a journal; whatever is wrong is told, and an earlier package then stays as it is."""
    begun = time.monotonic()
    run = Run(request, f"{FOLDER}-{asked.journal}", listen)
    folder, text = "", ""
    files: tuple[str, ...] = ()
    try:
        with run.locked("another package for this journal is being made; waiting for its end"):
            made = _package(run, asked) if check_build_folder(run, FOLDER) else None
            if made:
                files, text = tuple(sorted(made)), made[CHECKLIST].decode()
                folder = _deliver(run, asked.journal, made)
                if not asked.draft and run.sources is not None:
                    keep_submitted(request.project, asked.journal, [one.path for one in run.sources.reads])
    except LockedError:
        message = "another package for this journal is being made"
        run.problems.add(Code.BUILD_LOCKED, message, None, "wait for its end, then try again")
    except OSError as error:
        surroundings(error, run.problems)
    return Submitted(tuple(run.judged.sorted()), folder, files, text, time.monotonic() - begun)


def _package(run: Run, asked: SubmitOptions) -> dict[str, bytes] | None:
    """Every file of the package by its path in it; None when something is wrong."""
    sources = run.request.open_sources()
    journal = read_journal(asked.journal, sources, run.problems)
    if journal is None:
        return None
    form = _format(journal, asked, run.problems)
    classes = _classes(journal, form, asked, run.problems)
    if form is None or classes is None:
        return None
    manuscript = read_manuscript(
        run, shape_for(journal, form, run.problems, anonymous=journal.rules.anonymous)
    )
    if manuscript is None:
        return None
    if manuscript.assembled and form in (ManuscriptFormat.LATEX, ManuscriptFormat.PDF):
        tell_missing_files(manuscript.assembled.tex, {*classes, *manuscript.assembled.texts}, run.problems)
    whole = manuscript.anonymous.original if manuscript.anonymous else manuscript.document
    items = check_rules(journal, whole, manuscript.resolved)
    _judge(items, asked, run.problems)
    if run.judged.failed:
        return None
    order = ManuscriptOrder(journal, form, _names(journal, manuscript, whole), classes)
    planned = plan_figures(manuscript, order, run.problems, draft=asked.draft)
    if run.judged.failed:
        return None
    with background_workers(run.listen) as every:
        begun = begin_companions(run, manuscript, order, every)
        made = make(run, manuscript, order)
        if made is None or run.judged.failed:
            return None
        apart = figure_files(_not_within(planned, made), journal, run.problems)
        beside = finish_companions(begun, run.problems)
    if beside is None:
        return None
    made = replace(made, items=(*items, *made.items))
    named = {**beside, **plain_companions(whole, order, run.problems)}
    return _together(run, manuscript, journal, made, apart, named, draft=asked.draft)


def _not_within(planned: list[Planned], made: WrittenManuscript) -> list[Planned]:
    """The figures that LaTeX sources do not hold as they are wanted."""
    within = {path.rpartition("/")[2] for path in made.files if "/" in path}
    return [figure for figure in planned if figure.name not in within]


def _together(
    run: Run,
    manuscript: Manuscript,
    journal: JournalProfile,
    made: WrittenManuscript,
    apart: Mapping[str, bytes],
    named: Mapping[str, bytes],
    *,
    draft: bool,
) -> dict[str, bytes] | None:
    """All files with the checklist; `named` are those that carry the authors' names whatever the journal wants."""
    nameless = {_marked(path, draft=draft): content for path, content in made.files.items()} | dict(apart)
    named = {_marked(path, draft=draft): content for path, content in named.items()}
    _check_sizes({**nameless, **named}, journal, run.problems)
    proved = (*made.proved, NAMELESS) if manuscript.anonymous else made.proved
    files = {**dict.fromkeys(sorted(nameless), ""), **dict.fromkeys(sorted(named), WITH_NAMES)}
    reported = files if manuscript.anonymous else dict.fromkeys(files, "")
    nameless[CHECKLIST] = checklist(journal, made.items, proved, reported, draft=draft).encode()
    check_nameless(run, manuscript, nameless)
    return None if run.judged.failed else {**nameless, **named}


def _format(journal: JournalProfile, asked: SubmitOptions, problems: Collector) -> ManuscriptFormat | None:
    """The format asked for, or the journal's first."""
    if asked.form is None:
        return journal.rules.formats[0]
    known = [form.value for form in journal.rules.formats]
    if asked.form not in known:
        message = f"{journal.file.name} does not take '{asked.form}'"
        problems.add(Code.JOURNAL_FORMAT, message, None, f"it takes {', '.join(known)}")
        return None
    return ManuscriptFormat(asked.form)


def _classes(
    journal: JournalProfile, form: ManuscriptFormat | None, asked: SubmitOptions, problems: Collector
) -> dict[str, bytes] | None:
    """Class files that the author brings; None when one is wanted and not there."""
    if form not in (ManuscriptFormat.LATEX, ManuscriptFormat.PDF) or not journal.rules.classes:
        return {}
    found, missing = read_classes(journal, asked.class_path)
    for name in missing:
        where = f" in {asked.class_path}" if asked.class_path else ""
        rule = journal.file.rules["classes"]
        why = f": {rule.note}" if rule.note else ""
        hint = f"download it from {journal.file.publisher} and give its folder by --class-path"
        problems.add(Code.JOURNAL_CLASS, f"{name} is wanted and is not there{where}{why}", None, hint)
    return None if missing else found


def _judge(items: tuple[ChecklistItem, ...], asked: SubmitOptions, problems: Collector) -> None:
    """Broken rules stop a package that is to be sent; for a draft they are open points of its checklist."""
    for item in open_items(items):
        if item.code is Code.JOURNAL_FIGURE and asked.draft:
            continue  # the ledger's own note tells it
        hints = [hint for hint in (item.hint, item.source and f"rule: {item.source}") if hint]
        severity = Severity.NOTE if asked.draft else Severity.ERROR
        problems.add(item.code, item.message, item.span, *hints, severity=severity)


def _names(journal: JournalProfile, manuscript: Manuscript, whole: Document) -> dict[str, str]:
    """What names of files are made from. In an anonymous package nobody's name is among them."""
    author = whole.publication.data.authors[0]
    surname = "Author" if manuscript.anonymous else (author.family or (author.literal or "").split()[-1])
    return {"slug": manuscript.publication.slug, "surname": surname, "journal": journal.key}


def _marked(path: str, *, draft: bool) -> str:
    """A draft's documents and archives say so by their names."""
    if not draft or "/" in path or not path.endswith((".zip", ".docx", ".pdf")):
        return path
    return f"{UNSENT.replace(' ', '-')}-{path}"


def _check_sizes(files: dict[str, bytes], journal: JournalProfile, problems: Collector) -> None:
    single, total = journal.rules.file_megabytes, journal.rules.megabytes
    for path, content in files.items():
        if single and len(content) > single * 1e6:
            message = f"{path} has {len(content) / 1e6:.1f} MB, and the journal takes {single:g}"
            problems.add(Code.FILE_TOO_LARGE, message, None, journal.source_of("file_megabytes"))
    whole = sum(len(content) for path, content in files.items() if "/" in path)
    if total and whole > total * 1e6:
        message = f"the package has {whole / 1e6:.1f} MB, and the journal takes {total:g}"
        problems.add(Code.FILE_TOO_LARGE, message, None, journal.source_of("megabytes"))


def _deliver(run: Run, journal: str, files: dict[str, bytes]) -> str:
    """Put the package in its place in one step: whoever looks sees the earlier package whole, or the new one."""
    place = run.request.project / BUILD / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    target = place / journal
    fresh = Path(tempfile.mkdtemp(prefix=f".{journal}-", dir=place))
    old = fresh.with_name(f"{fresh.name}-old")
    try:
        for path, content in files.items():
            file = fresh / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        fresh.chmod(0o755)
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            with suppress(OSError):
                old.rename(target)
            raise
    finally:
        for left in (fresh, old):
            if left.is_symlink():  # somebody had put one in the package's place
                left.unlink()
            shutil.rmtree(left, ignore_errors=True)
    return f"{BUILD}/{FOLDER}/{journal}"
