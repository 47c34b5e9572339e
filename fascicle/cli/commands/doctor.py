"""`fascicle doctor`: what is installed, what works when it is tried, and what brings the rest."""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import click

from fascicle import __version__
from fascicle.cli.choices import completer
from fascicle.cli.doctor.outputs import ClassDocument, class_documents, try_class, try_pandoc
from fascicle.cli.doctor.sandbox_checks import try_walls
from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.cli.reporter import Reporter
from fascicle.core.diagnostics import Collector
from fascicle.core.suggestions import did_you_mean
from fascicle.core.system.signals import awaited
from fascicle.journals.profile_files import journal_names
from fascicle.pipeline.build import surroundings
from fascicle.project.sources import Sources
from fascicle.typeset.toolchain import damage, trials
from fascicle.typeset.toolchain import install as installing
from fascicle.typeset.toolchain.installation import off_the_path, origin_of
from fascicle.typeset.toolchain.programs import Finding, diagnose, find_toolchain
from fascicle.typeset.toolchain.requirements import JOURNALS, TESTS, RequirementKind
from fascicle.typeset.toolchain.trials import Trial

ALL_HERE = "TeX and the fonts are all here"
_COLUMN = 14


@click.command(short_help="Try what works here, say what is missing and what brings it.")
@click.option(
    "--install",
    "wanted_for",
    metavar="[JOURNAL]",
    is_flag=False,
    flag_value="",
    shell_complete=completer("journals"),
    help="Install what is missing, on Debian and Ubuntu; with a journal's name, or 'journals', what their classes need too.",
)
@click.option(
    "--tests",
    type=click.Choice([name for name in TESTS if name]),
    is_flag=False,
    flag_value="all",
    help="Look for what the tests use, too: all of them, or those that `make test-release` or `make test-tagged` runs.",
)
def doctor(wanted_for: str | None, tests: str | None) -> int:
    """Say which programs, LaTeX packages and fonts are here, try what they can do, and say how to get the rest.

    A line is typeset with each engine, in each script, and in the class of each journal; Word, JATS and tagged PDF
    are tried too. Ends with status 3 when a plain build lacks something; what only some publications need is told
    and does not count. With --install the missing Debian packages are installed, as root or by sudo where it asks
    for no password, and what every build needs is tried; on any other system the command to type is printed.
    """
    reporter = Reporter()
    begun = time.monotonic()
    wants_install, journals = wanted_for is not None, _for_journals(wanted_for or "")
    found = diagnose(tests=tests or "", journals=journals)
    if wants_install and not all(row.ok for row in found):
        headings = TESTS[tests or ""] or (("build", JOURNALS) if journals else ())
        if not _install(found, reporter, headings):
            return 0 if _complete(found) else SURROUNDINGS_FAILED
        found = diagnose(tests=tests or "", journals=journals)
    _print_found(damage.with_remedies(found), reporter, brief=wants_install)
    wanted = _can_try(found) and not (wants_install and tests)
    tried = _tried(everything=not wants_install) if wanted else []
    tried += try_walls() if wanted and not wants_install else []
    _print_tried(tried, reporter, brief=wants_install)
    complete = _complete(found) and all(one.ok or not one.needed for one in tried)
    if not wants_install:
        verdict = "a plain build works here" if complete else "a plain build does not work here"
        reporter.say(f"\n{verdict}; looked and tried in {time.monotonic() - begun:.1f} s")
    return 0 if complete else SURROUNDINGS_FAILED


def _for_journals(name: str) -> bool:
    """Whether what journals need is asked for: they all need much the same."""
    known = journal_names(Sources(Path.cwd(), trusted=False))
    if name and name not in (JOURNALS, *known):
        raise click.UsageError(f"there is no journal '{name}'; {did_you_mean(name, [JOURNALS, *known])}")
    return bool(name)


def _complete(found: Sequence[Finding]) -> bool:
    return all(row.ok or row.requirement.optional for row in found)


def _can_try(found: Sequence[Finding]) -> bool:
    """Whether there is an engine at all."""
    return any(row.ok and row.requirement.name == "lualatex" for row in found)


# -- Installing ------------------------------------------------------------------------------------------


def _install(found: Sequence[Finding], reporter: Reporter, headings: Sequence[str]) -> bool:
    """Install what can be; when nothing can, say what is missing and what to type, and give False."""
    packages = installing.wanted_packages(found, find_toolchain(), *headings)
    outcome = installing.install(packages, reporter.say)
    if outcome.done:
        return True
    if outcome.left_out:
        reporter.say(outcome.reason)
        return True
    missing = [row.requirement.name for row in found if not row.ok]
    reporter.say(f"missing: {', '.join(missing)}")
    reporter.say(f"{outcome.reason}. Type:\n\n    {outcome.command}\n")
    return False


# -- Trying ----------------------------------------------------------------------------------------------


def _tried(*, everything: bool) -> list[Trial]:
    """All trials side by side, in a folder that goes away with what they leave; or those of a plain build alone."""
    try:
        return _tried_aside(everything=everything)
    except OSError as error:
        problems = Collector()
        surroundings(error, problems)
        (found,) = problems.sorted()
        reported = ": ".join((found.message, *found.causes))
        remedy = "make room, or name a folder elsewhere: TMPDIR=/path/to/folder fascicle doctor"
        return [Trial("trials", ok=False, reported=f"cannot be made: {reported}", remedy=remedy, needed=True)]


def _tried_aside(*, everything: bool) -> list[Trial]:
    stop = Event()
    with tempfile.TemporaryDirectory(prefix="fascicle-doctor-") as place, ThreadPoolExecutor() as pool:
        try:
            return _try(Path(place), pool, stop, everything=everything)
        finally:
            stop.set()  # an interrupt need not wait for what still runs


def _try(folder: Path, pool: ThreadPoolExecutor, stop: Event, *, everything: bool) -> list[Trial]:
    build = pool.submit(trials.try_build, folder / "build", stop)
    if not everything:
        return awaited(build)[0]
    rows: list[Future[list[Trial]]] = [
        pool.submit(trials.try_scripts, folder / "scripts", stop),
        pool.submit(trials.try_pdflatex, folder / "pdflatex", stop),
    ]
    rows += [
        pool.submit(_class, document, folder / f"class-{number}", stop)
        for number, document in enumerate(class_documents(folder / "publication"))
    ]
    rows.append(pool.submit(lambda: list(try_pandoc())))
    plain, date = awaited(build)
    tagging = pool.submit(trials.try_tagging, date, folder / "tagging", stop)
    return [*plain, *(trial for row in rows for trial in awaited(row)), awaited(tagging)]


def _class(document: ClassDocument, folder: Path, stop: Event) -> list[Trial]:
    return [try_class(document, folder, stop)]


# -- Telling ---------------------------------------------------------------------------------------------


def _print_found(found: Sequence[Finding], reporter: Reporter, *, brief: bool) -> None:
    """Programs one a line, files counted, then each thing that is missing with its remedy."""
    if brief and _complete(found):
        everything = all(row.ok for row in found)
        reporter.say(ALL_HERE if everything else "what every build needs is here")
    else:
        _print_table(found, reporter)
    if not any(row.ok for row in found if row.requirement.name == "lualatex") and (hidden := off_the_path()):
        reporter.say(
            f'\nTeX is installed in {hidden}, which is not on PATH\n    export PATH="{hidden}:$PATH"'
        )
    remedies: dict[str, list[Finding]] = {}
    for row in found:
        if not row.ok:
            remedies.setdefault(row.remedy, []).append(row)
    for remedy, rows in remedies.items():
        _print_missing(rows, remedy, reporter)


def _print_table(found: Sequence[Finding], reporter: Reporter) -> None:
    origin = origin_of(find_toolchain().lualatex)
    by = f"; TeX from {origin}" if origin else ""
    reporter.say(f"fascicle {__version__} on Python {platform.python_version()}{by}\n")
    for row in found:
        if row.requirement.kind is RequirementKind.PROGRAM:
            name = row.requirement.name
            reporter.say(f"{_mark(row.ok)}  {name:<{_COLUMN}} {row.version:<23} {row.path}".rstrip())
    for kind, plural in ((RequirementKind.STYLE, "LaTeX packages"), (RequirementKind.FONT, "fonts")):
        rows = [row for row in found if row.requirement.kind is kind]
        here = [row for row in rows if row.ok]
        if rows:
            mark = _mark(len(here) == len(rows))
            reporter.say(f"{mark}  {plural:<{_COLUMN}} {len(here)} of {len(rows)}")


def _print_missing(rows: Sequence[Finding], remedy: str, reporter: Reporter) -> None:
    """What one command brings; what is there for the same purpose stands together."""
    alike: dict[tuple[str, str, bool], list[str]] = {}
    for row in rows:
        state = "too old" if row.outdated else "missing"
        alike.setdefault((state, row.requirement.why, row.requirement.optional), []).append(
            row.requirement.name
        )
    for (state, why, optional), names in alike.items():
        are, each, them = ("is", "it", "it") if len(names) == 1 else ("are", "each", "them")
        use = f" (only some publications need {them})" if optional else ""
        reporter.say(f"\n{', '.join(names)} {are} {state}: {each} {why}{use}")
    reporter.say(f"    {remedy}")


def _print_tried(tried: Sequence[Trial], reporter: Reporter, *, brief: bool) -> None:
    if brief:
        tried = [one for one in tried if not one.ok and one.needed]
    if tried:
        reporter.say("\nTried:\n")
    for one in tried:
        remedy = f"; {one.remedy}" if one.remedy else ""
        reporter.say(f"{_mark(one.ok)}  {one.subject:<{_COLUMN}} {one.reported}{remedy}")


def _mark(ok: bool) -> str:
    return "ok" if ok else "--"
