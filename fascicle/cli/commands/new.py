"""`fascicle new`: a small complete publication to begin with."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import click

from fascicle.cli.reporter import Reporter
from fascicle.project import scaffold


class _CannotWriteError(click.ClickException):
    """The folder cannot be written."""

    exit_code = 3


@click.command(short_help="Write a small complete publication into a new folder.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--title", help="The publication's title; made from the folder's name when not given.")
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar="NAME",
    help='An author as "Family, Given", or a single name or body as it is; may be given again.',
)
def new(folder: Path, title: str | None, authors: tuple[str, ...]) -> int:
    """Write a small complete publication into the new folder DIR, ready to be built.

    It has two sections, a figure, a table, and a bibliography with an article and a film. A folder that holds
    anything already is refused and left as it is.
    """
    try:
        files = scaffold.write(folder, title, authors)
    except scaffold.OccupiedError as error:
        raise click.UsageError(f"{error}. Name a folder that does not exist yet.") from error
    except OSError as error:
        raise _CannotWriteError(f"{folder} cannot be written: {error.strerror or error}") from error
    reporter = Reporter()
    here = shlex.quote(str(folder))
    reporter.say(f"{folder}: a publication in {len(files)} files")
    reporter.say(f"\nBuild it:   {_program()} build --project {here}")
    reporter.say(f"Then edit   {folder / 'content'} and build again.")
    return 0


def _program() -> str:
    """What to type for this program: its name where the shell finds it, else its path."""
    return "fascicle" if shutil.which("fascicle") else shlex.quote(str(Path(sys.argv[0]).resolve()))
