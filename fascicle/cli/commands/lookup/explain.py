"""`fascicle explain`: what a diagnostic's code means."""

from __future__ import annotations

import textwrap

import click

from fascicle.cli.choices import completer
from fascicle.core.diagnostic_codes import Code
from fascicle.core.explanations import explanation
from fascicle.core.suggestions import did_you_mean


@click.command(short_help="Explain the code of a problem, or list all codes.")
@click.argument("code", required=False, shell_complete=completer("codes"))
def explain(code: str | None) -> None:
    """Explain the code in brackets of a problem, such as undefined-citation; without one, list all codes."""
    if code is None:
        for known in Code:
            click.echo(f"{known.severity.value:<8} {known.value}")
        return
    wanted = code.strip("[]")
    if wanted not in {known.value for known in Code}:
        hint = did_you_mean(wanted, [known.value for known in Code])
        raise click.UsageError(f"there is no code '{wanted}'; {hint}")
    found = next(known for known in Code if known.value == wanted)
    click.echo(f"{found.value} ({found.severity.value})\n")
    click.echo(textwrap.fill(explanation(found), 88, break_on_hyphens=False, break_long_words=False))
