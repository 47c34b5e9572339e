"""`fascicle build`: make editions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fascicle import DEFAULT_EDITIONS
from fascicle.codes import SURROUNDINGS
from fascicle.commands.options import shared
from fascicle.diagnostics import counted
from fascicle.formats import Desk
from fascicle.pipeline import Result, build_edition
from fascicle.project.editions import edition_names
from fascicle.project.sources import Sources
from fascicle.report import Reporter
from fascicle.run import Request


@click.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@shared
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
    strict: bool,
    no_trust: bool,
    allow_pending: bool,
    settings: tuple[str, ...],
    time_limit: float,
    quiet: bool,
) -> int:
    """Make the editions named, or the default one.

    The result is build/EDITION/NAME.pdf in the publication's folder. When something is wrong with the text, every
    problem is listed at its file and line, the exit status is 1, and the last good result stays where it is.
    """
    wanted = editions or DEFAULT_EDITIONS
    known = edition_names(Sources(project, trusted=not no_trust))
    for edition in wanted:
        if edition not in known:
            raise click.UsageError(f"there is no edition '{edition}'; known are: {', '.join(known)}")
    reporter = Reporter(form, quiet=quiet)
    request = Request(
        project.resolve(),
        no_trust=no_trust,
        allow_pending=allow_pending,
        strict=strict,
        settings=_nested(settings),
        seconds=time_limit,
    )
    return max(_one(request, edition, reporter) for edition in dict.fromkeys(wanted))


def _nested(settings: tuple[str, ...]) -> dict[str, Any]:
    """`options.paper=a5` as {"options": {"paper": "a5"}}."""
    result: dict[str, Any] = {}
    for setting in settings:
        path, equals, value = setting.partition("=")
        if not equals or not path:
            raise click.UsageError(f"--set needs KEY=VALUE, not '{setting}'")
        *parents, key = path.split(".")
        inner = result
        for parent in parents:
            inner = inner.setdefault(parent, {})
        inner[key] = value
    return result


def _one(request: Request, edition: str, reporter: Reporter) -> int:
    desk = Desk(request.project)
    try:
        result = build_edition(request, edition, reporter.event)
    finally:
        reporter.rest()
    reporter.diagnostics(result.diagnostics, desk)
    reporter.say(_summary(result, desk))
    return status_of(result)


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
    return (
        f"{result.edition}: {desk.path(result.output)}, {result.pages} pages, {result.seconds:.1f} s{noted}"
    )
