"""The command line: reads arguments, runs the pipeline, hands what it says to `report`, returns the exit status."""

from __future__ import annotations

import sys
from typing import Any

import click

from fascicle import __version__
from fascicle.commands.build import build
from fascicle.commands.check import check
from fascicle.commands.cite import cite
from fascicle.commands.clean import clean
from fascicle.commands.doctor import doctor
from fascicle.commands.explain import explain
from fascicle.commands.new import new
from fascicle.commands.preflight import preflight
from fascicle.commands.schema import schema

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells count it."""


class _Commands(click.Group):
    """Runs `build` when the first word is no command, so that `fascicle` and `fascicle --strict` build."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command, 'build' is run. Each command has its own --help.",
)
@click.version_option(__version__, prog_name="fascicle")
def cli() -> None:
    """Turn Markdown sections, a bibliography and a ledger of figures into a PDF that can be cited."""


for command in (build, check, cite, clean, doctor, explain, new, preflight, schema):
    cli.add_command(command)


def run() -> int:
    """Run the process's command line; returns its exit status."""
    try:
        result: Any = cli.main(prog_name="fascicle", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    return result if isinstance(result, int) else 0
