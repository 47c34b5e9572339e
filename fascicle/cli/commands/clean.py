"""`fascicle clean`: take away everything that was built."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from fascicle.cli.options import project_option
from fascicle.pipeline.submitted_text import KEPT, journals_with_submissions
from fascicle.project.manifest import state_folder
from fascicle.project.publication import PUBLICATION


@click.command()
@project_option
def clean(project: Path) -> None:
    """Remove build/, the results included.

    What you wrote is never touched; what journals got stays in build/submitted/.
    """
    if not (project / PUBLICATION).is_file():
        raise click.UsageError(
            f"{project.resolve()} is no publication: it has no {PUBLICATION}. Nothing was removed; go to the "
            "publication's folder, or name it with --project"
        )
    folder = project / "build"
    shutil.rmtree(state_folder(project, untrusted=True), ignore_errors=True)
    if folder.is_symlink() or not folder.is_dir():
        click.echo("there is nothing to remove")
        return
    if not (kept := journals_with_submissions(project)):
        shutil.rmtree(folder)
        click.echo(f"removed {folder}/")
        return
    for one in folder.iterdir():
        if one.name != Path(KEPT).name:
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
    click.echo(f"removed {folder}/, but for what {' and '.join(kept)} got ({KEPT}/)")
