"""`fascicle merge`: a Word file that came back, brought into the sources."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fascicle.cli.options import project_option, require_sandbox
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import status_of_found
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector
from fascicle.core.text.visible_text import visible_lines
from fascicle.journals.word_manuscript import word_manuscript
from fascicle.pipeline.manuscript import read_manuscript
from fascicle.pipeline.run import Request
from fascicle.redline.merge.merge import EDITION, Merged, apply, merge_word


@click.command(short_help="Bring what was changed in a Word document into the text.")
@click.argument("file", metavar="FILE.docx", type=click.Path(path_type=Path))
@click.option(
    "--apply",
    "write",
    is_flag=True,
    help="Write the changes into your files; without it they are only shown.",
)
@click.option(
    "--edition",
    default=EDITION,
    metavar="NAME",
    show_default=True,
    help="The edition that the document was made as.",
)
@click.option("--journal", default="", metavar="NAME", help="The journal whose package the document is of.")
@click.option("--no-trust", is_flag=True, help="Run no scripts, whatever the publication says.")
@project_option
def merge(file: Path, project: Path, edition: str, journal: str, *, write: bool, no_trust: bool) -> int:
    """Bring what was changed in a Word document into the text.

    FILE.docx is a document that `fascicle build word` or, with --journal, `fascicle submit` has made and somebody has edited, with
    tracked changes or without. The changes are shown as a patch of your files; --apply writes them. All tracked
    changes count as accepted. Remarks in the margin are listed with their places.

    What fits nowhere, such as words inside a citation, is told with its place, and what was changed on both sides
    since the document was sent is left to you.
    """
    if not file.is_file():
        raise click.UsageError(f"there is no file '{file}'")
    if file.suffix.lower() != ".docx":
        raise click.UsageError(
            f"'{file}' is no Word document: save what came back as .docx, and name that file"
        )
    if not project.is_dir():
        raise click.UsageError(
            f"there is no folder '{project}'; name the publication's folder with --project"
        )
    require_sandbox(no_trust=no_trust)
    reporter = Reporter("human")
    request = Request(project.resolve(), no_trust=no_trust)
    read = word_manuscript(journal) if journal else read_manuscript
    made = merge_word(request, file.resolve(), edition, read=read)
    _gather(made)
    reporter.diagnostics(made.problems.sorted(), SourceView(request.project), more=True)
    if made.patch:
        # As it is for programs that take it; a terminal is not steered by what a co-author wrote.
        sys.stdout.write(visible_lines(made.patch) if sys.stdout.isatty() else made.patch)
    if write and made.changed:
        apply(request, made)
    reporter.say(_summary(made, written=write))
    reporter.complete()
    return status_of_found(made.problems)


def _gather(made: Merged) -> None:
    """What is to be told besides the patch, as diagnostics."""
    problems: Collector = made.problems
    for one in made.unplaced:
        problems.add(Code.WORD_UNPLACED, one.what, one.span, "bring it in by hand if you want it")
    for one in made.conflicts:
        problems.add(Code.WORD_CONFLICT, one.what, one.span, "bring both together by hand")
    for remark in made.comments:
        who = f"{remark.comment.author}: " if remark.comment.author else ""
        about = f" (about {remark.about})" if remark.about else ""
        problems.add(Code.WORD_COMMENT, f"{who}{remark.comment.text}{about}", remark.span)


def _summary(made: Merged, *, written: bool) -> str:
    if made.problems.failed and not made.changed and not made.conflicts:
        return "nothing was changed"
    if not made.changed:
        return "the document holds no change that is not in the text already"
    count = len(made.changed)
    files = f"{count} file{'' if count == 1 else 's'}"
    return (
        f"{files} changed"
        if written
        else f"{files} to change: lines with - go, lines with + come; to write this, add --apply"
    )
