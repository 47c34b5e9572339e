"""The JSON Schema of `collection.yaml`, by which editors complete and check it."""

from __future__ import annotations

from typing import Any

from fascicle.collection.settings.model import CollectionData
from fascicle.project.schemas import body_of, headed


def collection_schema() -> dict[str, Any]:
    """Of `collection.yaml`."""
    return headed("collection", "Fascicle collection", body_of(CollectionData))
