"""`fascicle schema`: a JSON Schema of publication.yaml for editors."""

from __future__ import annotations

import json

import click

from fascicle.project.validation import json_schema


@click.command(short_help="Print a JSON Schema of publication.yaml for editors.")
def schema() -> None:
    """Print a JSON Schema of content/publication.yaml, by which an editor completes and checks it.

    Save it, and name it in the file's first line: # yaml-language-server: $schema=FILE
    """
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
