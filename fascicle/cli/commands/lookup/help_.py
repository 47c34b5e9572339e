"""`fascicle help`: what a command does and takes."""

from __future__ import annotations

import click

from fascicle.cli.mistyped import command_hint


def _commands(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    group = context.find_root().command
    return [
        name
        for name in (group.list_commands(context) if isinstance(group, click.Group) else ())
        if name.startswith(begun)
    ]


@click.command("help", short_help="Say what a command does and takes.")
@click.argument("command", required=False, shell_complete=_commands)
@click.pass_context
def help_(context: click.Context, command: str | None) -> None:
    """Say what COMMAND does and takes; without one, list all commands."""
    top = context.find_root()
    group = top.command
    if command is None or not isinstance(group, click.Group):
        click.echo(top.get_help())
        return
    found = group.get_command(top, command)
    if found is None:
        raise click.UsageError(
            f"there is no command '{command}'; {command_hint(command, group.list_commands(top))}"
        )
    with click.Context(found, info_name=command, parent=top) as inner:
        click.echo(found.get_help(inner))
