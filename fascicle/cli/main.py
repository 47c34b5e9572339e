"""The command line: reads arguments, runs the pipeline, hands what it says to `reporter`, returns the exit status."""

from __future__ import annotations

import sys
from importlib import import_module
from io import StringIO
from keyword import iskeyword
from typing import Any

import click

from fascicle import __version__
from fascicle.cli.command_names import COMMANDS, EVERYWHERE, GROUPS, LOOKUP
from fascicle.cli.exit_status import INTERRUPTED, SURROUNDINGS_FAILED
from fascicle.cli.mistyped import command_hint, usage_hint
from fascicle.cli.program_name import typed
from fascicle.core.system.platform_support import POSIX
from fascicle.core.text.visible_text import visible_lines

_BUILTINS = ("help", "list")


class _ElsewhereError(click.ClickException):
    """A command that needs what this system does not have."""

    exit_code = SURROUNDINGS_FAILED

    def __init__(self, command: str) -> None:
        super().__init__(
            f"'fascicle {command}' needs Linux or macOS. On Windows type: wsl --install\n"
            "and, in the Ubuntu that it brings, install Fascicle as docs/install.md says; or work in a container.\n"
            f"These work here, too: {', '.join(EVERYWHERE)}"
        )


class _Commands(click.Group):
    """Runs `build` when the first word is no command, so that `fascicle` and `fascicle --strict` build."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        plain = not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version"))
        if plain and not ctx.resilient_parsing:  # a shell that completes the first word wants the commands
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not ctx.resilient_parsing and args[0] not in COMMANDS:
            raise click.UsageError(f"there is no command '{args[0]}'; {command_hint(args[0], COMMANDS)}")
        if not POSIX and not ctx.resilient_parsing and args[0] not in (*EVERYWHERE, "--help"):
            raise _ElsewhereError(args[0])
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) or cmd_name in _BUILTINS else cmd_name
        folder = "fascicle.cli.commands.lookup" if cmd_name in LOOKUP else "fascicle.cli.commands"
        command: click.Command = getattr(import_module(f"{folder}.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = formatter.width - 6 - max(map(len, COMMANDS))
        for title, names in GROUPS.items():
            with formatter.section(title):
                found = [(name, self.get_command(ctx, name)) for name in names]
                formatter.write_dl(
                    [(name, command.get_short_help_str(width)) for name, command in found if command]
                )


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command, 'build' is run. Each command has its own --help.",
)
@click.version_option(__version__, prog_name="fascicle")
def cli() -> None:
    """Turn Markdown sections, a bibliography and a ledger of figures into a PDF that can be cited."""


def run() -> int:
    """Run the process's command line; returns its exit status."""
    try:
        result: Any = cli.main(prog_name="fascicle", standalone_mode=False)
    except click.ClickException as error:
        words = StringIO()
        error.show(words)
        hint = usage_hint(error, sys.argv[1:]) if isinstance(error, click.UsageError) else ""
        words.write(f"  hint: {hint}\n" if hint else "")
        click.echo(visible_lines(typed(words.getvalue())), err=True, nl=False)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except MemoryError:
        from fascicle.pipeline.confined import too_large

        print(f"error: {too_large().message}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        from fascicle.cli.unexpected import tell

        return tell(error)
    return result if isinstance(result, int) else 0
