"""A tree with some of its nodes changed; everything else stays the very same object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from fascicle.document.tree import Node

Tree = TypeVar("Tree")


def rewritten(root: Tree, change: Callable[[Node], Node]) -> Tree:
    """`root` (a node, or tuples of nodes) with `change` done to every node, the innermost first."""
    return _rewritten(root, change)  # type: ignore[no-any-return]


def _rewritten(root: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(root, tuple):
        items = tuple(_rewritten(item, change) for item in root)
        return items if any(new is not old for new, old in zip(items, root, strict=True)) else root
    if not isinstance(root, Node):
        return root
    changes: dict[str, Any] = {}
    for spec in fields(root):
        value = getattr(root, spec.name)
        if isinstance(value, tuple | Node) and (new := _rewritten(value, change)) is not value:
            changes[spec.name] = new
    return change(replace(root, **changes) if changes else root)
