"""`fascicle build`: make editions."""

from __future__ import annotations

from pathlib import Path

import click

from fascicle import DEFAULT_EDITIONS, manifest
from fascicle.codes import SURROUNDINGS, Code
from fascicle.commands.options import overrides, shared
from fascicle.diagnostics import Severity, counted
from fascicle.formats import Desk
from fascicle.pipeline import Result, settings_of
from fascicle.project.editions import edition_names
from fascicle.project.sources import Sources
from fascicle.report import Reporter
from fascicle.run import Request
from fascicle.sidebyside import build_editions


@click.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@shared
@click.option("--all", "every", is_flag=True, help="Make every edition that there is.")
@click.option(
    "--allow-pending",
    is_flag=True,
    help="Print placeholder plates even where an edition forbids pictures whose permission is pending.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a setting of the edition for this build, such as template=article or options.paper=a5.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop typesetting an edition after this time.",
)
def build(
    editions: tuple[str, ...],
    project: Path,
    form: str,
    *,
    every: bool,
    strict: bool,
    no_trust: bool,
    allow_pending: bool,
    settings: tuple[str, ...],
    time_limit: float,
    quiet: bool,
) -> int:
    """Make the editions named, or the default one. Several are made at once, on the cores at hand.

    The result is build/EDITION/NAME.pdf in the publication's folder. When something is wrong with the text, every
    problem is listed at its file and line, the exit status is 1, and the last good result stays where it is.
    """
    known = edition_names(Sources(project, trusted=not no_trust))
    if every and editions:
        raise click.UsageError("--all makes every edition: name none, or leave --all out")
    wanted = tuple(known) if every else editions or DEFAULT_EDITIONS
    for edition in wanted:
        if edition not in known:
            raise click.UsageError(f"there is no edition '{edition}'; known are: {', '.join(known)}")
    reporter = Reporter(form, quiet=quiet)
    request = Request(
        project.resolve(),
        no_trust=no_trust,
        allow_pending=allow_pending,
        strict=strict,
        settings=overrides(settings),
        seconds=time_limit,
    )
    return _build(request, list(dict.fromkeys(wanted)), reporter)


def _build(request: Request, editions: list[str], reporter: Reporter) -> int:
    """Make the editions that are not up to date; the highest of their statuses."""
    desk, status = Desk(request.project), 0
    fresh = [edition for edition in editions if len(editions) > 1 and _is_fresh(request, edition)]
    for edition in fresh:
        reporter.say(f"{edition}: up to date")
    try:
        for result in build_editions(
            request, [name for name in editions if name not in fresh], reporter.event
        ):
            reporter.diagnostics(result.diagnostics, desk)
            reporter.say(_summary(result, desk))
            if hint := _pending(result, request):
                reporter.say(hint)
            status = max(status, status_of(result))
    finally:
        reporter.rest()
    return status


def _is_fresh(request: Request, edition: str) -> bool:
    """Whether a build of the edition would give what is there."""
    last = manifest.load(request.project, edition)
    return last is not None and manifest.is_fresh(last, request.project, settings_of(request))


def _pending(result: Result, request: Request) -> str:
    """What to do about an edition that was not made for want of a permission alone."""
    errors = {found.code for found in result.diagnostics if found.severity is Severity.ERROR}
    if request.allow_pending or errors != {Code.PERMISSION_PENDING}:
        return ""
    return f"{result.edition}: for a proof with a plate in the picture's place, build it with --allow-pending"


def status_of(result: Result) -> int:
    """0 when the edition was made, 3 when the surroundings failed, else 1."""
    if not result.failed:
        return 0
    return 3 if any(found.code in SURROUNDINGS for found in result.diagnostics) else 1


def _summary(result: Result, desk: Desk) -> str:
    count = counted(result.diagnostics)
    if result.failed:
        kept = " The last good result was left as it is." if result.kept else ""
        return f"{result.edition}: not built: {count}.{kept}"
    noted = f" ({count})" if count else ""
    pages = f", {result.pages} pages" if result.pages else ""
    return f"{result.edition}: {desk.path(result.output)}{pages}, {result.seconds:.1f} s{noted}"
