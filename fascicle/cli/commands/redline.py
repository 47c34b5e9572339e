"""`fascicle redline`: what has changed from one version to another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fascicle.cli.options import project_option, require_sandbox
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found
from fascicle.core.diagnostic_formats import SourceView
from fascicle.pipeline.run import Request
from fascicle.redline.history import FILE, version_history
from fascicle.redline.marking.listing import Listing
from fascicle.redline.marking.overview import summary_line
from fascicle.redline.redline import Redline, Wanted, make_redline

FORMS = ("pdf", "html", "word", "markdown")


@click.command(short_help="Show what has changed from one version to another.")
@click.argument("old", metavar="[OLD]", default="")
@click.argument("new", metavar="[NEW]", default="")
@click.option(
    "--to",
    "forms",
    type=click.Choice(FORMS),
    multiple=True,
    help="What to make; give it again for several. A PDF when not given.",
)
@click.option(
    "--edition", default="", metavar="NAME", help="Show it in this edition, in the place of the usual one."
)
@click.option(
    "--since-submission",
    "journal",
    default="",
    metavar="JOURNAL",
    help="Take what the journal got when 'fascicle submit' last made its package, in the place of OLD.",
)
@click.option(
    "--versions",
    is_flag=True,
    help="Print how much each version that has a tag of git has changed, and write it to build/redline/versions.md.",
)
@click.option("--summary", is_flag=True, help="Print how many changes each section has, and make no file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("human", "json")),
    default="human",
    help="With json, print the changes with their places for programs, and make no file unless --to is given.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option(
    "--no-trust", is_flag=True, help="Run no scripts and pass no raw LaTeX, whatever the publication says."
)
@project_option
def redline(
    old: str,
    new: str,
    forms: tuple[str, ...],
    project: Path,
    edition: str,
    form: str,
    journal: str,
    *,
    versions: bool,
    summary: bool,
    strict: bool,
    no_trust: bool,
) -> int:
    """Show what has changed from OLD to NEW.

    Both are revisions of git, such as HEAD~3, a tag or a branch, or folders; OLD may be a Word document that was sent
    earlier. NEW is the publication as it stands when it is not given. With --since-submission the one name that may be
    given is NEW. The texts are compared as such, not their files: words within paragraphs, citations, notes,
    formulas, pictures, rows and cells, and passages that were moved.

    The result is in build/redline/. It is opened again before it is delivered: with all changes accepted it must read
    as the new version does, and with all rejected as the old one.
    """
    if not project.is_dir():
        raise click.UsageError(
            f"there is no folder '{project}'; name the publication's folder with --project"
        )
    if versions:
        require_sandbox(no_trust=no_trust)
        return _history(Request(project.resolve(), no_trust=no_trust, strict=strict))
    if not old and not journal:
        raise click.UsageError("name the old version, such as HEAD~3, or --since-submission JOURNAL")
    if journal and new:
        raise click.UsageError("with --since-submission name one version at most, the new one")
    require_sandbox(no_trust=no_trust)
    reporter = Reporter("human", quiet=form == "json")
    request = Request(project.resolve(), no_trust=no_trust, strict=strict)
    if journal:
        old, new = "", old
    shown = forms or (() if summary or form == "json" else FORMS[:1])
    wanted = Wanted(old, new, shown, edition, journal)
    made = make_redline(request, wanted)
    problems = made.problems.with_warnings_as_errors() if strict else made.problems
    reporter.diagnostics(problems.sorted(), SourceView(request.project), more=True)
    if made.listing is not None:
        _tell(made, made.listing, reporter, json=form == "json", summary=summary)
    reporter.complete()
    return status_of_found(problems)


def _history(request: Request) -> int:
    """Print the history of the tagged versions."""
    made = version_history(request)
    reporter = Reporter("human")
    reporter.diagnostics(made.problems.sorted(), SourceView(request.project), more=True)
    sys.stdout.write(made.text)
    if made.text:
        reporter.say(FILE)
    reporter.complete()
    return 1 if made.problems.failed else 0


def _tell(made: Redline, listing: Listing, reporter: Reporter, *, json: bool, summary: bool) -> None:
    if json:
        sys.stdout.write(made.report)
        return
    if summary:
        for section, count in listing.counts().items():
            if count.total():
                reporter.say(f"{section}: {summary_line([count])}")
    for file in made.files:
        reporter.say(file)
    reporter.say(summary_line(listing.counts().values()))
