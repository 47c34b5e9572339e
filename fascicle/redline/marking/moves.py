"""Passages that went at one place and came at another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fascicle.document import tree as t
from fascicle.document.tree import Node
from fascicle.redline.comparison.changes import Changes, Deleted, Inserted, every
from fascicle.redline.comparison.elements import INLINES, Keys
from fascicle.redline.marking.change_texts import has_words, readable
from fascicle.redline.marking.listing import Entry, Kind, Listing

_FEWEST_WORDS = 4
"""Shorter passages, such as headings of one word, may be alike by chance."""


@dataclass(slots=True)
class Move:
    """One passage that was moved."""

    number: int
    """Which one, from 1."""
    old: Node
    """Where it stood."""
    new: Node
    """Where it stands."""
    _entry: Entry | None = field(default=None)

    @property
    def came_from(self) -> str:
        """Name of the place where it stood."""
        return f"move.{self.number}.from"

    @property
    def to(self) -> str:
        """Name of the place where it stands."""
        return f"move.{self.number}.to"

    def entry(self, listing: Listing) -> Entry:
        """Its entry in the list of changes, which it has once."""
        if self._entry is None:
            self._entry = listing.add(
                Kind.MOVED, "passage", old=readable(self.old), new=readable(self.new),
                gone=self.old, come=self.new, anchor=self.to,
            )  # fmt: skip
        return self._entry


class Moves:
    """The moves in a comparison."""

    def __init__(self, all_changes: Iterable[Changes]) -> None:
        keys = Keys()
        changes = [change for part in all_changes for change in every(part)]
        came: dict[int, list[Inserted]] = {}
        for change in changes:
            if isinstance(change, Inserted) and _movable(change.node):
                came.setdefault(keys.of(change.node), []).append(change)
        self._moves: dict[int, tuple[object, Move]] = {}
        for change in changes:
            if isinstance(change, Deleted) and _movable(change.node):
                waiting = came.get(keys.of(change.node))
                if waiting:
                    self._note(change, waiting.pop(0))

    def _note(self, gone: Deleted, come: Inserted) -> None:
        move = Move(len(self._moves) // 2 + 1, gone.node, come.node)
        self._moves[id(gone)] = gone, move
        self._moves[id(come)] = come, move

    def of(self, change: object) -> Move | None:
        """The move that a deletion or an insertion is part of."""
        found = self._moves.get(id(change))
        return found[1] if found and found[0] is change else None


def _movable(node: Node) -> bool:
    """Whether a node is a block or an item with some words."""
    parts = (t.Row, t.Cell, t.Definition, t.ListedWork)
    return (
        not isinstance(node, (*INLINES, *parts))
        and hasattr(node, "span")
        and has_words(node) >= _FEWEST_WORDS
    )
