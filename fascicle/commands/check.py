"""`fascicle check`: everything that can be told without TeX."""

from __future__ import annotations

from pathlib import Path

import click

from fascicle import DEFAULT_EDITIONS
from fascicle.commands.options import shared
from fascicle.diagnostics import counted
from fascicle.formats import Desk
from fascicle.pipeline import check_edition
from fascicle.report import Reporter
from fascicle.run import Request


@click.command()
@shared
def check(project: Path, form: str, *, strict: bool, no_trust: bool, quiet: bool) -> int:
    """Tell what is wrong with the text, without typesetting it.

    Reads and parses everything, resolves citations, cross-references and figures, and fills the template; a matter of
    a moment even for a long text.
    """
    reporter = Reporter(form, quiet=quiet)
    request = Request(project.resolve(), no_trust=no_trust, strict=strict)
    found = check_edition(request, DEFAULT_EDITIONS[0])
    reporter.diagnostics(found.sorted(), Desk(request.project))
    reporter.say(counted(found) or "no problems found")
    return 1 if found.failed else 0
