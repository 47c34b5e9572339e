"""The dash for an author named just before, in lists that are divided.

Each division begins anew.

The engine words the list twice, with dashes and without; it sorts both alike. An entry whose two forms differ follows one of
the same author, and so entries fall into groups. In a division the dash stands where the entry before is of the same group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fascicle.document.tree import Inline, ListedWork


@dataclass(frozen=True, slots=True)
class Repeated:
    """An entry as it is after another of its author."""

    group: int
    """The number of the author; entries of one number follow each other in the whole list."""
    content: tuple[Inline, ...]
    """The entry with the dash; that without one where it is the first of its author."""


def repeated_authors(full: Sequence[ListedWork], dashed: Sequence[ListedWork]) -> dict[str, Repeated]:
    """The entries by key, from a list without dashes and the same list with them."""
    found: dict[str, Repeated] = {}
    group = 0
    for plain, other in zip(full, dashed, strict=True):
        group += plain.content == other.content
        found[plain.key] = Repeated(group, other.content)
    return found


def with_dashes(works: Sequence[ListedWork], repeated: Mapping[str, Repeated]) -> list[ListedWork]:
    """The entries of one division, with a dash where the author was named just before."""
    made = list(works)
    for at in range(1, len(works)):
        before, here = (repeated.get(work.key) for work in works[at - 1 : at + 1])
        if before and here and before.group == here.group:
            made[at] = replace(works[at], content=here.content)
    return made
