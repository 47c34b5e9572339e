"""Finds others' syntax in a text: each kind with its places, and what would be written there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from fascicle.document.other_syntax.dialect_kinds import DIALECT_KINDS
from fascicle.document.other_syntax.kinds import KINDS, KnownIdentifiers, Syntax, Where
from fascicle.document.other_syntax.layout import (
    Place,
    indented_prose,
    spaced_emphasis,
    typed_tables,
    unclosed_emphasis,
)
from fascicle.document.other_syntax.masks import outside_fences, outside_literals, outside_ruled_tables
from fascicle.document.other_syntax.typed_kinds import TYPED_KINDS

_LABEL = re.compile(r"\{#([\w:.-]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """The places of one kind in a text."""

    what: str
    """What it is, as the beginning of a sentence."""
    hint: str
    """What to write here."""
    places: tuple[Place, ...]
    """Where it stands, in order."""
    fate: str
    """What becomes of it, as the end of the sentence."""


_LAYOUTS: tuple[tuple[str, str, str, Callable[[str], Iterator[Place]]], ...] = (
    (
        "an indented paragraph",
        "is printed as code",
        "take the spaces or the tab at its beginning away; the template indents paragraphs",
        indented_prose,
    ),
    (
        "a table of tabs or semicolons",
        "is printed as a paragraph",
        "write it with upright lines: | one | two |, and a line |---|---| under the head",
        typed_tables,
    ),
    (
        "an asterisk that begins emphasis",
        "has no other that ends it, and is printed",
        "write *words*, or \\* for the sign itself",
        unclosed_emphasis,
    ),
    (
        "emphasis that ends after a space",
        "is printed with its signs",
        "write *words* without a space inside the signs",
        spaced_emphasis,
    ),
)


def labels_of(text: str) -> frozenset[str]:
    """The labels that a text states."""
    return frozenset(_LABEL.findall(text))


@lru_cache(maxsize=512)  # of a publication that is read again after a change, most texts are the same
def find_other_syntax(text: str, known: KnownIdentifiers) -> tuple[Found, ...]:
    """Each kind that stands in the text; no two places overlap."""
    unfenced = outside_fences(text)
    plain = outside_literals(unfenced)
    texts = {Where.TEXT: plain, Where.CODE: unfenced, Where.ALL: text}
    taken: list[tuple[int, int]] = []
    found = []
    for kind in (*KINDS, *DIALECT_KINDS, *TYPED_KINDS):
        places = tuple(_places(kind, texts[kind.where], known, taken))
        if places:
            taken = sorted([*taken, *((place.start, place.end) for place in places)])
            found.append(Found(kind.what, kind.hint, places, kind.fate))
    loose = outside_ruled_tables(plain)
    for what, fate, hint, look in _LAYOUTS:
        if laid := tuple(look(loose)):
            found.append(Found(what, hint, laid, fate))
    return tuple(found)


def _places(
    kind: Syntax, text: str, known: KnownIdentifiers, taken: list[tuple[int, int]]
) -> Iterator[Place]:
    for match in kind.pattern.finditer(text):
        start, end = match.span()
        if _is_escaped(text, start) or not kind.applies(match, known):
            continue
        if not _is_taken(taken, start, end):
            yield Place(start, end, kind.mend(match, known) if kind.mend else None)


def _is_taken(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a place has some of one of these, which are in order and do not overlap."""
    at = bisect_left(taken, start + 1, key=lambda one: one[1])
    return at < len(taken) and taken[at][0] < end


def _is_escaped(text: str, start: int) -> bool:
    """Whether an odd number of backslashes stands before a place, so that its signs are meant as signs."""
    before = start
    while before and text[before - 1] == "\\":
        before -= 1
    return (start - before) % 2 == 1


def mended(text: str, known: KnownIdentifiers) -> tuple[str, list[Found]]:
    """The text with all written anew that can be without thought, and what that was."""
    changed, places = [], list[Place]()
    for found in find_other_syntax(text, known):
        mendable = tuple(place for place in found.places if place.instead is not None)
        if mendable:
            changed.append(Found(found.what, found.hint, mendable, found.fate))
            places += mendable
    pieces, end = [], 0
    for place in sorted(places, key=lambda one: one.start):
        if place.start >= end:
            pieces += [text[end : place.start], place.instead or ""]
            end = place.end
    return "".join([*pieces, text[end:]]), changed
