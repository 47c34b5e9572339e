"""`fascicle list`: what there is to choose from."""

from __future__ import annotations

from pathlib import Path

import click

from fascicle.cli.choices import KINDS, choices
from fascicle.cli.options import project_option
from fascicle.core.suggestions import did_you_mean
from fascicle.core.text.visible_text import visible

_USE = {
    "editions": "make one: fascicle build NAME",
    "journals": "make its package: fascicle submit NAME",
    "presets": "in content/publication.yaml: editions: {print: {preset: NAME}}",
    "styles": "in content/publication.yaml: citation-style: NAME; samples and the whole collection: fascicle styles [WORD]",
    "templates": "a journal's is taken by fascicle submit; for one build: fascicle build --set options.look=classical",
    "codes": "what one means: fascicle explain NAME",
}


class _Kind(click.Choice[str]):
    """A kind, also in the singular; for another word the nearest one."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if f"{value}s" in self.choices:
            return f"{value}s"
        if value not in self.choices and (hint := did_you_mean(value, list(self.choices))):
            self.fail(f"there is no list of '{value}'; {hint}", param, ctx)
        return super().convert(value, param, ctx)


@click.command("list", short_help="List editions, journals, styles, templates, presets or codes.")
@click.argument("kind", type=_Kind(list(KINDS)), required=False)
@project_option
def list_(kind: str | None, project: Path) -> None:
    """List what there is of KIND, with a line on each and how it is used; without a KIND, of all but codes."""
    for number, one in enumerate([kind] if kind else [one for one in KINDS if one != "codes"]):
        found = choices(one, project)
        width = max(map(len, found), default=0)
        click.echo(("\n" if number else "") + f"{one} ({_USE[one]})")
        for name, said in found.items():
            click.echo(visible(f"  {name:<{width}}  {said}".rstrip()))
