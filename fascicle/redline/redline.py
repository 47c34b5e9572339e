"""A redline made: both versions read, compared, shown, proved and delivered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity
from fascicle.core.system.atomic_files import deliver_bytes, deliver_inside
from fascicle.document.anonymity.identifying_terms import IdentifyingTerms
from fascicle.document.document import ParsedSection
from fascicle.pipeline.build import surroundings
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import BUILD, Request, Run
from fascicle.project.sources import Sources
from fascicle.redline.comparing import Compared, compared, is_proved
from fascicle.redline.critic_markup import marked_source
from fascicle.redline.marking.listing import Listing
from fascicle.redline.marking.overview import Reference, linked, overview
from fascicle.redline.merge.as_version import word_version
from fascicle.redline.report import report
from fascicle.redline.versions import Version, VersionError, submission, version

FOLDER = f"{BUILD}/redline"
"""Where redlines are delivered."""
EDITIONS = {"pdf": "screen", "html": "html", "word": "word"}
"""The edition that each form of a redline is made in, unless another is named."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    old: str
    """The old version: a folder or a revision."""
    new: str
    """The new version; empty for the working tree."""
    forms: tuple[str, ...]
    """pdf, html, word, markdown."""
    edition: str = ""
    """The edition in which it is shown; empty for the usual one of each form."""
    submission: str = ""
    """The journal whose last submission is the old version, in the place of `old`."""


@dataclass(slots=True)
class Redline:
    """What came of it."""

    problems: Collector = field(default_factory=Collector)
    """What is to be told."""
    listing: Listing | None = None
    """The changes; None when nothing could be compared."""
    report: str = ""
    """The changes as JSON."""
    files: tuple[str, ...] = ()
    """What was delivered, relative to the project folder."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both versions and what they were read from."""

    old: Version
    new: Version
    before: Manuscript
    after: Manuscript


def make_redline(request: Request, wanted: Wanted) -> Redline:
    """Make a redline; whatever is wrong is a diagnostic of the result."""
    made = Redline()
    try:
        with (
            _old_version(wanted, request, made.problems) as old,
            _new_version(wanted.new, request.project) as new,
        ):
            _make(request, wanted, old, new, made)
    except VersionError as error:
        made.problems.add(Code.NO_SUCH_VERSION, str(error), None, error.hint)
    except OSError as error:
        surroundings(error, made.problems)
    return made


@contextmanager
def _old_version(wanted: Wanted, request: Request, problems: Collector) -> Iterator[Version]:
    name = wanted.old
    if wanted.submission:
        yield submission(wanted.submission, request.project)
        return
    if name.endswith(".docx"):
        with word_version(request, Path(name), problems) as found:
            yield found
        return
    with version(name, request.project) as found:
        yield found


@contextmanager
def _new_version(name: str, project: Path) -> Iterator[Version]:
    if not name:
        yield Version(project, "the working tree")
        return
    with version(name, project) as found:
        yield found


def _make(request: Request, wanted: Wanted, old: Version, new: Version, made: Redline) -> None:
    files: dict[str, bytes] = {}
    shown = [form for form in wanted.forms if form in EDITIONS] or ["html"]
    for form in shown:
        with (
            _read(request, old, wanted.edition or EDITIONS[form], made) as before,
            _read(request, new, wanted.edition or EDITIONS[form], made) as after,
        ):
            if before is None or after is None:
                return
            pair = _Pair(old, new, before, after)
            found = _compare(pair, made, notes=form == "word")
            if found is None:
                return
            if form in wanted.forms:
                files |= _made(lambda problems: _SHOWN[form](pair, found, problems, request), made)  # noqa: B023
            if "markdown" in wanted.forms and form == shown[0]:
                files |= _made(lambda problems: _sources(pair, problems), made)  # noqa: B023
            leaks = Collector()
            _check_nameless(pair, files, leaks)
            made.problems.extend(leaks.sorted())
            if leaks.failed:
                return
    _deliver(request, files)
    made.files = tuple(files)


def _made(make: Callable[[Collector], dict[str, bytes]], made: Redline) -> dict[str, bytes]:
    """The files of one form; none when something is wrong with it, which leaves the other forms as they are."""
    problems = Collector()
    files = make(problems)
    made.problems.extend(problems.sorted())
    return {} if problems.failed else files


@contextmanager
def _read(request: Request, of: Version, edition: str, made: Redline) -> Iterator[Manuscript | None]:
    """One version read; its faults are told as its own."""
    run = Run(replace(request, project=of.folder, strict=False), edition, lambda event: None)
    try:
        manuscript = read_manuscript(run)
        for found in run.problems.sorted():
            if found.severity is Severity.ERROR or manuscript is None:
                place = f" ({found.span})" if found.span else ""
                message = f"{of.name} has an error: {found.message}{place}"
                made.problems.add(Code.VERSION_FAULTY, message, None, *found.hints)
        if manuscript is None:
            made.problems.add(Code.NO_SUCH_VERSION, f"{of.name} holds no publication that can be read")
        yield manuscript
    finally:
        if of.commit and of.folder not in run.build.parents:
            shutil.rmtree(run.build, ignore_errors=True)


def _compare(pair: _Pair, made: Redline, *, notes: bool) -> Compared | None:
    found = compared(pair.before, pair.after, notes=notes)
    if found is None:
        made.problems.add(Code.NO_SUCH_VERSION, "the citations of one version cannot be worded")
        return None
    if not is_proved(found.changes):
        made.problems.add(
            Code.REDLINE_UNPROVED, "the changes from one text to the other do not lead there and back"
        )
        return None
    made.listing = found.marked.listing
    made.report = report(made.listing, pair.old, pair.new)
    if secrets := _secrets(pair):
        made.report = report(made.listing, Version(pair.old.folder, "old"), Version(pair.new.folder, "new"))
        for one in secrets:
            made.report = one.redacted(made.report)
    return found


def _secrets(pair: _Pair) -> tuple[IdentifyingTerms, ...]:
    """What anonymous editions of both versions must not hold: an author who joined or left is one in either."""
    return tuple(one.anonymous.secrets for one in (pair.before, pair.after) if one.anonymous)


def _check_nameless(pair: _Pair, files: Mapping[str, bytes], problems: Collector) -> None:
    """Whether files of an anonymous edition tell who wrote either version, which is an error."""
    for secrets in _secrets(pair):
        from fascicle.export.anonymity import identity_leaks  # most editions name their authors

        for reported in identity_leaks(files, secrets):
            problems.add(Code.AUTHOR_IN_FILE, reported)


# -- The forms -------------------------------------------------------------------------------------------


def _front(pair: _Pair, found: Compared, reference: Reference = linked) -> ParsedSection:
    """The first section; in an anonymous edition no name or commit tells where a version comes from."""
    language = found.new.document.publication.data.language
    names = "the earlier version", "this version"
    if pair.after.anonymous is None:
        names = _called(pair.old), _called(pair.new)
    return overview(found.marked.listing, *names, language, reference)


def _html(pair: _Pair, found: Compared, problems: Collector, request: Request) -> dict[str, bytes]:
    from fascicle.redline.html import redline_page

    page = redline_page(found, pair.after, _front(pair, found), problems)
    return {f"{FOLDER}/{pair.after.publication.slug}.html": page} if page else {}


def _pdf(pair: _Pair, found: Compared, problems: Collector, request: Request) -> dict[str, bytes]:
    from fascicle.redline.print import paged, redline_pdf

    run = Run(
        replace(request, project=pair.new.folder, strict=False), "redline", lambda event: None, Collector()
    )
    pdf = redline_pdf(run, found, pair.after, _front(pair, found, paged))
    problems.extend(
        replace(one, span=None) for one in run.problems.sorted() if one.severity is Severity.ERROR
    )
    return {f"{FOLDER}/{pair.after.publication.slug}.pdf": pdf} if pdf else {}


def _word(pair: _Pair, found: Compared, problems: Collector, request: Request) -> dict[str, bytes]:
    from fascicle.redline.word import redline_word

    made = redline_word(found, pair.after, problems)
    return {f"{FOLDER}/{pair.after.publication.slug}.docx": made} if made else {}


_Show = Callable[[_Pair, Compared, Collector, Request], dict[str, bytes]]
_SHOWN: Mapping[str, _Show] = {"pdf": _pdf, "html": _html, "word": _word}


def _called(version: Version) -> str:
    """A version's name as the list of changes has it: an abbreviated commit behind a revision's."""
    if not version.commit or version.commit.startswith(version.name):
        return version.name
    return f"{version.name} ({version.commit[:10]})"


def _sources(pair: _Pair, problems: Collector) -> dict[str, bytes]:
    """The sections' sources with CriticMarkup."""
    paths = [section.path for section in pair.after.publication.sections]
    paths += [one.path for one in pair.before.publication.sections if one.path not in paths]
    files: dict[str, bytes] = {}
    for path in paths:
        old, new = _text(pair.before.sources, path), _text(pair.after.sources, path)
        marked = marked_source(old, new)
        if marked is None:
            message = f"{path} has CriticMarkup of its own, with which other marks cannot be told"
            problems.add(Code.REDLINE_UNPROVED, message, None, "accept or reject what is marked in it first")
        else:
            files[f"{FOLDER}/markdown/{path}"] = marked.encode()
    return files


def _text(sources: Sources, path: str) -> str:
    return sources.text(path, Collector()) or "" if sources.exists(path) else ""


def _deliver(request: Request, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        if request.no_trust:
            deliver_inside(data, request.project, path)
        else:
            deliver_bytes(data, request.project / path)
