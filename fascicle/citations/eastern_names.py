"""Names that citeproc cannot print: family name first without a comma, and a name followed by itself in its own script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fascicle.citations.model import Person
from fascicle.text import pandoc_nodes as p

Rewrite = Callable[[p.Inlines], p.Inlines]


def in_order(node: Any, people: Sequence[Person]) -> Any:
    """Citations or entries in which every Eastern name has its family name first, as `Jia Zhangke`."""
    forms = [_eastern(person) for person in people if person.eastern and person.family and person.given]

    def rewrite(content: p.Inlines) -> p.Inlines:
        for pattern, printed in forms:
            content = substituted(content, pattern, printed)
        return content

    return _everywhere(node, rewrite) if forms else node


def _eastern(person: Person) -> tuple[re.Pattern[str], str]:
    family, given = re.escape(person.family), re.escape(person.given)
    pattern = re.compile(rf"(?<!\w)(?:{family}, {given}|{given} {family})(?!\w)")
    return pattern, f"{person.family} {person.given}"


def with_native(content: p.Inlines, people: Iterable[Person]) -> p.Inlines:
    """An entry in which the first mention of each name is followed by the name in its own script."""
    for person in people:
        if not person.native:
            continue
        forms = (
            [re.escape(person.literal)]
            if person.literal
            else [
                rf"{re.escape(person.family)},? {re.escape(person.given)}",
                rf"{re.escape(person.given)} {re.escape(person.family)}",
            ]
        )
        for form in forms:
            found = re.compile(rf"(?<!\w){form}(?!\w)")
            made = substituted(content, found, rf"\g<0> {person.native}", most=1)
            if made is not content:
                content = made
                break
    return content


def substituted(content: p.Inlines, pattern: re.Pattern[str], printed: str, *, most: int = 0) -> p.Inlines:
    """Inlines in whose words a pattern is replaced; the very same list when it is not there. Markup parts words."""
    made: p.Inlines = []
    run: p.Inlines = []
    changed = 0

    def flush() -> None:
        nonlocal changed
        text = "".join(one["c"] if one["t"] == "Str" else " " for one in run)
        left = most - changed if most else 0
        if run and not (most and left <= 0) and pattern.search(text):
            text, count = pattern.subn(printed, text, left)
            changed += count
            made.extend(p.strings(text))
        else:
            made.extend(run)
        run.clear()

    for node in content:
        if node["t"] in ("Str", "Space"):
            run.append(node)
        else:
            flush()
            made.append(node)
    flush()
    return made if changed else content


def _everywhere(node: Any, rewrite: Rewrite) -> Any:
    """Every list of inlines below `node` rewritten."""
    if isinstance(node, dict):
        return (
            {**node, "c": _everywhere(node["c"], rewrite)}
            if "c" in node and "citationId" not in node
            else node
        )
    if isinstance(node, list):
        inner = [_everywhere(item, rewrite) for item in node]
        words = inner and all(isinstance(item, dict) and "t" in item for item in inner)
        return rewrite(inner) if words and any(item["t"] == "Str" for item in inner) else inner
    return node
