"""Two sequences of nodes compared, and what is in the nodes that belong together."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from fascicle.document import tree as t
from fascicle.document.tree import Attributes, Node, Text
from fascicle.redline.comparison.align import aligned, paired
from fascicle.redline.comparison.changes import (
    Change,
    Changes,
    Deleted,
    Inserted,
    Modified,
    Reformatted,
    Same,
)
from fascicle.redline.comparison.elements import Keys, Line, inner, inner_names, is_inline, own
from fascicle.redline.comparison.words import bag, has_word, in_words, likeness, spoken

_WHOLE = (
    t.Cite,
    t.Citation,
    t.CrossRef,
    t.Math,
    t.Text,
    t.InlineCode,
    t.RawInline,
    t.RawBlock,
    t.ThematicBreak,
)
"""Nodes that are changed as a whole."""
_CAPTIONED = (t.Figure, t.FigureGroup, t.Table, t.CodeBlock)
LEAST_LIKE = 0.4
"""How alike two blocks must be to be one that has changed."""
LEAST_LIKE_INSIDE = 0.25
"""The same for text inside a paragraph, whose neighbours tell much."""
_LIKE_BY_PLACE = 0.05
"""What nodes of one kind without any words are like."""


class Comparison:
    """Compares trees; it knows each node's key and words."""

    def __init__(self) -> None:
        self.keys = Keys()
        self._bags: dict[int, tuple[Node, Counter[str]]] = {}

    def compare(self, old: tuple[Node, ...], new: tuple[Node, ...]) -> Changes:
        """What has changed from one sequence to the other."""
        if self.keys.all(old) == self.keys.all(new):
            return tuple(map(Same, old, new))
        inline = is_inline(old) or is_inline(new)
        if inline:
            old, new = in_words(old), in_words(new)
        if _in_columns(old, new):
            return tuple(self.pair(one, other) for one, other in zip(old, new, strict=True))
        pairs = aligned(self.keys.all(old), self.keys.all(new))
        changes: list[Change] = []
        i = j = 0
        for to_i, to_j in [*pairs, (len(old), len(new))]:
            changes += self.gap(old[i:to_i], new[j:to_j], inline=inline)
            if to_i < len(old):
                changes.append(Same(old[to_i], new[to_j]))
            i, j = to_i + 1, to_j + 1
        return tuple(_tidied(changes) if inline else changes)

    def gap(self, old: tuple[Node, ...], new: tuple[Node, ...], *, inline: bool) -> list[Change]:
        """Nodes between equal ones: like ones are one that has changed, others went and came."""
        least = LEAST_LIKE_INSIDE if inline else LEAST_LIKE

        def like(i: int, j: int) -> float:
            value = self.like(old[i], new[j])
            return value if value >= least or value == _LIKE_BY_PLACE else 0.0

        pairs = paired(len(old), len(new), like)
        changes: list[Change] = []
        i = j = 0
        for to_i, to_j in [*pairs, (len(old), len(new))]:
            changes += map(Deleted, old[i:to_i])
            changes += map(Inserted, new[j:to_j])
            if to_i < len(old):
                changes.append(self.pair(old[to_i], new[to_j]))
            i, j = to_i + 1, to_j + 1
        return changes

    def pair(self, old: Node, new: Node) -> Change:
        """Two nodes that belong together."""
        if self.keys.of(old) == self.keys.of(new):
            return Same(old, new)
        names = inner_names(type(new))
        return Modified(old, new, {name: self.compare(inner(old, name), inner(new, name)) for name in names})

    def like(self, old: Node, new: Node) -> float:
        """How alike two nodes are; 0 when they cannot be one."""
        if not _may_be_one(old, new):
            return 0.0
        name, other = _named(old), _named(new)
        if name and name == other:
            return 1.0
        one, two = self.bag(old), self.bag(new)
        if not one and not two:
            return _LIKE_BY_PLACE
        return likeness(one, two)

    def bag(self, node: Node) -> Counter[str]:
        """The words of a node."""
        known = self._bags.get(id(node))
        if known is None or known[0] is not node:
            self._bags[id(node)] = known = node, bag(node)
        return known[1]


def _in_columns(old: tuple[Node, ...], new: tuple[Node, ...]) -> bool:
    """Whether both are cells of a row or rows of the same pictures, which stay where they are."""
    if not old or len(old) != len(new):
        return False
    return isinstance(old[0], t.Cell) or (
        isinstance(old[0], Line) and isinstance(next(iter(old[0].content), None), t.Figure)
    )


def _may_be_one(old: Node, new: Node) -> bool:
    """Whether one node can have become the other."""
    if type(old) is not type(new) or isinstance(old, _WHOLE):
        return False
    if isinstance(old, _CAPTIONED) and _is_numbered(old) != _is_numbered(new):
        return False
    match old, new:
        case t.CodeBlock(), t.CodeBlock():
            return old.text == new.text
        case t.Table(), t.Table():
            return len(old.alignments) == len(new.alignments)
        case t.FigureGroup(), t.FigureGroup():
            return _pictures(old) == _pictures(new)
        case (t.Statement(kind=kind), t.Statement(kind=other)) | (
            t.Callout(kind=kind),
            t.Callout(kind=other),
        ):
            return bool(kind == other)
        case t.Quoted(), t.Quoted():
            return old.double == new.double
        case t.ListedWork(), t.ListedWork():
            return old.key == new.key
    return bool(inner_names(type(old)))


def _is_numbered(node: Any) -> bool:
    """Whether something that may have a caption has one, and with it a number."""
    return bool(node.caption or node.attributes.id)


def _pictures(node: t.FigureGroup) -> list[list[str]]:
    return [[figure.path.removeprefix(FORMER) for figure in row] for row in node.rows]


def _named(node: Node) -> str:
    """What a node is called whatever is in it: its label, a picture's path."""
    attributes = getattr(node, "attributes", None)
    if isinstance(attributes, Attributes) and attributes.id:
        return attributes.id
    if isinstance(node, t.Figure):
        return node.path.removeprefix(FORMER)
    if isinstance(node, t.ListedWork):
        return node.key
    return str(getattr(node, "path", ""))


FORMER = "former/"
"""Before the paths of the old version's pictures where the new version's differ."""


def _tidied(changes: list[Change]) -> list[Change]:
    """Lone spaces and signs between changes belong to them; what is the same words is a change of form."""
    loose = _without_islands(changes)
    tidy: list[Change] = []
    for changed, group in groupby(loose, lambda change: isinstance(change, Deleted | Inserted)):
        run = list(group)
        tidy += _sorted(run) if changed else run
    return tidy


def _without_islands(changes: list[Change]) -> list[Change]:
    """Equal texts without a word between two changes, as changed."""
    runs = [
        (changed, list(group))
        for changed, group in groupby(changes, lambda change: isinstance(change, Deleted | Inserted))
    ]
    loose: list[Change] = []
    for at, (changed, run) in enumerate(runs):
        island = 0 < at < len(runs) - 1 and not changed and _is_island(run)
        if island and _replaces(runs[at - 1][1]) and _replaces(runs[at + 1][1]):
            loose += [Deleted(change.old) for change in run if isinstance(change, Same)]
            loose += [Inserted(change.new) for change in run if isinstance(change, Same)]
        else:
            loose += run
    return loose


def _is_island(run: list[Change]) -> bool:
    return all(
        isinstance(change, Same) and isinstance(change.new, Text) and not has_word(change.new.text)
        for change in run
    )


def _replaces(run: list[Change]) -> bool:
    """Whether something went and something else came."""
    return len({type(change) for change in run}) > 1


def _sorted(run: list[Change]) -> list[Change]:
    """First what went, then what came; a change of form when both are the same words."""
    went = [change for change in run if isinstance(change, Deleted)]
    came = [change for change in run if isinstance(change, Inserted)]
    old, new = tuple(change.node for change in went), tuple(change.node for change in came)
    said = spoken(old)
    if said and said == spoken(new) and not any(isinstance(node, t.Cite | t.Note) for node in (*old, *new)):
        return [Reformatted(old, new)]
    return [*went, *came]


def same_itself(old: Node, new: Node) -> bool:
    """Whether two nodes differ in what they hold alone."""
    return own(old) == own(new)
