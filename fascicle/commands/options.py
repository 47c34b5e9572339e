"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from fascicle import formats

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--project",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        envvar="FASCICLE_PROJECT",
        metavar="DIR",
        help="The publication's folder; the present one when not given.",
    ),
    click.option(
        "--format",
        "form",
        type=click.Choice(formats.NAMES),
        default="human",
        help="How problems are printed: for people, one line each, as JSON lines, as GitHub annotations or as SARIF.",
    ),
    click.option("--strict", is_flag=True, help="Let warnings fail too."),
    click.option(
        "--no-trust",
        is_flag=True,
        help="Run no scripts and pass no raw LaTeX, whatever the publication says of itself.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print problems alone."),
)


def shared(command: F) -> F:
    """Add --project, --format, --strict, --no-trust and --quiet."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def overrides(settings: tuple[str, ...]) -> dict[str, Any]:
    """`options.paper=a5` as {"options": {"paper": "a5"}}."""
    result: dict[str, Any] = {}
    for setting in settings:
        path, equals, value = setting.partition("=")
        if not equals or not path:
            raise click.UsageError(f"--set needs KEY=VALUE, not '{setting}'")
        *parents, key = path.split(".")
        inner = result
        for parent in parents:
            inner = inner.setdefault(parent, {})
        inner[key] = value
    return result
