"""`fascicle clean`: take away everything that was built."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from fascicle.project.manifest import state_folder


@click.command()
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    envvar="FASCICLE_PROJECT",
    metavar="DIR",
    help="The publication's folder; the present one when not given.",
)
def clean(project: Path) -> None:
    """Remove build/, the results included. What you wrote is never touched."""
    folder = project / "build"
    shutil.rmtree(state_folder(project, untrusted=True), ignore_errors=True)
    if folder.is_symlink() or not folder.is_dir():
        click.echo("there is nothing to remove")
        return
    shutil.rmtree(folder)
    click.echo(f"removed {folder}/")
