"""JSON Schemas of the YAML files of a publication, by which editors complete and check them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, TypeAdapter

from fascicle.core.model import EditionSettings, FigureData, PublicationData, SectionData

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = ".schemas"
"""The folder of a new publication that holds its schemas."""
PUBLICATION, LEDGER = "publication", "figures"


def publication_schema() -> dict[str, Any]:
    """Of `content/publication.yaml`."""
    return headed(PUBLICATION, "Fascicle publication", body_of(PublicationData))


def front_matter_schema() -> dict[str, Any]:
    """Of the YAML at the head of a section."""
    return headed("front-matter", "Front matter of a section", body_of(SectionData))


def ledger_schema() -> dict[str, Any]:
    """Of `figures/figures.yaml`: each picture's file name is a key."""
    entry = body_of(FigureData)
    parts = entry.pop("$defs", {})
    body = {
        "$defs": {**parts, "FigureData": entry},
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/FigureData"},
        "description": "The ledger of pictures: each file name, relative to figures/, with what is known of it.",
    }
    return headed(LEDGER, "Ledger of figures", body)


def edition_schema() -> dict[str, Any]:
    """Of `templates/editions/NAME.yaml`."""
    return headed("edition", "Edition", body_of(EditionSettings))


def headed(name: str, title: str, body: dict[str, Any]) -> dict[str, Any]:
    """A schema with what its head needs."""
    return {"$schema": DIALECT, "$id": f"{name}.schema.json", **body, "title": title}


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a model's keys as they are written."""
    return TypeAdapter(model).json_schema(by_alias=True, mode="validation")
