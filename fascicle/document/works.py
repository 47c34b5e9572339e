"""The lists of works of a document.

What every renderer prints at the end, or where the text asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fascicle.document.tree import Block, Inline, ListedWork

ENTRY = "ref-"
"""Before a work's anchor in the target of a link to its entry."""


@dataclass(frozen=True, slots=True)
class SectionList:
    """The works that a section cites, listed at its end."""

    title: tuple[Inline, ...]
    """The section's title."""
    works: tuple[ListedWork, ...]
    """The entries in order."""


@dataclass(frozen=True, slots=True)
class ListOfWorks:
    """The works listed, in the order of the list."""

    heading: str = ""
    """What the list is called, in the publication's language."""
    blocks: tuple[Block, ...] = ()
    """The list as blocks: its divisions under their titles, or one list without any."""
    works: tuple[ListedWork, ...] = ()
    """All entries of the blocks, in their order."""
    own: tuple[SectionList, ...] = ()
    """The sections' own lists."""
    placed: bool = False
    """Whether the text holds the list itself, so that nothing is printed after it."""

    @property
    def places(self) -> Mapping[str, str]:
        """Names of the places that links to entries lead to, by anchor."""
        own = (work for section in self.own for work in section.works)
        return {work.anchor: work.place for work in (*self.works, *own)}

    @property
    def at_end(self) -> tuple[Block, ...]:
        """What is printed after the text."""
        return () if self.placed else self.blocks


NO_WORKS = ListOfWorks()
