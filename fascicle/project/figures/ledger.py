"""Reads `figures/figures.yaml`, the ledger of pictures with their rights and alt texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import FigureData, Picture
from fascicle.project.sources import Sources
from fascicle.project.validation import places, validate
from fascicle.project.yaml_reader import Located, read_yaml

LEDGER = "figures/figures.yaml"
FOLDER = "figures"


_PAGE = re.compile(r"(.*)#page=(\d+)", re.DOTALL)


def ledger_path(path: str) -> str:
    """The key of a picture by the path typed in the text, which may name a page: `figures/a.pdf#page=2`."""
    found = _PAGE.fullmatch(path)
    return str(PurePosixPath(found[1] if found else path))


def page_of(path: str) -> int:
    """Which page of a file the path names; the first where it names none."""
    found = _PAGE.fullmatch(path)
    return int(found[2]) if found else 1


def read_ledger(sources: Sources, problems: Collector) -> Mapping[str, Picture]:
    """The ledger's pictures by their path relative to the project folder; empty when there is no ledger."""
    if not sources.exists(LEDGER):
        return {}
    text = sources.text(LEDGER, problems)
    if text is None:
        return {}
    located = read_yaml(text, LEDGER, problems)
    if located.value is None:
        return {}
    if not isinstance(located.value, dict):
        span = located.spans.get((), Span(LEDGER))
        hint = "each picture's file name is a key, with its alt text, credit and permission under it"
        problems.add(Code.WRONG_VALUE, f"{LEDGER} must hold keys with values", span, hint)
        return {}
    apart = _apart(located)
    pictures = (
        _picture(name, located.keys[(name,)], apart[name], sources, problems) for name in located.value
    )
    return {picture.path: picture for picture in pictures if picture is not None}


def _picture(name: str, span: Span, below: Located, sources: Sources, problems: Collector) -> Picture | None:
    data = validate(FigureData, below, LEDGER, problems, span.line)
    path = str(PurePosixPath(FOLDER) / name)
    if data is None or sources.locate(path, problems, span) is None:
        return None
    for number, extra in enumerate((data.script, *data.data)):
        if extra is not None and not sources.exists(f"{FOLDER}/{extra}"):
            place = ("data", number - 1) if number else ("script",)
            where = below.spans.get(place, span)
            problems.add(Code.MISSING_FILE, f"the file {FOLDER}/{extra} is not there", where)
    there = sources.exists(path) or data.script is not None
    return Picture(path=path, data=data, span=span, present=there, places=places(below, LEDGER))


def _apart(located: Located) -> dict[str, Located]:
    """The parts of a YAML document under each of its keys, as documents of their own, all in one pass."""
    value = located.value if isinstance(located.value, dict) else {}
    parts = {name: Located(item, {}, {}) for name, item in value.items()}
    for path, span in located.spans.items():
        if path and path[0] in parts:
            parts[path[0]].spans[path[1:]] = span
    for path, span in located.keys.items():
        if path and path[0] in parts:
            parts[path[0]].keys[path[1:]] = span
    return parts
