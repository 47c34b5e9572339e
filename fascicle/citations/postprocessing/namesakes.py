"""Namesakes told apart where a list is too long for the engine to do it.

`A. Smith` and `B. Smith` in every citation.

The engine compares every name with every other, which takes a time that grows with the cube of the works. So a long list is
worded without that; then only the works of namesakes are worded once more, a few at a time, and the names taken from there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fascicle.citations.engine.engine import MANY, CslAnswer, CslEngine
from fascicle.citations.engine.skeleton import alone, narrative
from fascicle.citations.items.model import FIRST_ROLES, Item, Person, with_initials_of
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.document.works import ENTRY

_PRIMARY = re.compile(r'givenname-disambiguation-rule="primary-name(-with-initials)?"')
_MOST = 120
"""Most works that are worded together, unless more of them have one family name."""
_INITIALS = r"(?:[^\W\d_]\.[ \u00a0-]{0,2})+"
"""What the engine itself puts before a name where two citations would be the same."""


def told_apart(
    engine: CslEngine, answer: CslAnswer, items: Sequence[Item], problems: Collector
) -> CslAnswer | None:
    """`answer` with the names of namesakes as a shorter list would have them; None, with an error, when the engine fails."""
    if len(items) < MANY or not engine.style.tells_namesakes_apart:
        return answer
    if rule := _PRIMARY.search(engine.style.text):
        names = _first_names(engine, items, full=not rule[1])
        return replace(answer, citations=[_renamed(content, names) for content in answer.citations])
    names = {}
    for group in _groups(namesakes(items)):
        found = _names(engine, group, problems)
        if found is None:
            return None
        names |= found
    return replace(answer, citations=[_renamed(content, names) for content in answer.citations])


def _first_names(engine: CslEngine, items: Sequence[Item], *, full: bool) -> dict[str, tuple[str, str]]:
    """The first name of each work without and with what tells it apart: initials, or with `full` given names where
    initials are the same. Styles that look at first names alone need no engine for it.
    """
    given: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for person in _people(item):
            given[person.family].add(person.given)
    names = {}
    for item in items:
        first = next((people[0] for role in FIRST_ROLES if (people := item.names.get(role))), None)
        others = given[first.family] - {first.given} if first and first.given else set()
        if first is None or not others:
            continue
        initials = with_initials_of(first).given
        alike = full and any(with_initials_of(replace(first, given=one)).given == initials for one in others)
        particle = first.particle if first.keeps_particle else ""
        family = " ".join(filter(None, (particle, first.family)))
        names[engine.names[item.key]] = family, f"{first.given if alike else initials} {family}"
    return names


def namesakes(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Works by a family name that people of different given names have."""
    given: dict[str, set[str]] = defaultdict(set)
    works: dict[str, dict[str, Item]] = defaultdict(dict)
    for item in items:
        for person in _people(item):
            given[person.family].add(person.given)
            works[person.family][item.key] = item
    return {family: list(works[family].values()) for family, found in given.items() if len(found) > 1}


def _people(item: Item) -> Iterator[Person]:
    return (person for people in item.names.values() for person in people if person.family and person.given)


def _groups(by_family: Mapping[str, Sequence[Item]]) -> Iterator[list[Item]]:
    """Works of whole families, as many together as the engine words quickly."""
    group: dict[str, Item] = {}
    for works in by_family.values():
        if group and len(group) + len(works) > _MOST:
            yield list(group.values())
            group = {}
        group |= {item.key: item for item in works}
    if group:
        yield list(group.values())


def _names(
    engine: CslEngine, items: Sequence[Item], problems: Collector
) -> dict[str, tuple[str, str]] | None:
    """The name in a sentence of each work, by what the engine calls it: without and with what tells namesakes apart."""
    called = [engine.names[item.key] for item in items]
    blocks = [
        *map(alone, called),
        *map(narrative, called),
    ]  # a name in a sentence is told apart once it is known
    plain = engine.answer(blocks, items, problems, givennames=False)
    full = engine.answer(blocks, items, problems)
    if plain is None or full is None:
        return None
    pairs = zip(called, plain.citations[len(called) :], full.citations[len(called) :], strict=True)
    read = ((name, _leading(short), _leading(long)) for name, short, long in pairs)
    return {name: (short, long) for name, short, long in read if short and short != long}


def _leading(content: p.Inlines) -> str:
    """The words before the first bracket, note or link."""
    words = ""
    for node in content:
        if node["t"] not in ("Str", "Space") or (node["t"] == "Str" and node["c"][:1] in ("(", "[")):
            break
        words += node["c"] if node["t"] == "Str" else " "
    return words.strip()


def _renamed(content: p.Inlines, names: Mapping[str, tuple[str, str]]) -> p.Inlines:
    """A citation in which each work's own words begin with the name that tells it apart."""
    made = [_inside(node, names) for node in content]
    first = next((name for node in content if (name := _target(node))), "")
    if made and made[0]["t"] == "Str" and first in names:
        return _begun(made, *names[first])
    return made


def _inside(node: p.Json, names: Mapping[str, tuple[str, str]]) -> p.Json:
    if node["t"] == "Link" and (pair := names.get(_target(node))):
        return {**node, "c": [node["c"][0], _begun(node["c"][1], *pair), node["c"][2]]}
    if node["t"] == "Note":
        return {
            **node,
            "c": [{**block, "c": [_inside(one, names) for one in block["c"]]} for block in node["c"]],
        }
    if node["t"] in ("Span", "Superscript"):
        inner = node["c"] if node["t"] == "Superscript" else node["c"][1]
        changed = [_inside(one, names) for one in inner]
        return {**node, "c": changed if node["t"] == "Superscript" else [node["c"][0], changed]}
    return node


def _target(node: p.Json) -> str:
    """What the engine calls the work that a link, or the first link in a note, leads to."""
    if node["t"] == "Link":
        return str(node["c"][2][0]).removeprefix("#").removeprefix(ENTRY)
    if node["t"] == "Note":
        return next((name for block in node["c"] for one in block["c"] if (name := _target(one))), "")
    return ""


def _begun(content: p.Inlines, short: str, long: str) -> p.Inlines:
    """Words that begin with `long` in place of `short`; as they are where they begin otherwise."""
    run = 0
    while run < len(content) and content[run]["t"] in ("Str", "Space"):
        run += 1
    words = "".join(node["c"] if node["t"] == "Str" else " " for node in content[:run])
    lead = words[: len(words) - len(words.lstrip("(["))]
    rest = words[len(lead) :]
    match = re.match(rf"(?:{_INITIALS})?{re.escape(short)}(?!\w)", rest)
    return [*p.strings(lead + long + rest[match.end() :]), *content[run:]] if match else content
