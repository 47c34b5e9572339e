"""What an anonymous copy must not hold.

Names, contacts, institutions, money; and how they are found in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from fascicle.core.model import Author, Publication
from fascicle.document.anonymity.name_matching import (
    Folded,
    NamedPerson,
    fold,
    folded,
    is_east_asian,
    person_of,
    spellings,
)


class TermKind(StrEnum):
    """What a trace tells of the author. The first are looked for first: what is part of another is told once."""

    CONTACT = "a way to reach an author"
    NAME = "the whole name of an author"
    AFFILIATION = "an author's institution"
    FUNDING = "who paid for the work"
    FAMILY = "the family name of an author"


WEAK = frozenset({TermKind.FAMILY, TermKind.AFFILIATION, TermKind.FUNDING})
"""What may stand by right in the list of works: other people of the same name, universities' presses."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One string that would give the author away."""

    text: str
    """As it is stated."""
    kind: TermKind
    """What it tells."""


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who is cited, with all that may stand beside the name in a citation."""

    person: NamedPerson
    """The name."""
    companions: frozenset[str] = frozenset()
    """Family names of those who wrote with them."""
    evidence: frozenset[str] = frozenset()
    """What follows the name in citations: years of the works, beginnings of their titles."""


@dataclass(frozen=True, slots=True)
class FoundTrace:
    """A trace in a text."""

    trace: Trace
    """What was found."""
    start: int
    """Index of its first character."""
    end: int
    """Index after its last."""


@dataclass(frozen=True)
class IdentifyingTerms:
    """All traces of one publication, and what looks like them but is somebody else's."""

    traces: tuple[Trace, ...]
    """What must not be found."""
    others: tuple[Other, ...] = ()
    """Cited people who are no authors of the publication."""
    phrases: frozenset[str] = frozenset()
    """What the list of works prints besides names: titles, publishers."""
    numbers_cite: bool = False
    """True when any page number may follow a name in a citation, as MLA has it."""
    names_alone: frozenset[str] = frozenset()
    """Others' family names, as spelled, that citations print with nothing beside them."""

    def find(self, text: str, *, typed: bool = False) -> Iterator[FoundTrace]:
        """Every trace in `text`; `typed` when it is the author's own words, without citations and list of works."""
        seen = fold(text)
        named = _masked(seen.text, self._names)
        weak = named if typed else self._without_works(named, seen, text)
        taken: list[tuple[int, int]] = []
        for trace, pattern in self._patterns:
            for match in pattern.finditer(weak if trace.kind in WEAK else named):
                if any(start <= match.start() and match.end() <= end for start, end in taken):
                    continue
                taken.append(match.span())
                yield FoundTrace(trace, seen.origins[match.start()], seen.origins[match.end() - 1] + 1)

    def redacted(self, text: str) -> str:
        """`text` with a dash in place of every trace."""
        for found in sorted(self.find(text, typed=True), key=lambda found: -found.start):
            text = f"{text[: found.start]}—{text[found.end :]}"
        return text

    def _without_works(self, named: str, seen: Folded, text: str) -> str:
        """The text with citations of others and what the list of works prints blotted out."""
        named = _masked(named, self._works)
        for name in self.names_alone:
            for match in re.finditer(rf"(?<!\w){re.escape(folded(name))}(?!\w)", named):
                first, last = seen.origins[match.start()], seen.origins[match.end() - 1] + 1
                if text[first:last] == name:
                    named = _blotted(named, match)
        return named

    @cached_property
    def _patterns(self) -> list[tuple[Trace, re.Pattern[str]]]:
        """In the order of `TermKind`, long ones first."""
        order = list(TermKind)
        found = [(trace, pattern) for trace in self.traces for pattern in _patterns(trace)]
        return sorted(found, key=lambda one: (order.index(one[0].kind), -len(one[1].pattern)))

    @cached_property
    def _names(self) -> list[re.Pattern[str]]:
        return [pattern for other in self.others for pattern in _name_patterns(other.person)]

    @cached_property
    def _works(self) -> list[re.Pattern[str]]:
        labels = [pattern for other in self.others for pattern in _label_patterns(other, self.numbers_cite)]
        phrases = sorted(self.phrases, key=len, reverse=True)
        return [*labels, *(_loose(phrase) for phrase in phrases if len(re.findall(r"\w+", phrase)) > 1)]


def traces_of(publication: Publication, allowed: Iterable[str] = ()) -> tuple[Trace, ...]:
    """All that tells who wrote `publication`, except what is `allowed` (words that are also no names)."""
    data = publication.data
    authors = [
        *data.authors,
        *(author for section in publication.sections for author in section.data.authors),
    ]
    found = [trace for author in authors for trace in _of_author(author)]
    found += [Trace(place.name, TermKind.AFFILIATION) for place in data.affiliations.values()]
    for grant in data.funding:
        found.append(Trace(grant.funder, TermKind.FUNDING))
        if grant.award and len(grant.award) > 3:
            found.append(Trace(grant.award, TermKind.FUNDING))
    passed = {folded(word) for word in allowed}
    return tuple(trace for trace in dict.fromkeys(found) if folded(trace.text) not in passed)


def _of_author(author: Author) -> Iterator[Trace]:
    person = person_of(author)
    for name in person.whole():
        yield Trace(name, TermKind.NAME)
    if person.given:
        first = re.split(r"[\s]", person.given)[0]
        if first != person.given:
            yield Trace(f"{first} {person.family}", TermKind.NAME)
        if not is_east_asian(person.family):
            yield Trace(person.family, TermKind.FAMILY)
    if person.native and " " in person.native and not is_east_asian(person.native):
        words = person.native.split()
        yield Trace(words[0] if author.family_first else words[-1], TermKind.FAMILY)
    if author.orcid:
        yield Trace(author.orcid, TermKind.CONTACT)
    if author.email:
        yield Trace(author.email, TermKind.CONTACT)


def _patterns(trace: Trace) -> list[re.Pattern[str]]:
    """Patterns of a trace over folded text."""
    if trace.kind is TermKind.CONTACT:
        text = re.escape(folded(trace.text)).replace(r"\-", "-").replace("-", r"[-\s]{0,2}")
        return [re.compile(rf"(?<!\w){text}(?!\w)")]
    return [re.compile(_words(spelling)) for spelling in spellings(trace.text)]


def _words(text: str) -> str:
    """A pattern of the words of `text`, whole, with little between them."""
    words = [re.escape(word) for word in re.findall(r"\w+", text)]
    if is_east_asian(text):
        return r"\s?".join(re.escape(sign) for sign in "".join(words))
    # In a long name even a space that got lost cannot make another word of it.
    gap = r"\W{0,4}" if sum(map(len, words)) > 8 else r"\W{1,4}"
    return rf"(?<!\w){gap.join(words)}(?!\w)"


def _name_patterns(person: NamedPerson) -> Iterator[re.Pattern[str]]:
    """Somebody's whole name in either order, with given names or their initials."""
    family, given = re.escape(folded(person.family)), re.findall(r"\w+", folded(person.given))
    if not given:
        yield _loose(folded(person.family))
        return
    # All of them: of another Li Na-Young, the first half alone may be one of ours.
    parts = r"\W{0,3}".join(map(re.escape, given))
    initials = r"\W{1,3}".join(re.escape(part[0]) for part in given)
    for forms in (parts, rf"{initials}\b\.?"):
        yield re.compile(rf"(?<!\w){family}\W{{1,3}}{forms}(?!\w)")
        yield re.compile(rf"(?<!\w){forms}\W{{1,3}}{family}(?!\w)")


def _label_patterns(other: Other, numbers_cite: bool) -> Iterator[re.Pattern[str]]:
    """`Li 2012`, `Li, Lin and Wang 2012`, `Li et al. 2012`, `Li, Short Title`: the name as citations print it."""
    family = re.escape(folded(other.person.family))
    between = ["et al", "and", "und", "et", "y", "e", "en", "u a", *map(re.escape, sorted(other.companions))]
    after = sorted(other.evidence, key=len, reverse=True)
    evidence = [r"\W{1,3}".join(map(re.escape, re.findall(r"\w+", one))) for one in after]
    if numbers_cite:
        evidence.append(r"\d{1,4}")
    if evidence:
        gap = rf"(?:\W{{1,3}}(?:{'|'.join(between)})(?!\w))*"
        yield re.compile(rf"(?<!\w){family}(?:'s)?{gap}\W{{1,5}}(?:{'|'.join(evidence)})")
    if companions := "|".join(map(re.escape, sorted(other.companions))):
        names = rf"(?:(?:{companions})\W{{1,3}}(?:(?:and|und|et|y|e|en)\W{{1,3}})?)+"
        years = "|".join(evidence) or r"\d"
        yield re.compile(rf"(?<!\w){names}{family}(?:{gap if evidence else ''})\W{{1,5}}(?:{years})")


def _loose(phrase: str) -> re.Pattern[str]:
    """The words of a phrase with any punctuation and white space between them."""
    return re.compile(
        r"(?<!\w)" + r"\W{1,5}".join(map(re.escape, re.findall(r"\w+", folded(phrase)))) + r"(?!\w)"
    )


def _masked(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    return text


def _blotted(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]}{chr(0) * len(match[0])}{text[match.end() :]}"
