"""A list of works in its divisions: by entry type, keyword or key, each in its own order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from fascicle.citations.lists.listed import UNNUMBERED, Listed
from fascicle.citations.lists.repeated_authors import with_dashes
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import BibliographyDivision, ListOrder
from fascicle.document.document import Document
from fascicle.document.tree import Block, Heading, ListedWork, ReferenceList, Text
from fascicle.project.bibliography.fields.markup import text
from fascicle.project.bibliography.library import Bibliography


def divided(
    document: Document, works: list[ListedWork], listed: Listed, problems: Collector
) -> list[tuple[BibliographyDivision | None, list[ListedWork]]]:
    """The works by the divisions that the publication states, each work in the first that takes it."""
    divisions = document.publication.data.bibliographies
    if not divisions:
        return [(None, works)]
    _check_keys(document, problems)
    taken: list[list[ListedWork]] = [[] for _ in divisions]
    rest: list[ListedWork] = []
    for work in works:
        fits = (at for at, one in enumerate(divisions) if _takes(one, work, document, listed))
        open_to_all = (at for at, one in enumerate(divisions) if _takes_all(one))
        at = next(fits, next(open_to_all, None))
        (rest if at is None else taken[at]).append(work)
    if rest:
        _tell_rest(document, rest, problems)
    parts = [(one, _ordered(one, some, listed)) for one, some in zip(divisions, taken, strict=True)]
    return [(None, rest), *parts]


def _takes_all(division: BibliographyDivision) -> bool:
    return not (division.types or division.keywords or division.keys)


def _takes(division: BibliographyDivision, work: ListedWork, document: Document, listed: Listed) -> bool:
    bibliography: Bibliography = document.publication.bibliography
    entry = bibliography.entries[work.key]
    keys = {bibliography.aliases.get(key, key) for key in division.keys}
    kinds = {entry.type.lower(), listed.items[work.key].type.lower()}
    words = {word.strip().casefold() for word in re.split(r"[,;]", entry.text("keywords"))}
    return (
        work.key in keys
        or not kinds.isdisjoint(kind.lower().replace("_", "-") for kind in division.types)
        or not words.isdisjoint(word.casefold() for word in division.keywords)
    )


def _ordered(division: BibliographyDivision, works: list[ListedWork], listed: Listed) -> list[ListedWork]:
    """Works in the order that a division asks for; works alike in it stay in the style's."""
    keys = {key: at for at, key in enumerate(division.keys)}
    orders: Mapping[ListOrder, Callable[[ListedWork], tuple[bool, str | int]]] = {
        ListOrder.GIVEN: lambda work: (work.key not in keys, keys.get(work.key, 0)),
        ListOrder.DATE: lambda work: _known(listed.items[work.key].dates.get("issued", "")),
        ListOrder.TITLE: lambda work: _known(text(listed.items[work.key].texts.get("title", ())).casefold()),
    }
    order = orders.get(division.order)
    return sorted(works, key=order) if order else works


def _known(value: str) -> tuple[bool, str]:
    return not value, value


def _check_keys(document: Document, problems: Collector) -> None:
    bibliography: Bibliography = document.publication.bibliography
    for number, division in enumerate(document.publication.data.bibliographies):
        for at, key in enumerate(division.keys):
            if key not in bibliography.entries and key not in bibliography.aliases:
                span = document.publication.places.of("bibliographies", number, "keys", at)
                problems.add(Code.UNDEFINED_CITATION, f"the bibliography has no entry '{key}'", span)


def _tell_rest(document: Document, rest: list[ListedWork], problems: Collector) -> None:
    count = len(rest)
    works = f"'{rest[0].key}' fits" if count == 1 else f"{count} works fit"
    message = (
        f"{works} no division of the bibliography, and stand{'s' * (count == 1)} before them without a title"
    )
    hint = "a division without types, keywords and keys takes whatever is left"
    problems.add(Code.BIBLIOGRAPHY_REST, message, document.publication.places.of("bibliographies"), hint)


def rendered_divisions(
    divided: list[tuple[BibliographyDivision | None, list[ListedWork]]], listed: Listed
) -> tuple[tuple[Block, ...], tuple[ListedWork, ...]]:
    """The divisions as blocks, and their entries, each with a name for its place."""
    blocks: list[Block] = []
    entries: list[ListedWork] = []
    for division, works in divided:
        if not works:
            continue
        first = len(entries) + 1
        dashed = with_dashes(works, listed.repeated)
        named = tuple(replace(work, place=f"work.{at}") for at, work in enumerate(dashed, first))
        span = named[0].span
        if division:
            blocks.append(Heading(span, 2, (Text(span, division.title),), UNNUMBERED))
        blocks.append(ReferenceList(span, named, listed.hanging))
        entries += named
    return tuple(blocks), tuple(entries)
