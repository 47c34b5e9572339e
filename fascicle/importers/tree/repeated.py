"""Labels that a source gives twice."""

from __future__ import annotations

from typing import Any

from fascicle.importers.report import Report
from fascicle.importers.tree.walk import attributes

_NAMED = frozenset({"Figure", "FigureGroup", "Table", "Header", "CodeBlock"})


def first_only(value: Any, seen: set[str], report: Report) -> None:
    """Take a label away from what has it second: a reference leads to one thing."""
    if isinstance(value, list):
        for item in value:
            first_only(item, seen, report)
    elif isinstance(value, dict):
        kind = value.get("t", "")
        attr = attributes(value) if kind in _NAMED else None
        name = attr[0] if attr else ""
        if kind == "Math" and len(value["c"]) > 2:
            name = value["c"][2]
        if name and name in seen:
            report.verify("a label that is given twice names the first of the two", name)
            if attr:
                attr[0] = ""
            else:
                value["c"][2] = ""
        elif name:
            seen.add(name)
        for item in value.values():
            first_only(item, seen, report)
