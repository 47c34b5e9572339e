"""`fascicle cite`: records of the publication itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from fascicle.cli.each import Member, each, members
from fascicle.cli.options import all_in_option, shared
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.core.system.sandbox_trial import strangers_wall
from fascicle.export.metadata.formats import EXPORTS
from fascicle.export.metadata.record import work_of
from fascicle.pipeline.confined import confined
from fascicle.project.overrides import with_imposed
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
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write to FILE instead of standard output; with --all-in into the folder FILE, a file for each publication.",
)
@all_in_option
@shared
def cite(
    record: str,
    output: Path | None,
    shelves: tuple[Path, ...],
    project: Path,
    form: str,
    *,
    strict: bool,
    no_trust: bool,
    quiet: bool,
) -> int:
    """Describe the publication itself in FORMAT, for those who cite, catalogue or register it.

    What is told comes from content/publication.yaml alone, dates included: the same file gives the same record. With
    --all-in a collection says of its articles what it knows, such as their pages.
    """
    reporter = Reporter(form, quiet=quiet)
    if not shelves:
        status = _cited(record, Member(project.resolve()), output, reporter, strict=strict, no_trust=no_trust)
        reporter.complete()
        return status
    if output and str(output) != "-":
        output.mkdir(parents=True, exist_ok=True)

    def one(member: Member) -> int:
        file = output and str(output) != "-" and output / (member.root.name + suffix_of(record))
        return _cited(record, member, file or None, reporter, strict=strict, no_trust=True)

    status = each(members(shelves, reporter), one)
    reporter.complete()
    return status


def suffix_of(record: str) -> str:
    """The ending of a record's usual file, such as `.bib`."""
    return f".{EXPORTS[record].file.partition('.')[2]}"


def _cited(
    record: str, member: Member, output: Path | None, reporter: Reporter, *, strict: bool, no_trust: bool
) -> int:
    """Write the record of one publication."""
    if no_trust:
        with strangers_wall():
            outcome = confined(partial(_recorded, record, member, trusted=False))
    else:
        outcome = _recorded(record, member, trusted=True)
    text, problems = (None, Collector()) if isinstance(outcome, Diagnostic) else outcome
    if isinstance(outcome, Diagnostic):
        problems.extend([outcome])
    judged = problems.with_warnings_as_errors() if strict else problems
    reporter.diagnostics(judged.sorted(), SourceView(member.root), more=True)
    if text is None or judged.failed:
        return status_of_found(judged) or 1
    if output is None or str(output) == "-":
        click.echo(text.encode(), nl=False)
    elif output.exists() and not output.is_file():
        output.write_bytes(text.encode())  # a pipe, say, which nothing can take the place of
    else:
        deliver_bytes(text.encode(), output)
    return 0


def _recorded(record: str, member: Member, *, trusted: bool) -> tuple[str | None, Collector]:
    """The record, None when there can be none, and what is wrong."""
    problems = Collector()
    publication = read_publication(Sources(member.root, trusted=trusted), problems)
    if publication and member.imposed:
        publication = with_imposed(publication, member.imposed, problems)
    text = EXPORTS[record].write(work_of(publication, problems), problems) if publication else None
    return text, problems
