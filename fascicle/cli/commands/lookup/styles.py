"""`fascicle styles`: the citation styles that there are, each with one work as it prints it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import click

from fascicle.citations.sample import sample
from fascicle.citations.styles.collection import NAMES, PACKAGE, SHIPPED, complete, matching, style_title
from fascicle.cli.program_name import typed
from fascicle.core.diagnostics import Collector

SHOWN = 12
"""Most styles that are shown with a sample."""
LISTED = 60
"""Most styles that are named."""


@click.command(short_help="List and search the citation styles.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
def styles(words: tuple[str, ...]) -> int:
    """List the values of 'citation-style:' whose name or title has every WORD, with one work as each prints it.

    Without a WORD, the styles that come with the program.
    """
    word = " ".join(words)
    found = list(islice(matching(word), 10_000)) if word else [(name, style_title(name)) for name in _own()]
    if not found:
        click.echo(f"no citation style has '{word}' in its name or title")
        return 1
    for (name, title), printed in zip(
        found[:SHOWN], _samples([name for name, _ in found[:SHOWN]]), strict=True
    ):
        click.echo(f"{name}\n  {title}\n  {printed}\n")
    for name, title in found[SHOWN:LISTED]:
        click.echo(f"{name}\n  {title}")
    if len(found) > LISTED:
        click.echo(f"… and {len(found) - LISTED} more; another word makes the list shorter")
    if not complete():
        click.echo(
            typed(
                f"these are the styles inside the program; pip install --force-reinstall {PACKAGE} brings 10,000 more"
            )
        )
    return 0


def _own() -> list[str]:
    """Our own names, then the styles inside the package that have none."""
    inside = sorted(path.stem for path in SHIPPED.glob("*.csl"))
    return [*NAMES, *(name for name in inside if name not in NAMES.values() and name not in NAMES)]


def _samples(names: list[str]) -> list[str]:
    """One work in each style. A style that fails says so in its place."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda name: sample(name, Collector()) or "(no sample)", names))
