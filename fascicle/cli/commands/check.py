"""`fascicle check`: everything that can be told without TeX."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from fascicle import DEFAULT_EDITIONS
from fascicle.cli.choices import completer
from fascicle.cli.options import publication_of, publications, shared_by_many
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found, with_project_name
from fascicle.cli.word_table import table
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, counted
from fascicle.document.word_count import WordCount, too_long, word_count
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import Request

_DIFF_STYLES = {"-": "red", "+": "green"}


@click.command(short_help="Tell what is wrong with the text, without typesetting.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[FILE]...")
@click.option("--words", is_flag=True, help="Show how long the text is, section by section and part by part.")
@click.option(
    "--journal",
    metavar="NAME",
    shell_complete=completer("journals"),
    help="Say, as notes, what a journal would find too long or missing.",
)
@click.option(
    "--fix", is_flag=True, help="Show what can be mended without thought, and write it when you agree."
)
@click.option("--dry-run", is_flag=True, help="With --fix: show the changes and write nothing.")
@click.option("--yes", is_flag=True, help="With --fix: write the changes without asking.")
@shared_by_many
def check(
    files: tuple[Path, ...],
    words: bool,
    journal: str | None,
    projects: tuple[Path, ...],
    shelves: tuple[Path, ...],
    form: str,
    *,
    strict: bool,
    trust: bool | None,
    trust_templates: bool,
    quiet: bool,
    fix: bool,
    dry_run: bool,
    yes: bool,
) -> int:
    """Tell what is wrong with the text, without typesetting it.

    Reads and parses everything, resolves citations, cross-references and figures, and fills the template; a matter of
    a moment even for a long text. With FILEs, everything is read, and what is wrong in these is told. With --fix,
    markup of other programs that has one plain counterpart is written as it is written here; the changes are shown
    first.
    """
    if files:
        projects = projects or (publication_of(files[0]),)
    if (dry_run or yes) and not fix:
        raise click.UsageError("--dry-run and --yes go with --fix")
    asked = publications(projects, shelves, trust=trust, trust_templates=trust_templates)
    reporter = Reporter(form, quiet=quiet)
    failed = status = 0
    for root in asked.roots:
        request = Request(
            root,
            no_trust=asked.no_trust,
            trust_templates=trust_templates,
            withheld=asked.withheld,
            strict=strict,
        )
        if fix:
            _mend(request, reporter, ask=not yes, write=not dry_run)
        found, count = _guarded(request, journal)
        found = _of_files(found, files, root) if files else found
        view = SourceView(root)
        label = f"{view.path('')}: " if asked.several else ""
        reported = with_project_name(found.sorted(), view.path("")) if asked.several else found.sorted()
        reporter.diagnostics(reported, view, more=True)
        for line in table(count) if words and count else ():
            reporter.say(line)
        reporter.say(label + (counted(found) or "no problems found"))
        failed += found.failed
        status = max(status, status_of_found(found))
    reporter.complete()
    if asked.several:
        total = len(asked.roots)
        reporter.say(f"{total} publication{'s'[: total != 1]}: {total - failed} good, {failed} with errors")
    return status


def _of_files(found: Collector, files: tuple[Path, ...], root: Path) -> Collector:
    """What is wrong in these files, and what has no place at all."""
    wanted = {Path(os.path.relpath(file.resolve(), root)).as_posix() for file in files}
    chosen = Collector()
    chosen.extend(one for one in found if one.span is None or one.span.file in wanted)
    return chosen


def _guarded(request: Request, journal: str | None) -> tuple[Collector, WordCount | None]:
    """The same within limits for a stranger's publication, which then stops no other."""
    if not request.no_trust:
        return _checked(request, journal)
    from fascicle.pipeline.confined import confined

    outcome = confined(lambda: _checked(request, journal))
    if not isinstance(outcome, Diagnostic):
        return outcome
    problems = Collector()
    problems.extend([outcome])
    return problems, None


def _checked(request: Request, journal: str | None) -> tuple[Collector, WordCount | None]:
    """What is wrong with a publication, and how long it is, when that can be told."""
    counts: list[WordCount] = []

    def look(manuscript: Manuscript, problems: Collector) -> None:
        counts.append(word_count(manuscript.document))
        too_long(counts[0], problems)
        if journal:
            _as_notes(journal, manuscript, problems)

    found = check_edition(request, DEFAULT_EDITIONS[0], look)
    return found, counts[0] if counts else None


def _mend(request: Request, reporter: Reporter, *, ask: bool, write: bool) -> None:
    """Show the changes, and write them when that is wanted."""
    from fascicle.pipeline.confined import confined
    from fascicle.pipeline.fixes import find_fixes

    sources = request.open_sources()
    found = confined(lambda: find_fixes(sources)) if request.no_trust else find_fixes(sources)
    mendings = [] if isinstance(found, Diagnostic) else found  # the check, which follows, tells why
    for line in (line for mending in mendings for line in mending.diff):
        reporter.say(line, _DIFF_STYLES.get(line[:1], ""))
    places, files = sum(mending.places for mending in mendings), len(mendings)
    reported = f"{places} place{'s'[: places != 1]} in {files} file{'s'[: files != 1]}"
    if not mendings:
        reporter.say("nothing can be mended without thought")
    elif not write:
        reporter.say(f"{reported} would be mended; nothing was written")
    elif ask and not sys.stdin.isatty():
        reporter.say(f"{reported} would be mended; add --yes to write them")
    elif not ask or click.confirm(f"Write these changes ({reported})?"):
        for mending in mendings:
            done = mending.write()
            reporter.say(
                f"{mending.name}: {'mended' if done else 'left alone, for it has changed meanwhile'}"
            )


def _as_notes(name: str, manuscript: Manuscript, problems: Collector) -> None:
    """What the journal asks for and does not find: noted, for nothing is being sent."""
    from fascicle.journals.profile_files import read_journal  # a check without --journal need not read these
    from fascicle.journals.rules import check_rules

    profile = read_journal(name, manuscript.sources, problems)
    for item in check_rules(profile, manuscript.document, manuscript.resolved) if profile else ():
        if not item.kept:
            source = f"{name}: {item.source}" if item.source else ""
            hints = [hint for hint in (item.hint, source) if hint]
            problems.add(item.code, item.message, item.span, *hints, severity=Severity.NOTE)
