"""Names that citeproc cannot print.

Family name first without a comma, and a name followed by itself in its own script.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from fascicle.citations.items.model import Item, Person
from fascicle.core import pandoc_ast as p

_INITIALS = r"[^\W\d_]\.(?:[ \u00a0-]{0,2}[^\W\d_]\.)*"
Rewrite = Callable[[p.Inlines], p.Inlines]


def people_in(item: Item) -> list[Person]:
    """Everybody named in a record."""
    return [person for people in item.names.values() for person in people]


def in_order(node: Any, items: Sequence[Item]) -> Any:
    """Citations or entries in which every Eastern name has its family name first, as `Jia Zhangke`."""
    forms = [form for item in items for form in _forms(item)]

    def rewrite(content: p.Inlines) -> p.Inlines:
        for pattern, printed in forms:
            content = substituted(content, pattern, printed)
        return content

    return _everywhere(node, rewrite) if forms else node


def _forms(item: Item) -> Iterator[tuple[re.Pattern[str], str]]:
    """How a record's Eastern names are printed by citeproc, and how they should be.

    Before the last of two names a comma stands only where the first was inverted, which now it is not.
    """
    for people in item.names.values():
        for at, person in enumerate(people):
            if person.eastern and person.family and person.given:
                family, given = re.escape(person.family), re.escape(person.given)
                printed = f"{person.family} {person.given}"
                if at == 0 and len(people) == 2:
                    yield re.compile(rf"(?<!\w){family}, {given}, (?=(?:and|et|und|&) )"), f"{printed} "
                yield re.compile(rf"(?<!\w)(?:{family}, {given}|{given} {family})(?!\w)"), printed


def with_native(content: p.Inlines, people: Iterable[Person]) -> p.Inlines:
    """An entry or a note in which the first mention of each name is followed by the name in its own script."""
    for person in people:
        for pattern, printed in _mentions(person) if person.native else ():
            made = first_replaced(content, pattern, printed)
            if made is not None:
                content = made
                break
    return content


def _mentions(person: Person) -> Iterator[tuple[re.Pattern[str], str]]:
    """A name's whole forms, each with what is printed for it; what stands in brackets follows initials, too."""
    family, given = re.escape(person.family), re.escape(person.given)
    forms = (
        [re.escape(person.literal)]
        if person.literal
        else [rf"{family},? {given}", rf"{given} {family}"]
        if person.given
        else [family]
    )
    printed = rf"\g<0> {person.native}"
    if person.given and person.native.startswith(("[", "(")):
        initials = rf"(?<!\w){family}, {_INITIALS}(?:, (?:Jr|Sr)\.|, [IVX]+)?"
        yield re.compile(rf"{initials}(?= \((?:\d|n\.d))"), f"{printed}."
        yield re.compile(initials), printed
    yield from ((re.compile(rf"(?<!\w){form}(?!\w)"), printed) for form in forms)


def first_replaced(content: p.Inlines, pattern: re.Pattern[str], printed: str) -> p.Inlines | None:
    """Inlines in which the first match is replaced, inside links and spans too; None when there is none."""
    made = substituted(content, pattern, printed, most=1)
    if made is not content:
        return made
    for at, node in enumerate(content):
        if (
            node["t"] in ("Link", "Span")
            and (inner := first_replaced(node["c"][1], pattern, printed)) is not None
        ):
            changed = {**node, "c": [node["c"][0], inner, *node["c"][2:]]}
            return [*content[:at], changed, *content[at + 1 :]]
    return None


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
