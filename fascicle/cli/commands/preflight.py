"""`fascicle preflight`: is everything true that a PDF promises?"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import click

from fascicle.cli.choices import completer
from fascicle.cli.each import Member, each
from fascicle.cli.options import (
    COLLECTION,
    all_in_option,
    overrides,
    project_option,
    publications_in,
    trust_templates_option,
    trust_withheld,
)
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import SourceView, escaped_json
from fascicle.core.diagnostics import Severity
from fascicle.core.text.visible_text import visible
from fascicle.pdf.preflight import report
from fascicle.pipeline.preflight import Examined, examine_edition, examine_file
from fascicle.pipeline.run import Request
from fascicle.project.editions import edition_names


@click.command()
@click.argument("what", metavar="FILE|EDITION", shell_complete=completer("editions"))
@all_in_option
@project_option
@click.option("--as", "edition", metavar="EDITION", help="Hold FILE to what this edition promises.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json"]),
    default="human",
    help="A table for people, or JSON.",
)
@click.option("--verapdf", is_flag=True, help="Let veraPDF judge the archive standard, too; it needs Java.")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Change what the edition promises."
)
@click.option("--no-trust", is_flag=True, help="Run no scripts of the publication.")
@trust_templates_option
@click.option("--all", "everything", is_flag=True, help="List what nobody promised of this file, too.")
@click.option("-q", "--quiet", is_flag=True, help="Print broken promises alone.")
def preflight(
    what: str,
    shelves: tuple[Path, ...],
    project: Path,
    edition: str | None,
    form: str,
    *,
    verapdf: bool,
    settings: tuple[str, ...],
    no_trust: bool,
    trust_templates: bool,
    everything: bool,
    quiet: bool,
) -> int:
    """Open a finished PDF again and check what it promises.

    EDITION is examined as it was built, and held to everything that it promises: that the text is printed as it was
    written, that fonts, colours, pictures and pages are as its standard or its printer wants them. FILE may be any
    PDF; by itself it is checked for what every good file keeps and for the standard that it claims.

    With --all-in the EDITION of every publication is examined, and of a collection the whole and the articles as it has
    made them, each file by itself. The exit status is 1 when a promise is broken.
    """
    no_trust = trust_withheld(no_trust=no_trust or bool(shelves), trust_templates=trust_templates)
    request = Request(
        project.resolve(), no_trust=no_trust, trust_templates=trust_templates, settings=overrides(settings)
    )
    printed = _Printed(form, quiet=quiet, everything=everything)
    if not shelves:
        return printed.status(request, _examined(request, what, edition, verapdf=verapdf))
    files = [file for shelf in shelves for file in _of_collection(shelf.resolve(), what)]
    plain = [
        Member(one.resolve())
        for shelf in shelves
        if not _is_collection(shelf)
        for one in publications_in(shelf)
    ]

    def one(member: Member) -> int:
        own = replace(request, project=member.root if member.root.is_dir() else member.root.parent)
        if member.root.is_file():
            return printed.status(own, examine_file(member.root, verapdf=verapdf, cache=None))
        return printed.status(own, _examined(own, what, edition, verapdf=verapdf))

    return each([*map(Member, files), *plain], one)


def _is_collection(shelf: Path) -> bool:
    return (shelf / COLLECTION).is_file()


def _of_collection(shelf: Path, edition: str) -> list[Path]:
    """The whole and the articles that a collection has made; nothing where it is none."""
    if not _is_collection(shelf):
        return []
    folder = shelf / "build" / edition
    found = sorted(folder.glob("*.pdf")) + sorted(folder.glob("articles/*.pdf"))
    if not found:
        command = f"fascicle collection build --edition {edition} {shelf}"
        raise click.UsageError(
            f"the collection '{shelf.name}' has made nothing of the edition '{edition}'; type: {command}"
        )
    return found


def _examined(request: Request, what: str, edition: str | None, *, verapdf: bool) -> Examined:
    """What is found in the edition of a publication, or in a file."""
    known = edition_names(request.open_sources())
    file = _file(what, known)
    wanted = edition or ("" if file else what)
    if wanted and wanted not in known:
        raise click.UsageError(f"there is no edition '{wanted}'; known are: {', '.join(known)}")
    if wanted:
        return examine_edition(request, wanted, file, verapdf=verapdf)
    cache = request.state
    proofs = cache / "proofs" if cache.is_dir() else None
    return examine_file(file or Path(what), verapdf=verapdf, cache=proofs)


@dataclass(frozen=True, slots=True)
class _Printed:
    """Prints what is found."""

    form: str
    quiet: bool
    everything: bool

    def status(self, request: Request, found: Examined) -> int:
        """Print it; 1 when a promise is broken, or nothing could be examined."""
        if self.form == "json":
            click.echo(escaped_json(report.as_data(found.results, _facts(found)), indent=2))
        elif found.file is None or not found.results:
            _without_result(found, Reporter(), SourceView(request.project))
        else:
            for line in _lines(found, quiet=self.quiet, everything=self.everything):
                click.echo(visible(line))
        if not found.results:
            return status_of_found(found.diagnostics) or 1
        return 1 if any(one.broken for one in found.results) else 0


def _file(what: str, editions: list[str]) -> Path | None:
    """The file that is meant; None when an edition is."""
    path = Path(what)
    if path.is_file():
        return path
    if path.suffix.lower() == ".pdf" or (what not in editions and len(path.parts) > 1):
        raise click.UsageError(f"there is no file '{what}'")
    return None


def _without_result(found: Examined, reporter: Reporter, view: SourceView) -> None:
    """Say why nothing could be checked."""
    errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
    reporter.diagnostics(errors, view)
    if not errors:
        command = f"fascicle build {found.edition}"
        raise click.UsageError(f"the edition '{found.edition}' has not been built; type: {command}")


def _lines(found: Examined, *, quiet: bool, everything: bool) -> list[str]:
    if quiet:
        return [f"{one.check.name}: {place.message}" for one in found.results for place in one.broken]
    held = f"held to the edition '{found.edition}'" if found.edition else "by itself"
    head = [f"{os.path.relpath(found.file or '')}: {found.pages} pages, {found.standard}, {held}"]
    if found.stale:
        head.append(
            "The publication has changed since this file was built; build it again before you trust this."
        )
    rest = [one.message for one in found.diagnostics if one.code is Code.PDF_REPAIRED]
    return [*head, "", *rest, *report.table(found.results, everything=everything)]


def _facts(found: Examined) -> dict[str, object]:
    return {
        "file": str(found.file) if found.file else None,
        "edition": found.edition or None,
        "standard": found.standard,
        "pages": found.pages,
        "stale": found.stale,
        "problems": [one.message for one in found.diagnostics if one.severity is Severity.ERROR]
        if not found.results
        else [],
    }
