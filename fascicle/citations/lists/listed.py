"""What the engine lists, before it is put into its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fascicle.citations.items.model import Item
from fascicle.citations.lists.repeated_authors import Repeated
from fascicle.citations.styles.styles import CitationStyle
from fascicle.document.tree import Attributes, ListedWork

UNNUMBERED = Attributes(classes=("unnumbered",))
"""Of the headings that the program puts above lists."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the engine lists, and how."""

    works: Sequence[ListedWork]
    """All entries in the style's order; the anchor of each is its key."""
    items: Mapping[str, Item]
    """The works by key."""
    style: CitationStyle
    """The style."""
    hanging: bool
    """Whether the first line of an entry begins further left than the others."""
    repeated: Mapping[str, Repeated] = field(default_factory=dict)
    """Entries after another of their author, by key, where the style has a dash there and the list is divided."""
