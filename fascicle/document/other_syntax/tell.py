"""Tells of others' syntax in the sections.

Once a kind and file, at its first line, with the number of places.
"""

from __future__ import annotations

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Publication, Section
from fascicle.document.other_syntax.find import Found, find_other_syntax, labels_of
from fascicle.document.other_syntax.kinds import KnownIdentifiers

_SHOWN = 60
"""Characters of the longest mend that a hint shows."""


def known_to(publication: Publication) -> KnownIdentifiers:
    """What a publication's text can name."""
    labels = frozenset[str]().union(*(labels_of(section.text) for section in publication.sections))
    made = {section.label for section in publication.sections}
    return KnownIdentifiers(frozenset(publication.bibliography.entries), labels | made)


def tell_other_syntax(publication: Publication, problems: Collector) -> None:
    """Warn of what another program would act on and this one prints as it was typed."""
    known = known_to(publication)
    for section in publication.sections:
        for found in find_other_syntax(section.text, known):
            problems.add(Code.OTHER_SYNTAX, _message(found), _span(section, found), *_hints(found))


def _message(found: Found) -> str:
    more = len(found.places) - 1
    rest = f" ({more} more place{'s'[: more != 1]} in this file)" if more else ""
    return f"{found.what} {found.fate}{rest}"


def _hints(found: Found) -> list[str]:
    mendable = sum(place.instead is not None for place in found.places)
    if not mendable:
        return [found.hint]
    every = "it" if mendable == len(found.places) == 1 else f"{mendable} of {len(found.places)}"
    instead = next((place.instead for place in found.places if place.instead is not None), "")
    shown = f": {instead}" if every == "it" and 0 < len(instead) <= _SHOWN and "\n" not in instead else ""
    return [found.hint, f"`fascicle check --fix` mends {every}{shown}"]


def _span(section: Section, found: Found) -> Span:
    place = found.places[0]
    before = section.text[: place.start]
    line = section.first_line + before.count("\n")
    column = place.start - (before.rfind("\n") + 1) + 1
    end = min(place.end, section.text.find("\n", place.start) % (len(section.text) + 1))
    return Span(section.path, line, column, line, column + max(0, end - place.start))
