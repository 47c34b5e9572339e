"""Where in a YAML file the cursor stands, told by indentation, so that half-written files are understood too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel

from fascicle.core.model import EditionSettings, FigureData, PublicationData, SectionData
from fascicle.journals.profile import JournalFile
from fascicle.project.figures.ledger import LEDGER
from fascicle.project.publication import PUBLICATION

_LINE = re.compile(
    r"(?P<indent>[ ]*)(?P<dash>(?:-[ ]+)*)(?:(?P<key>[\w.+-]+|\"[^\"]+\"|'[^']+'):(?:[ ]+|$))?"
)
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlPlace:
    """A place in a YAML file."""

    model: type[BaseModel]
    """What the file, or this part of it, is held to."""
    path: KeyPath
    """The keys around the place, and its own where a value is written."""
    value: bool
    """Whether a value is written here, and no key."""
    begun: str
    """What is written of it before the cursor."""
    siblings: frozenset[str] = frozenset()
    """Keys that stand beside it."""


def model_of(path: str, line: int, text: str) -> tuple[type[BaseModel], int] | None:
    """What a file is held to, and the line of it that YAML begins on; None outside YAML of ours."""
    if path == PUBLICATION:
        return PublicationData, 0
    if path == LEDGER:
        return FigureData, 0
    if path.startswith("templates/editions/"):
        return EditionSettings, 0
    if path.startswith("templates/journals/"):
        return JournalFile, 0
    if path.endswith(".md") and text.startswith("---\n"):
        end = text.find("\n---", 3)
        if 0 < line <= (text.count("\n", 0, end) if end > 0 else text.count("\n")):
            return SectionData, 1
    return None


def yaml_place(path: str, text: str, line: int, column: int) -> YamlPlace | None:
    """The place of the cursor, line and column from 0; None where no YAML of ours is written."""
    found = model_of(path, line, text)
    if found is None:
        return None
    model, first = found
    lines = text.split("\n")
    here = _LINE.match(lines[line])
    if here is None or lines[line].lstrip().startswith("#"):
        return None
    value = bool(here["key"]) and column >= here.end("key") + 1
    around = _around(lines[first:line], _depth(here), in_list=bool(here["dash"]))
    own: KeyPath = (
        *((0,) if here["dash"] else ()),
        *((_bare(here["key"]),) if here["key"] and value else ()),
    )
    before = lines[line][here.end() if value else _depth(here) : column]
    keys = (*around, *own)
    if model is FigureData:
        keys = keys[1:]
        if not around and not value:
            return None  # a picture's name
    return YamlPlace(model, keys, value or _is_item(here, model, keys), before, _siblings(lines, line, first))


def _is_item(here: re.Match[str], model: type[BaseModel], keys: KeyPath) -> bool:
    """Whether an item of a list of plain values is written."""
    from fascicle.project.model_paths import keys_at

    return bool(here["dash"]) and not here["key"] and not keys_at(model, keys)


def _depth(found: re.Match[str]) -> int:
    """The column at which a line's key or item stands."""
    return found.end("dash")


def _bare(key: str) -> str:
    return key.strip("\"'")


def _around(lines: list[str], depth: int, *, in_list: bool) -> KeyPath:
    """The keys that a line at `depth` stands under."""
    path: list[str | int] = []
    for text in reversed(lines):
        found = _LINE.match(text)
        if not text.strip() or text.lstrip().startswith("#") or found is None:
            continue
        if found["key"] and _depth(found) < depth and not (in_list and found["dash"]):
            dashed = bool(found["dash"])
            path[:0] = [*((0,) if dashed else ()), _bare(found["key"])]
            depth, in_list = len(found["indent"]) if dashed else _depth(found), dashed
        elif found["dash"] and len(found["indent"]) < depth and _depth(found) == depth and not in_list:
            path.insert(0, 0)
            depth, in_list = len(found["indent"]) + 1, True
    return tuple(path)


def _siblings(lines: list[str], line: int, first: int) -> frozenset[str]:
    """Keys at the same depth in the lines around that stand together."""
    here = _LINE.match(lines[line])
    depth = _depth(here) if here else 0
    found: set[str] = set()
    for numbers in (range(line - 1, first - 1, -1), range(line + 1, len(lines))):
        for number in numbers:
            other = _LINE.match(lines[number])
            if other is None or not lines[number].strip():
                continue
            if _depth(other) < depth or lines[number].startswith("---"):
                break
            if other["key"] and _depth(other) == depth:
                found.add(_bare(other["key"]))
    return frozenset(found)
