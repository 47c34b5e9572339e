"""Names compared as people compare them.

Any case, accents folded, either order, initials standing for given names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from fascicle.core.model import Author
from fascicle.core.text.scripts import is_letter

_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
})  # fmt: skip
"""Letters that Unicode takes for letters of their own, and the signs that typesetting puts for those of a keyboard."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the form in which names are compared, and where each of its characters comes from."""

    text: str
    """Without accents and case; white space of any kind is one space."""
    origins: tuple[int, ...]
    """For each character the index in the original text."""


def fold(text: str) -> Folded:
    """`text` without accents, case, soft hyphens and invisible signs."""
    kept: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for piece in _folded(character):
            if piece == " " and kept[-1:] == [" "]:
                continue
            kept.append(piece)
            origins.append(index)
    return Folded("".join(kept), tuple(origins))


def folded(text: str) -> str:
    """The text of `fold`, without white space at its ends."""
    return fold(text).text.strip()


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    if character.isascii():
        return character.lower()
    apart = unicodedata.normalize("NFKD", character).casefold().translate(_LETTERS)
    return "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf"))


def spellings(name: str) -> tuple[str, ...]:
    """A name folded, and folded with ä, ö and ü as ae, oe and ue."""
    composed = unicodedata.normalize("NFC", name)
    return tuple(dict.fromkeys((folded(composed), folded(composed.translate(_UMLAUTS)))))


def is_east_asian(name: str) -> bool:
    """True for a name written without spaces, in Han characters, kana or hangul."""
    return any(map(is_letter, name))


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """One name, its parts as plain text; a body has a family name alone."""

    family: str
    """Family name with its particle, or the whole name of a body."""
    given: str = ""
    """Given names."""
    native: str = ""
    """The name in its own script."""

    def whole(self) -> Iterator[str]:
        """The whole name in either order, and in its own script."""
        if self.given:
            yield f"{self.given} {self.family}"
            yield f"{self.family} {self.given}"
        else:
            yield self.family
        if self.native:
            yield from _orders(self.native)


def _orders(native: str) -> Iterator[str]:
    """A name in its own script as written, and turned round."""
    first, _, rest = native.partition(" ")
    yield native
    if rest and not is_east_asian(native):
        yield f"{rest} {first}"
        *before, last = native.split()
        yield f"{last} {' '.join(before)}"


def person_of(author: Author) -> NamedPerson:
    """An author of publication.yaml as a name to be compared."""
    return NamedPerson(author.literal or author.family or "", author.given or "", author.native or "")


def same_person(one: NamedPerson, two: NamedPerson) -> bool:
    """Whether two names may be one person's: `Li, Na`, `N. Li` and 李娜 with the same in its own script.

    Families must be equal and given names must not contradict each other. A family name alone is nobody's.
    """
    return any(
        _same(first, second)
        for first in _forms(one)
        for second in _forms(two)
    )  # fmt: skip


def _forms(person: NamedPerson) -> Iterator[tuple[str, str]]:
    """Pairs of family and given names, folded, for every script and spelling in which the name is known."""
    for family in spellings(person.family):
        for given in spellings(person.given):
            yield family, given
    for native in spellings(person.native) if person.native else ():
        yield from _native_forms(native)


def _native_forms(native: str) -> Iterator[tuple[str, str]]:
    if is_east_asian(native) or " " not in native:
        yield native.replace(" ", ""), ""
        return
    *before, last = native.split()
    yield last, " ".join(before)
    first, *after = native.split()
    yield first, " ".join(after)


def _same(one: tuple[str, str], two: tuple[str, str]) -> bool:
    (family, given), (other_family, other_given) = one, two
    if given and other_given:
        if family == other_family and _compatible(given, other_given):
            return True
        # Some bibliographies take the family name for the given one.
        return (family, given) == (other_given, other_family)
    if not given and not other_given:
        return _joined(family) == _joined(other_family)
    # A name that was never taken apart against one that was.
    whole = _joined(family if not given else other_family)
    family, given = (family, given) if given else (other_family, other_given)
    return whole in (_joined(f"{family}{given}"), _joined(f"{given}{family}"))


def _joined(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _compatible(one: str, two: str) -> bool:
    """Whether given names agree as far as both say something: `anna`, `a.`, `anna maria`; `xiao-ming`, `xiaoming`."""
    if _joined(one) == _joined(two):
        return True
    first, second = _parts(one), _parts(two)
    return all(_part_agrees(a, b) for a, b in zip(first, second, strict=False))


def _parts(given: str) -> list[list[str]]:
    """Given names taken apart: `jean-luc p.` is two, the first of two halves, and so is `j.-l. p.`."""
    parts = re.split(r"[\s.,]+", given.replace(".-", "-"))
    halves = ([half for half in part.split("-") if half] for part in parts)
    return [part for part in halves if part]


def _part_agrees(one: list[str], two: list[str]) -> bool:
    """`jean-luc` agrees with `jeanluc`, with `j-l` and with `j`, but not with `jean`, which is another name."""
    if "".join(one) == "".join(two):
        return True
    if all(len(half) == 1 for half in one) or all(len(half) == 1 for half in two):
        return all(a[0] == b[0] for a, b in zip(one, two, strict=False))
    return False
