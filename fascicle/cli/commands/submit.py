"""`fascicle submit`: a package for a journal, held to its rules and proved by using it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from fascicle.cli.choices import completer
from fascicle.cli.each import each, members
from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.cli.options import all_in_option, shared, trust_templates_option, trust_withheld
from fascicle.cli.reporter import Reporter
from fascicle.core.diagnostic_codes import SURROUNDINGS
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import counted
from fascicle.core.suggestions import did_you_mean
from fascicle.journals.journal_edition import SubmitOptions
from fascicle.journals.profile import ManuscriptFormat
from fascicle.journals.profile_files import journal_names
from fascicle.journals.submission import submit as send
from fascicle.pipeline.run import Request
from fascicle.project.sources import Sources


@click.command(short_help="Make a package for a journal, by its rules, and prove that it works.")
@click.argument("journal", shell_complete=completer("journals"))
@click.option(
    "--draft",
    is_flag=True,
    help="Build although rules are broken: they become open points of the checklist, and the package is marked.",
)
@click.option(
    "--class-path",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Folder of the journal's LaTeX class, where it may not be passed on.",
)
@click.option(
    "--as",
    "wanted",
    type=click.Choice([one.value for one in ManuscriptFormat]),
    help="The format, where the journal takes several; its first one when not given.",
)
@all_in_option
@shared
@trust_templates_option
def submit(
    journal: str,
    draft: bool,
    class_path: Path | None,
    wanted: str | None,
    shelves: tuple[Path, ...],
    project: Path,
    form: str,
    *,
    strict: bool,
    no_trust: bool,
    trust_templates: bool,
    quiet: bool,
) -> int:
    """Make the package that JOURNAL wants: build/submit/JOURNAL/.

    The text is held to the journal's rules (templates/journals/JOURNAL.yaml), each with its source and date. What
    comes of it is unpacked and used as the journal would use it before it is delivered. A checklist says what was
    checked and what is left to do.
    """
    no_trust = trust_withheld(no_trust=no_trust or bool(shelves), trust_templates=trust_templates)
    reporter = Reporter(form, quiet=quiet)
    request = Request(
        project.resolve(),
        no_trust=no_trust,
        trust_templates=trust_templates,
        strict=strict,
        allow_pending=draft,
    )
    options = SubmitOptions(journal, draft, class_path, wanted)
    if not shelves:
        status = _submitted(request, options, reporter)
    else:
        wanted_ones = members(shelves, reporter)
        status = each(
            wanted_ones, lambda one: _submitted(replace(request, project=one.root), options, reporter)
        )
    reporter.complete()
    return status


def _submitted(request: Request, options: SubmitOptions, reporter: Reporter) -> int:
    """Make the package of one publication."""
    journal = options.journal
    sources = Sources(request.project, trusted=not request.no_trust, templates=request.trust_templates)
    if journal not in (known := journal_names(sources)):
        raise click.UsageError(f"there is no journal '{journal}'; {did_you_mean(journal, known)}")
    view = SourceView(request.project)
    try:
        result = send(request, options, reporter.event)
    finally:
        reporter.rest()
    reporter.diagnostics(result.diagnostics, view, more=True)
    if result.failed:
        reporter.say(f"{journal}: no package: {counted(result.diagnostics)}")
        return SURROUNDINGS_FAILED if any(found.code in SURROUNDINGS for found in result.diagnostics) else 1
    reporter.say(f"\n{result.checklist}")
    reporter.say(f"{journal}: {view.path(result.folder)}/, {len(result.files)} files, {result.seconds:.1f} s")
    return 0
