"""`fascicle import`: a project made of a text that somebody has already written."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fascicle import DEFAULT_EDITIONS
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, counted
from fascicle.core.system.sandbox_trial import strangers_wall
from fascicle.importers.convert import ImportOutcome, import_text
from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.report import Kind
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.confined import confined
from fascicle.pipeline.run import Request

if TYPE_CHECKING:
    from fascicle.importers.lookup.registries import Lookup


class _RefusedError(click.ClickException):
    """The source cannot be brought in."""

    exit_code = 1


class _SurroundingsError(click.ClickException):
    """A tool is missing, or something cannot be read or written."""

    exit_code = 3


@click.command("import", short_help="Make a project of a text from Word, Markdown, LaTeX, JATS, HTML.")
@click.argument("source", type=click.Path(path_type=Path), metavar="SOURCE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[DIR]", required=False)
@click.option(
    "--changes",
    type=click.Choice(("accept", "reject", "keep")),
    default="accept",
    show_default=True,
    help="What becomes of tracked changes and comments in a Word document.",
)
@click.option(
    "--online",
    is_flag=True,
    help="Look up works that are cited by DOI, PubMed id, arXiv id or ISBN and have no record.",
)
def import_(source: Path, folder: Path | None, changes: str, *, online: bool) -> int:
    """Make a project in the new folder DIR of the text SOURCE, ready to be built.

    SOURCE is a Word or OpenDocument file, Markdown as pandoc, Quarto, R Markdown, MyST, JOSS or Obsidian have it, the
    folder of a Manubot manuscript or a Quarto or bookdown book, LaTeX, JATS, HTML or plain text. What was read as what,
    and what was left out or changed, stands in DIR/import-report.md. A folder that holds anything is left as it is.
    """
    reporter = Reporter()
    with strangers_wall():
        done = confined(partial(_imported, source, folder, changes, _lookup() if online else None))
    if isinstance(done, Diagnostic):
        raise _RefusedError(f"{source.name} cannot be brought in: {done.message}\n  hint: {done.hints[0]}")
    if isinstance(done, ImportRefusedError):
        kind = _SurroundingsError if done.surroundings else _RefusedError
        raise kind(f"{done}\n  hint: {done.hint}" if done.hint else str(done))
    _tell(done, reporter)
    reporter.complete()
    return status_of_found(done.found)


def _imported(
    source: Path, folder: Path | None, changes: str, lookup: Lookup | None
) -> ImportOutcome | ImportRefusedError:
    """The import, or why there is none: a text made to hang or to fill memory meets the limits of a process apart."""
    try:
        return import_text(source, folder, changes, _checked, lookup)
    except ImportRefusedError as error:
        return error


def _lookup() -> Lookup:
    from fascicle.importers.lookup.registries import Lookup  # the network's library is slow to load

    return Lookup()


def _checked(root: Path) -> Collector:
    return check_edition(Request(root), DEFAULT_EDITIONS[0], lambda _manuscript, _problems: None)


def _tell(done: ImportOutcome, reporter: Reporter) -> None:
    view = SourceView(done.folder)
    worth = [item for item in done.found.sorted() if item.severity is Severity.ERROR]
    reporter.diagnostics(worth, view, more=True)
    sections = sum(name.startswith("content/") for name in done.files) - 1
    figures = sum(name.startswith("figures/") and not name.endswith(".yaml") for name in done.files)
    here = _shown(done.folder)
    reporter.say(f"{here}: {sections} section{'s'[: sections != 1]}, {figures} picture{'s'[: figures != 1]}")
    for kind in (Kind.CHANGED, Kind.LEFT_OUT, Kind.VERIFY):
        if remarks := done.report.of(kind):
            reporter.say(f"{kind.value.lower()}: {len(remarks)} kind{'s'[: len(remarks) != 1]} of things")
    reporter.say(
        f"Read {here / 'import-report.md'}; the check says: {counted(done.found) or 'no problems found'}"
    )
    reporter.say(f"Build it:   fascicle build --project {shlex.quote(str(here))}")


def _shown(folder: Path) -> Path:
    """A folder as one would type it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) and folder != here else folder
