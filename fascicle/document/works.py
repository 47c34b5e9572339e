"""The list of works as nodes of the tree: what every renderer prints at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fascicle.core.diagnostics import Span
from fascicle.document.tree import Inline

ENTRY = "ref-"
"""Before a work's key in the target of a link to its entry."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work in the list."""

    key: str
    """Its key."""
    label: tuple[Inline, ...]
    """The number or label before it; empty in most styles."""
    content: tuple[Inline, ...]
    """The entry."""
    span: Span
    """Where its record stands."""


@dataclass(frozen=True, slots=True)
class ListOfWorks:
    """The works listed, in the order of the list."""

    heading: str = ""
    """What the list is called, in the publication's language."""
    works: tuple[Work, ...] = ()
    """The works."""
    hanging: bool = True
    """Whether the first line of an entry begins further left than the others."""

    @property
    def places(self) -> Mapping[str, str]:
        """Names of the places that links to entries lead to, by key."""
        return {work.key: f"work.{number}" for number, work in enumerate(self.works, 1)}


NO_WORKS = ListOfWorks()
