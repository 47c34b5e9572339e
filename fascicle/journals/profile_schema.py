"""The JSON Schema of journals' profiles: each rule's value with its source."""

from __future__ import annotations

from typing import Any

from fascicle.journals.profile import JournalFile, Rules
from fascicle.project.schemas import body_of, headed


def journal_schema() -> dict[str, Any]:
    """Of `templates/journals/NAME.yaml`."""
    body, rules = body_of(JournalFile), body_of(Rules)
    parts = {**rules.pop("$defs", {}), **body.pop("$defs")}
    stated = parts.pop("StatedRule")
    body["properties"]["rules"] = {
        "type": "object",
        "description": body["properties"]["rules"]["description"],
        "properties": {
            name: {
                **stated,
                "description": value.get("description", ""),
                "properties": {**stated["properties"], "value": value},
            }
            for name, value in rules["properties"].items()
        },
        "additionalProperties": False,
    }
    return headed("journal", "Profile of a journal", {"$defs": parts, **body})
