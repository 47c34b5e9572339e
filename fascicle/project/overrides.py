"""What a collection states of one of its publications, put in the place of what it states itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fascicle.core.diagnostics import Collector
from fascicle.core.model import Publication, PublicationData
from fascicle.project.validation import validate
from fascicle.project.yaml_reader import Located

SOURCE = "the collection"
"""What messages call the place of these values."""
CHAPTERS = "chapters"
"""The key of the pages of other chapters."""
_NEEDED: Mapping[str, Any] = {"title": "-", "authors": [{"literal": "-"}]}
"""What the model wants, so that the rest can be held to it."""


def with_imposed(publication: Publication, imposed: Mapping[str, Any], problems: Collector) -> Publication:
    """The publication with `imposed`, in the form of publication.yaml; what is wrong there has no place in its files."""
    if chapters := imposed.get(CHAPTERS):
        imposed = {key: value for key, value in imposed.items() if key != CHAPTERS}
        publication = publication.model_copy(update={CHAPTERS: dict(chapters)})
    reported = Collector()
    stated = validate(PublicationData, Located({**_NEEDED, **imposed}), SOURCE, reported)
    for found in reported:
        problems.add(found.code, f"{SOURCE}: {found.message}", None, *found.hints)
    if stated is None:
        return publication
    changes = {name: getattr(stated, name) for name in stated.model_fields_set if _key(name) in imposed}
    return publication.model_copy(update={"data": publication.data.model_copy(update=changes)})


def _key(name: str) -> str:
    return name.replace("_", "-")
