"""`fascicle new`: a small complete publication to begin with."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from fascicle.citations.styles.styles import named_style
from fascicle.cli.choices import completer
from fascicle.cli.program_name import program
from fascicle.cli.reporter import Reporter
from fascicle.core import identifiers
from fascicle.core.diagnostics import Collector
from fascicle.core.suggestions import did_you_mean
from fascicle.project import scaffold
from fascicle.project.sources import Sources


class _CannotWriteError(click.ClickException):
    """The folder cannot be written."""

    exit_code = 3


@click.command(short_help="Write a small complete publication into a new folder.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--title", default="", help="The publication's title; made from the folder's name when not given."
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar="NAME",
    help='An author, as "Jane Doe", "Doe, Jane" or the name of a body; may be given again.',
)
@click.option("--orcid", default="", metavar="ID", help="ORCID of the first author.")
@click.option("--language", default="", metavar="TAG", help="Language of the text, such as en-US, de or zh.")
@click.option(
    "--journal",
    shell_complete=completer("journals"),
    default="",
    metavar="NAME",
    help="The journal it is written for; its citation style is taken.",
)
@click.option(
    "--style",
    shell_complete=completer("styles"),
    default="",
    metavar="NAME",
    help="Citation style, such as chicago-notes, apa or mla.",
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
def new(
    folder: Path,
    title: str,
    authors: tuple[str, ...],
    orcid: str,
    language: str,
    journal: str,
    style: str,
    *,
    yes: bool,
) -> int:
    """Write a small complete publication into the new folder DIR, ready to be built.

    It has two sections, a figure, a table, and a bibliography with an article and a film. A folder that holds
    anything already is refused and left as it is. On a terminal, what is not given as an option is asked for.
    """
    _refuse_strange(orcid, language, style)
    data = scaffold.StarterData(title, authors, orcid, language, _style(style, journal))
    if not (yes or authors or title) and _is_terminal():
        data = _asked(folder, data)
    try:
        files = scaffold.write(folder, data)
    except scaffold.OccupiedError as error:
        raise click.UsageError(f"{error}. Name a folder that does not exist yet.") from error
    except OSError as error:
        raise _CannotWriteError(f"{folder} cannot be written: {error.strerror or error}") from error
    reporter = Reporter()
    here = shlex.quote(str(folder))
    reporter.say(f"{folder}: a publication in {len(files)} files")
    reporter.say(f"\nBuild it:   {program()} build --project {here}")
    reporter.say(f"Then edit   {folder / 'content'} and build again.")
    if journal:
        reporter.say(
            f"The journal's package, when it is ready: {program()} submit {journal} --project {here}"
        )
    return 0


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(folder: Path, data: scaffold.StarterData) -> scaffold.StarterData:
    """What the author says of the publication; an empty answer leaves what stands in brackets."""
    title = click.prompt("Title", default=scaffold.title_of(folder))
    name = click.prompt("Your name (Given Family)", default="", show_default=False)
    orcid = data.orcid
    if name and not orcid:
        orcid = click.prompt("Your ORCID, if you have one", default="", show_default=False, value_proc=_orcid)
    language = data.language or click.prompt(
        "Language (en-GB, en-US, de, fr, zh …)", default="en-GB", value_proc=_language
    )
    style = data.citation_style or click.prompt(
        "Citation style (chicago-author-date, chicago-notes, apa, mla …)",
        default="chicago-author-date",
        value_proc=_known_style,
    )
    return scaffold.StarterData(title, (name,) if name else (), orcid, language, style)


def _refuse_strange(orcid: str, language: str, style: str) -> None:
    """A usage error for an option that publication.yaml could not hold."""
    for name, value, check in (
        ("--orcid", orcid, _orcid),
        ("--language", language, _language),
        ("--style", style, _known_style),
    ):
        try:
            check(value)
        except click.UsageError as error:
            raise click.UsageError(f"{name}: {error.message}") from error


def _orcid(value: str) -> str:
    try:
        return identifiers.orcid(value.strip()) if value.strip() else ""
    except ValueError as error:
        raise click.UsageError(f"'{value}' is no ORCID: {error}") from error


def _language(value: str) -> str:
    try:
        return identifiers.language(value.strip()) if value.strip() else ""
    except ValueError as error:
        raise click.UsageError(f"'{value}' is no language tag, such as en-GB or de: {error}") from error


def _known_style(value: str) -> str:
    problems = Collector()
    if not value or named_style(value, problems):
        return value
    found = next(iter(problems))
    raise click.UsageError("; ".join((found.message, *found.hints)))


def _style(style: str, journal: str) -> str:
    """The citation style asked for, else the journal's."""
    if not journal:
        return style
    from fascicle.journals.profile_files import journal_names, read_journal  # most new texts have none yet

    sources = Sources(Path())
    if journal not in journal_names(sources):
        raise click.UsageError(
            f"there is no journal '{journal}'; {did_you_mean(journal, journal_names(sources))}"
        )
    profile = read_journal(journal, sources, Collector())
    return style or (profile.rules.citation_style if profile else None) or ""
