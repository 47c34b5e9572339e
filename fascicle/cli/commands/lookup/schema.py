"""`fascicle schema`: JSON Schemas of the YAML files, for editors."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import click

from fascicle.collection.settings.schema import collection_schema
from fascicle.journals.profile_schema import journal_schema
from fascicle.project import schemas

SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "publication": schemas.publication_schema,
    "front-matter": schemas.front_matter_schema,
    "figures": schemas.ledger_schema,
    "edition": schemas.edition_schema,
    "journal": journal_schema,
    "collection": collection_schema,
}
"""What makes each schema, by its name."""


def text_of(name: str) -> str:
    """A schema as a file holds it."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False)


@click.command(short_help="Print a JSON Schema of a YAML file, for editors.")
@click.argument("name", type=click.Choice(list(SCHEMAS)), default="publication")
def schema(name: str) -> None:
    """Print the JSON Schema of a YAML file, by which an editor completes and checks it.

    NAME is publication (content/publication.yaml, when none is given), front-matter (the head of a section), figures
    (figures/figures.yaml), edition or journal (templates/editions/ and journals/), or collection (collection.yaml). Save it, and name it in the
    file's first line: # yaml-language-server: $schema=FILE. A new publication has those of its two files in .schemas/.
    """
    click.echo(text_of(name))
