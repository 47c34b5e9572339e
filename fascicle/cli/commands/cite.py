"""`fascicle cite`: records of the publication itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from fascicle.cli.options import shared
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.core.system.sandbox_trial import strangers_wall
from fascicle.export.metadata.formats import EXPORTS
from fascicle.export.metadata.record import work_of
from fascicle.pipeline.confined import confined
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources

_FORMATS = "\n".join(f"  {name:<9} {export.description}" for name, export in EXPORTS.items())


@click.command(
    epilog="\b\nFormats:\n" + _FORMATS, short_help="Describe the publication for catalogues and citers."
)
@click.argument("record", metavar="FORMAT", type=click.Choice(list(EXPORTS)))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write to FILE instead of standard output.",
)
@shared
def cite(
    record: str, output: Path | None, project: Path, form: str, *, strict: bool, no_trust: bool, quiet: bool
) -> int:
    """Describe the publication itself in FORMAT, for those who cite, catalogue or register it.

    What is told comes from content/publication.yaml alone, dates included: the same file gives the same record.
    """
    reporter = Reporter(form, quiet=quiet)
    if no_trust:
        with strangers_wall():
            outcome = confined(partial(_recorded, record, project.resolve(), trusted=False))
    else:
        outcome = _recorded(record, project.resolve(), trusted=True)
    text, problems = (None, Collector()) if isinstance(outcome, Diagnostic) else outcome
    if isinstance(outcome, Diagnostic):
        problems.extend([outcome])
    judged = problems.with_warnings_as_errors() if strict else problems
    reporter.diagnostics(judged.sorted(), SourceView(project.resolve()))
    if text is None or judged.failed:
        return status_of_found(judged) or 1
    if output is None or str(output) == "-":
        click.echo(text.encode(), nl=False)
    else:
        output.write_bytes(text.encode())
    return 0


def _recorded(record: str, project: Path, *, trusted: bool) -> tuple[str | None, Collector]:
    """The record, None when there can be none, and what is wrong."""
    problems = Collector()
    publication = read_publication(Sources(project, trusted=trusted), problems)
    text = EXPORTS[record].write(work_of(publication, problems), problems) if publication else None
    return text, problems
