"""`fascicle collection`: an issue, a book or a backlist made of publications."""

from __future__ import annotations

from pathlib import Path

import click

from fascicle.cli.options import collection_trust, shared_by_collections
from fascicle.cli.reporter import Reporter
from fascicle.collection.build import CollectionRequest, CollectionResult, build_collection
from fascicle.collection.reader import COLLECTION, Listed
from fascicle.core.diagnostic_codes import SURROUNDINGS
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Severity, counted
from fascicle.core.events import Event
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.run import Request

_FOLDER = click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="[DIR]"
)


@click.group(short_help="Make an issue of a journal, or a book, of several publications.")
def collection() -> None:
    """Make an issue of a journal, proceedings or a book of several publications, which stay as they are.

    The folder of a collection holds collection.yaml, which docs/collections.md describes, and below it the publications.
    """


@collection.command(short_help="Make the articles with their own pages, and the whole.")
@_FOLDER
@click.option(
    "--edition",
    type=click.Choice(["screen", "print"]),
    default="screen",
    help="For the screen, or for a printer: with blank pages, and articles that begin on the right.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="NUMBER", help="Make so many articles at once."
)
@shared_by_collections
def build(
    folder: Path,
    edition: str,
    jobs: int | None,
    form: str,
    *,
    strict: bool,
    trust: bool | None,
    trust_templates: bool,
    quiet: bool,
) -> int:
    """Make each article with its own pages, volume, number and DOI, and the whole as one file.

    Only what has changed is made again. The results are build/EDITION/NAME.pdf and build/EDITION/articles/ in the
    collection's folder; the articles' own folders stay as they are. When an article fails, the whole is not made, and
    the others are. Articles get no trust unless --trust is given.
    """
    root = collection_folder(folder)
    no_trust, withheld = collection_trust(trust=trust, trust_templates=trust_templates)
    reporter, view = Reporter(form, quiet=quiet), SourceView(root)
    base = Request(root, no_trust=no_trust, trust_templates=trust_templates, withheld=withheld, strict=strict)

    def tell(article: Listed, event: Event | BuildResult) -> None:
        if isinstance(event, BuildResult):
            pages = (
                f"{event.pages} page{'s'[: event.pages != 1]}" if event.pages else counted(event.diagnostics)
            )
            reporter.say(f"{article.entry.path}: {pages}, {event.seconds:.1f} s")
        elif not reporter.height:
            return
        else:
            reporter.event(event)

    try:
        result = build_collection(CollectionRequest(base, edition, jobs), tell)
    finally:
        reporter.rest()
    reporter.diagnostics(result.diagnostics, view)
    for line in summary(result, view):
        reporter.say(line)
    return status_of(result)


def collection_folder(folder: Path) -> Path:
    """The folder of a collection; a usage error where there is none."""
    if not (folder / COLLECTION).is_file():
        raise click.UsageError(
            f"there is no {COLLECTION} in '{folder}'; make one: fascicle collection new DIR"
        )
    return folder.resolve()


def summary(result: CollectionResult, view: SourceView) -> list[str]:
    """What was made, in a few lines."""
    kept = len(result.ranges) - len(set(result.built))
    built = f"{len(result.built)} built" + (f", {kept} up to date" if kept else "")
    lines = (
        [f"articles: {built}" + (f", {len(result.failed)} failed" if result.failed else "")]
        if result.ranges
        else []
    )
    count = counted(result.diagnostics)
    if not result.output:
        return [*lines, f"the whole was not made: {count}"]
    noted = f" ({count})" if count else ""
    return [*lines, f"{view.path(result.output)}, {result.pages} pages{noted}"]


def status_of(result: CollectionResult) -> int:
    """0 when everything was made, 3 when the surroundings failed, else 1."""
    errors = {found.code for found in result.diagnostics if found.severity is Severity.ERROR}
    if result.output and not errors:
        return 0
    return 3 if errors & SURROUNDINGS else 1
