"""`fascicle list`: what there is to choose from."""

from __future__ import annotations

from pathlib import Path

import click

from fascicle.cli.choices import KINDS, choices
from fascicle.cli.options import project_option
from fascicle.core.text.visible_text import visible

_USE = {
    "editions": "make one: fascicle build NAME",
    "journals": "make its package: fascicle submit NAME",
    "presets": "in content/publication.yaml: editions: {print: {preset: NAME}}",
    "styles": "in content/publication.yaml: citation-style: NAME; samples and the whole collection: fascicle styles [WORD]",
    "templates": "for one build: fascicle build --set template=NAME",
    "codes": "what one means: fascicle explain NAME",
}


@click.command("list", short_help="List editions, journals, styles, templates, presets or codes.")
@click.argument("kind", type=click.Choice(list(KINDS)), required=False)
@project_option
def list_(kind: str | None, project: Path) -> None:
    """List what there is of KIND, with a line on each and how it is used; without a KIND, of all but codes."""
    for number, one in enumerate([kind] if kind else [one for one in KINDS if one != "codes"]):
        found = choices(one, project)
        width = max(map(len, found), default=0)
        click.echo(("\n" if number else "") + f"{one} ({_USE[one]})")
        for name, said in found.items():
            click.echo(visible(f"  {name:<{width}}  {said}".rstrip()))
