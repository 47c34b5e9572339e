"""Walks through Pandoc's tree: every element rewritten, every text gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fascicle.core.pandoc_ast import Inlines, Json

Change = Callable[[Json], "list[Json] | None"]
"""What takes an element's place; None leaves it."""


def rewrite(value: Any, change: Change) -> Any:
    """A copy of a tree in which `change` was asked for each element, the innermost first."""
    if isinstance(value, list):
        made: list[Any] = []
        for item in value:
            new = rewrite(item, change)
            if isinstance(new, dict) and "t" in new and (instead := change(new)) is not None:
                made.extend(instead)
            else:
                made.append(new)
        return made
    if isinstance(value, dict):
        return {key: rewrite(item, change) for key, item in value.items()}
    return value


def elements(value: Any) -> Iterator[Json]:
    """Every element of a tree, the outer before the inner."""
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for item in value.values():
            yield from elements(item)
    elif isinstance(value, list):
        for item in value:
            yield from elements(item)


_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}


def plain(value: Any) -> str:
    """The text of inlines or blocks, notes and raw parts left out."""
    parts: list[str] = []
    _gather(value, parts)
    return "".join(parts)


_BLOCKS = frozenset(
    {"Para", "Plain", "Header", "CodeBlock", "LineBlock", "Table", "Div", "Figure", "FigureGroup"}
)


def _gather(value: Any, parts: list[str]) -> None:
    if isinstance(value, list):
        for item in value:
            _gather(item, parts)
        return
    if not isinstance(value, dict):
        return
    kind = value.get("t")
    if kind == "Str":
        parts.append(value["c"])
    elif kind in _SPACES:
        parts.append(_SPACES[kind])
    elif kind in ("Code", "Math", "CodeBlock"):
        parts.append(value["c"][1])
    elif kind in ("Note", "RawInline", "RawBlock"):
        return
    elif kind == "Quoted":
        _quoted(value, parts)
    elif kind == "Cite":
        _gather(value["c"][1], parts)
    elif kind is not None:
        _gather(value.get("c", []), parts)
    if kind in _BLOCKS:
        parts.append("\n")


def _quoted(value: Json, parts: list[str]) -> None:
    double = value["c"][0]["t"] == "DoubleQuote"
    parts.append("“" if double else "‘")
    _gather(value["c"][1], parts)
    parts.append("”" if double else "’")


def stripped(inlines: Inlines) -> Inlines:
    """Inlines without spaces at their ends."""
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in _SPACES:
        start += 1
    while end > start and inlines[end - 1]["t"] in _SPACES:
        end -= 1
    return inlines[start:end]


def attributes(element: Json) -> list[Any] | None:
    """Identifier, classes and pairs of an element, to be changed in place; None for one that has none."""
    content = element.get("c")
    if element["t"] == "Header":
        found: list[Any] = content[1]  # type: ignore[index]
        return found
    if element["t"] in (
        "Figure",
        "FigureGroup",
        "Table",
        "Div",
        "CodeBlock",
        "Span",
        "Image",
        "Link",
        "Code",
    ):
        return content[0]  # type: ignore[index,no-any-return]
    return None


def pairs(attr: list[Any]) -> dict[str, str]:
    """The key-value pairs of attributes."""
    return dict(attr[2])
