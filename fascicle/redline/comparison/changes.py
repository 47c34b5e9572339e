"""What a comparison says of a sequence of nodes, and both versions made of it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fascicle.document.tree import Node
from fascicle.redline.comparison.elements import joined, with_inner


@dataclass(frozen=True, slots=True)
class Same:
    """A node that both versions have; their places may differ, and numbers that follow from others."""

    old: Node
    """As the old version has it."""
    new: Node
    """As the new version has it."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A node that the old version alone has."""

    node: Node
    """The node."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A node that the new version alone has."""

    node: Node
    """The node."""


@dataclass(frozen=True, slots=True)
class Modified:
    """A node that is another inside, or of another form."""

    old: Node
    """As the old version has it."""
    new: Node
    """As the new version has it."""
    parts: Mapping[str, Changes]
    """What has changed in each of its fields."""


@dataclass(frozen=True, slots=True)
class Reformatted:
    """The same words in another form."""

    old: tuple[Node, ...]
    """The old version's inlines."""
    new: tuple[Node, ...]
    """The new version's."""


Change = Same | Deleted | Inserted | Modified | Reformatted
Changes = tuple[Change, ...]


def accepted(changes: Changes) -> tuple[Any, ...]:
    """The new version."""
    return joined(node for change in changes for node in _of(change, "new"))


def rejected(changes: Changes) -> tuple[Any, ...]:
    """The old version."""
    return joined(node for change in changes for node in _of(change, "old"))


def _of(change: Change, version: str) -> tuple[Node, ...]:
    whole: Callable[[Changes], tuple[Any, ...]] = accepted if version == "new" else rejected
    match change:
        case Deleted():
            return (change.node,) if version == "old" else ()
        case Inserted():
            return (change.node,) if version == "new" else ()
        case Modified():
            parts = {name: whole(part) for name, part in change.parts.items()}
            return (with_inner(getattr(change, version), parts),)
        case Reformatted():
            return change.new if version == "new" else change.old
        case Same():
            return (change.new if version == "new" else change.old,)


def every(changes: Changes) -> Iterator[Change]:
    """Every change and what is in it, in reading order."""
    for change in changes:
        yield change
        if isinstance(change, Modified):
            for part in change.parts.values():
                yield from every(part)


def is_unchanged(changes: Changes) -> bool:
    """Whether both versions are alike."""
    return all(isinstance(change, Same) for change in changes)
