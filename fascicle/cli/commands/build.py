"""`fascicle build`: make editions."""

from __future__ import annotations

from pathlib import Path

import click

from fascicle import DEFAULT_EDITIONS
from fascicle.cli.choices import completer
from fascicle.cli.mistyped import edition_hint
from fascicle.cli.options import cluster_option, overrides, publications, shared_by_many
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import pending_hint, status_of, summary
from fascicle.core.diagnostic_formats import SourceView
from fascicle.pipeline.build import settings_of
from fascicle.pipeline.parallel import build_editions, takes_up
from fascicle.pipeline.run import Request
from fascicle.project import manifest
from fascicle.project.editions import edition_names


@click.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...", shell_complete=completer("editions"))
@shared_by_many
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
    default=None,
    metavar="SECONDS",
    help="Stop typesetting an edition after this time. As a rule, two minutes and what a text of its length may need.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Make so many editions at once; one more than there are cores when not given.",
)
@cluster_option
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a report of several publications to FILE, as JSON.",
)
def build(
    editions: tuple[str, ...],
    projects: tuple[Path, ...],
    shelves: tuple[Path, ...],
    form: str,
    *,
    every: bool,
    strict: bool,
    trust: bool | None,
    trust_templates: bool,
    allow_pending: bool,
    settings: tuple[str, ...],
    time_limit: float | None,
    jobs: int | None,
    cluster: str,
    report: Path | None,
    quiet: bool,
) -> int:
    """Make the editions named, or the default one. Several are made at once, on the cores at hand.

    The result is build/EDITION/NAME.pdf in the publication's folder. When something is wrong with the text, every
    problem is listed at its file and line, the exit status is 1, and the last good result stays where it is.

    Give --project several times, or --all-in, to make several publications at once. One that fails does not stop the
    others; the exit status is the highest of theirs. They get no trust unless --trust is given.
    """
    if every and editions:
        raise click.UsageError("--all makes every edition: name none, or leave --all out")
    named = publications(projects, shelves, trust=trust, trust_templates=trust_templates)
    reporter = Reporter(form, quiet=quiet)
    request = Request(
        named.roots[0],
        no_trust=named.no_trust,
        trust_templates=trust_templates,
        withheld=named.withheld,
        allow_pending=allow_pending,
        strict=strict,
        settings=overrides(settings),
        seconds=time_limit,
    )
    if named.several or cluster or report:
        from fascicle.cli.many_builds import Means, build_several  # who builds one need not wait for it

        wanted = () if every else editions or DEFAULT_EDITIONS
        return build_several(request, named.roots, wanted, Means(jobs, cluster, report), reporter)
    return _build(request, _known(request, editions, every=every), jobs, reporter)


def _known(request: Request, editions: tuple[str, ...], *, every: bool) -> list[str]:
    """The editions to make, each once; a usage error when there is none of a name."""
    known = edition_names(request.open_sources())
    wanted = tuple(known) if every else editions or DEFAULT_EDITIONS
    for edition in wanted:
        if edition not in known:
            raise click.UsageError(f"there is no edition '{edition}'; {edition_hint(edition, known)}")
    return list(dict.fromkeys(wanted))


def _build(request: Request, editions: list[str], at_once: int | None, reporter: Reporter) -> int:
    """Make the editions that are not up to date; the highest of their statuses."""
    view, status = SourceView(request.project), 0
    fresh = [edition for edition in editions if len(editions) > 1 and _is_fresh(request, edition)]
    if any(edition not in fresh and not takes_up(edition) for edition in editions):
        fresh = [edition for edition in fresh if not takes_up(edition)]
    for edition in fresh:
        reporter.say(f"{edition}: up to date")
    waiting = [name for name in editions if name not in fresh]
    try:
        for result in build_editions(request, waiting, reporter.event, at_once):
            reporter.diagnostics(result.diagnostics, view, more=True)
            reporter.say(summary(result, view))
            if hint := pending_hint(result, request):
                reporter.say(hint)
            status = max(status, status_of(result))
        reporter.complete()
    finally:
        reporter.rest()
    return status


def _is_fresh(request: Request, edition: str) -> bool:
    """Whether a build of the edition would give what is there."""
    last = manifest.load(request.state, edition)
    return last is not None and manifest.is_fresh(last, request.project, settings_of(request))
