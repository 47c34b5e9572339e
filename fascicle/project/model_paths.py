"""What may stand at a place of a YAML file, by the model that the file is held to."""

from __future__ import annotations

from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from fascicle.core.field_docs import field_docstrings
from fascicle.project.yaml_reader import KeyPath


def _unwrapped(annotation: Any) -> Any:
    """The annotation without Annotated, None and container: the type of one item."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _unwrapped(next(arg for arg in get_args(annotation) if arg is not type(None)))
    return annotation


def type_at(model: Any, path: KeyPath) -> Any:
    """The annotation of the value at `path` below `model`."""
    current: Any = model
    for step in path:
        current = _unwrapped(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = current.model_fields
            field = next((f for name, f in fields.items() if step in (name, f.alias)), None)
            if field is None:
                return None
            current = field.annotation
        else:
            arguments = get_args(current)
            current = arguments[-2 if arguments and arguments[-1] is Ellipsis else -1] if arguments else None
    return _unwrapped(current)


def keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that may stand under `path`; none where a value stands or keys are free."""
    found = type_at(model, path)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        return []
    return [field.alias or name for name, field in found.model_fields.items()]


def choices_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The values that are allowed at `path`, where there are few."""
    found = type_at(model, path)
    return [str(item.value) for item in found] if isinstance(found, type) and issubclass(found, Enum) else []


def meaning_at(model: type[BaseModel], path: KeyPath) -> str:
    """What is said of the key at `path`; empty where it is no key of the model's."""
    steps = [step for step in path if isinstance(step, str)]
    if not steps:
        return ""
    parent = type_at(model, path[: len(path) - 1 - list(reversed(path)).index(steps[-1])])
    if not (isinstance(parent, type) and issubclass(parent, BaseModel)):
        return ""
    name = next((n for n, field in parent.model_fields.items() if steps[-1] in (n, field.alias)), "")
    return field_docstrings(parent).get(name, "")
