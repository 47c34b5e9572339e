"""`fascicle completion`: lets a shell complete commands, options and names."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Let the shell complete commands, options and names.")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what SHELL needs to complete commands, options, editions, journals, styles and codes.

    \b
    bash: eval "$(fascicle completion bash)"   in ~/.bashrc
    zsh:  eval "$(fascicle completion zsh)"    in ~/.zshrc, after compinit
    fish: fascicle completion fish > ~/.config/fish/completions/fascicle.fish
    """  # noqa: D301 - click takes the sign for "leave these lines as they are"
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"completion is not known for '{shell}'")
    top = context.find_root()
    click.echo(kind(top.command, {}, "fascicle", "_FASCICLE_COMPLETE").source())
