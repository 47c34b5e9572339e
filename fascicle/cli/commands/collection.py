"""`fascicle collection`: an issue, a book or a backlist made of publications."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.cli.options import cluster_option, collection_trust, shared_by_collections
from fascicle.cli.program_name import program
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found
from fascicle.cluster.address import ClusterError
from fascicle.collection.articles import JobsBuilder
from fascicle.collection.build import CollectionRequest, CollectionResult, build_collection
from fascicle.collection.outputs.formats import FORMATS
from fascicle.collection.outputs.site import page_range
from fascicle.collection.settings.reader import COLLECTION, Listed
from fascicle.collection.settings.scaffold import KINDS, write_collection
from fascicle.collection.status import CollectionStatus, check_collection, write_status_page
from fascicle.core.diagnostic_codes import SURROUNDINGS, Code
from fascicle.core.diagnostic_formats import SourceView, columns
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, counted
from fascicle.core.events import Event
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.parallel import build_jobs
from fascicle.pipeline.run import Request
from fascicle.project import scaffold

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
    "--to",
    "forms",
    type=click.Choice(FORMATS),
    multiple=True,
    help="What to make; may be given again. The PDFs, which have the pages, are made in any case.",
)
@click.option(
    "--allow-pending",
    is_flag=True,
    help="Print placeholder plates even where an edition forbids pictures whose permission is pending.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="NUMBER", help="Make so many articles at once."
)
@cluster_option
@shared_by_collections
def build(
    folder: Path,
    edition: str,
    forms: tuple[str, ...],
    jobs: int | None,
    cluster: str,
    form: str,
    *,
    allow_pending: bool,
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
    base = Request(
        root,
        no_trust=no_trust,
        trust_templates=trust_templates,
        withheld=withheld,
        allow_pending=allow_pending,
        strict=strict,
    )

    def tell(article: Listed, event: Event | BuildResult) -> None:
        if isinstance(event, BuildResult):
            pages = (
                f"{event.pages} page{'s'[: event.pages != 1]}" if event.pages else counted(event.diagnostics)
            )
            what = "" if event.edition in ("screen", "print") else f" as {event.edition}"
            told = ", ".join(part for part in (pages, f"{event.seconds:.1f} s") if part)
            reporter.say(f"{article.entry.path}{what}: {told}")
        elif not reporter.height:
            return
        else:
            reporter.event(event)

    try:
        with _builder(cluster, jobs, reporter) as make:
            result = build_collection(CollectionRequest(base, edition, make, forms), tell)
    except ClusterError as error:
        told = Diagnostic(Code.CLUSTER_UNUSABLE, str(error), hints=(error.hint,) if error.hint else ())
        result = CollectionResult((told,))
    finally:
        reporter.rest()
    reporter.diagnostics(result.diagnostics, view)
    for line in summary(result, view):
        reporter.say(line)
    return status_of(result)


@contextmanager
def _builder(cluster: str, jobs: int | None, reporter: Reporter) -> Iterator[JobsBuilder]:
    """What builds the articles: the workers of a cluster, or the cores of this machine."""
    if not cluster:
        yield lambda wanted, listen: build_jobs(wanted, listen, jobs)
        return
    from fascicle.cluster.build import on_cluster  # who has no cluster need not wait for it

    with on_cluster(cluster, workers=jobs, told=reporter.say) as make:
        yield make


@collection.command(short_help="Tell what is wrong, and how far each article is.")
@_FOLDER
@shared_by_collections
def check(
    folder: Path,
    form: str,
    *,
    strict: bool,
    trust: bool | None,
    trust_templates: bool,
    quiet: bool,
) -> int:
    """Tell what is wrong with the collection and its articles, without typesetting, and how far each of them is.

    The same stands on the status page build/status.html, for editors and authors: state, what is missing (permission,
    ORCID, abstract, description of a picture), pages, words, and the last proof.
    """
    root = collection_folder(folder)
    no_trust, withheld = collection_trust(trust=trust, trust_templates=trust_templates)
    reporter, view = Reporter(form, quiet=quiet), SourceView(root)
    base = Request(root, no_trust=no_trust, trust_templates=trust_templates, withheld=withheld, strict=strict)
    status = check_collection(base)
    found = Collector()
    found.extend(status.diagnostics)
    found = found.with_warnings_as_errors() if strict else found
    reporter.diagnostics(found.sorted(), view)
    for line in status_table(status):
        reporter.say(line)
    if status.collection:
        reporter.say(f"status page: {view.path(write_status_page(status))}")
    reporter.say(counted(found) or "no problems found")
    return status_of_found(found)


def status_table(status: CollectionStatus) -> list[str]:
    """A line for each article: its state, pages, words, and what is missing."""
    cells = [
        (
            one.article.entry.path,
            str(one.article.entry.state),
            f"pp. {page_range(one.pages)}" if one.pages else "no pages yet",
            f"{one.facts.words if one.facts else 0} words",
            "; ".join([*(f"no {missing}" for missing in one.missing), *filter(None, [one.problems])]),
        )
        for one in status.articles
    ]
    widths = [max((columns(row[place]) for row in cells), default=0) for place in range(4)]
    return [
        "  ".join(
            text + " " * (width - columns(text)) for text, width in zip(row, [*widths, 0], strict=True)
        ).rstrip()
        for row in cells
    ]


@collection.command(short_help="Write a small issue or book into a new folder.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], help="What it is to be.")
@click.option("--title", default="", help="Name of the journal, or title of the book.")
def new(folder: Path, kind: str, title: str) -> int:
    """Write collection.yaml and two small articles into the new folder DIR, ready to be built."""
    try:
        files = write_collection(folder, kind, title)
    except scaffold.OccupiedError as error:
        raise click.UsageError(f"{error}. Name a folder that does not exist yet.") from error
    except OSError as error:
        raise _CannotWriteError(f"{folder} cannot be written: {error.strerror or error}") from error
    reporter, here = Reporter(), shlex.quote(str(folder))
    reporter.say(f"{folder}: a collection in {len(files)} files")
    reporter.say(f"\nBuild it:   {program()} collection build {here}")
    reporter.say(f"Then edit   {folder / COLLECTION} and build again.")
    return 0


class _CannotWriteError(click.ClickException):
    """The folder cannot be written."""

    exit_code = 3


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
    for form, paths in result.others.items():
        done = [key for key in result.converted.get(form, []) if key in paths]
        lines.append(f"{form}: {len(done)} made, {len(paths) - len(done)} up to date")
    if result.records:
        lines.append(f"records: {len(result.records)} in {view.path('build/records')}")
    count = counted(result.diagnostics)
    if result.no_whole:
        return [*lines, *filter(None, [count])]
    if not result.output:
        return [*lines, f"the whole was not made: {count}"]
    noted = f" ({count})" if count else ""
    spine = f", spine {result.thickness:.1f} mm" if result.thickness else ""
    return [*lines, f"{view.path(result.output)}, {result.pages} pages{spine}{noted}"]


def status_of(result: CollectionResult) -> int:
    """0 when everything was made, 3 when the surroundings failed, else 1."""
    errors = {found.code for found in result.diagnostics if found.severity is Severity.ERROR}
    if (result.output or result.no_whole) and not errors:
        return 0
    return SURROUNDINGS_FAILED if errors & SURROUNDINGS else 1
