"""Changes as nodes of the tree: marks in the new version, the deleted text at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fascicle.document import tree as t
from fascicle.document.inline_spacing import sentence_begins
from fascicle.document.tree import Inline, Mark, Marked, MarkedBlock, Node
from fascicle.redline.comparison.changes import (
    Change,
    Changes,
    Deleted,
    Inserted,
    Modified,
    Reformatted,
    Same,
    accepted,
    rejected,
)
from fascicle.redline.comparison.compare import same_itself
from fascicle.redline.comparison.elements import INLINES, Keys, inner, inner_names, joined, with_inner
from fascicle.redline.comparison.words import spoken
from fascicle.redline.marking.change_texts import readable
from fascicle.redline.marking.deleted_text import Gone
from fascicle.redline.marking.listing import Kind, Listing
from fascicle.redline.marking.version_numbers import Side
from fascicle.redline.marking.wholly_marked import Whole

_CALLED: dict[type[Node], str] = {
    t.Cite: "citation", t.Note: "note", t.Math: "formula", t.CrossRef: "reference", t.Link: "link",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before an inline, for references that begin a sentence."""

    old: tuple[Any, ...]
    """In the old version."""
    new: tuple[Any, ...]
    """In the new version."""

    def after(self, *changes: Change) -> Before:
        """The same with more; only the nearest matter."""
        old, new = rejected(changes), accepted(changes)
        return Before((*self.old, *old)[-8:], (*self.new, *new)[-8:])


class InlineMarker:
    """Marks text inside paragraphs."""

    def __init__(self, old: Side, new: Side, listing: Listing, *, notes: bool = False) -> None:
        self.old = old
        self.new = new
        self.listing = listing
        self.gone = Gone(old, notes=notes)
        self.keys = Keys()

    def sequence(self, changes: Changes) -> tuple[Any, ...]:
        """Nodes of whatever kind; blocks know more kinds."""
        return self.inlines(changes)

    def inlines(self, changes: Changes) -> tuple[Any, ...]:
        """Inlines with marks."""
        found: list[Any] = []
        before = Before((), ())
        for changed, group in groupby(changes, lambda one: isinstance(one, Deleted | Inserted)):
            run = tuple(group)
            if changed:
                found += self.run(run, before)
                before = before.after(*run)
            else:
                for change in run:
                    found += self.inline(change, before)
                    before = before.after(change)
        return joined(found)

    def run(self, run: tuple[Change, ...], before: Before) -> Iterator[Inline]:
        """What went and what came at one place: one change."""
        old = joined(change.node for change in run if isinstance(change, Deleted))
        new = joined(change.node for change in run if isinstance(change, Inserted))
        yield from self.replaced(old, new, before)

    def replaced(self, old: tuple[Any, ...], new: tuple[Any, ...], before: Before) -> Iterator[Inline]:
        """Inlines of the old version, and those that stand in their place."""
        kind = Kind.REPLACED if old and new else Kind.DELETED if old else Kind.INSERTED
        entry = self.listing.add(
            kind,
            _what(new or old),
            old=readable(old),
            new=readable(new),
            gone=old[0] if old else None,
            come=new[0] if new else None,
        )
        name = entry.anchor
        if old:
            yield from Whole(Mark.DELETED, name).inlines(self.gone.inlines(old, before.old))
            name = ""
        if new:
            yield from Whole(Mark.INSERTED, name).inlines(new)

    def inline(self, change: Change, before: Before) -> tuple[Any, ...]:
        """An inline that both versions have."""
        match change:
            case Same():
                return self.kept(change.old, change.new, before)
            case Reformatted():
                return (self.reformed(change.old, change.new, change.new),)
            case Modified():
                node = with_inner(
                    change.new, {name: self.sequence(part) for name, part in change.parts.items()}
                )
                if same_itself(change.old, change.new):
                    return (node,)
                return (self.reformed((change.old,), (change.new,), (node,)),)
        return ()

    def reformed(self, old: tuple[Any, ...], new: tuple[Any, ...], shown: tuple[Any, ...]) -> Marked:
        """The same words in another form."""
        entry = self.listing.add(
            Kind.REFORMED, _what(new), old=readable(old), new=readable(new), gone=old[0], come=new[0]
        )
        return Marked(new[0].span, Mark.REFORMED, shown, self.gone.inlines(old), entry.anchor)

    # -- What follows from other changes ---------------------------------------------------------------

    def kept(self, old: Any, new: Any, before: Before | None = None) -> tuple[Any, ...]:
        """A node that is the same; numbers in it that are others are marked as such."""
        match new:
            case t.Cite():
                return self.cited(old, new, before or Before((), ()))
            case t.CrossRef():
                return (self.referred(old, new, before or Before((), ())),)
        if not any(isinstance(node, t.Cite | t.CrossRef) for node in t.walk(new)):
            return (new,)
        parts = {name: self.kept_all(inner(old, name), inner(new, name)) for name in inner_names(type(new))}
        return (with_inner(new, parts),)

    def kept_all(self, old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
        """Nodes that are the same."""
        found: list[Any] = []
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            before = Before(old[:at], new[:at]) if isinstance(other, INLINES) else None
            found += self.kept(one, other, before)
        return tuple(found)

    def cited(self, old: t.Cite, new: t.Cite, before: Before) -> tuple[Any, ...]:
        """A citation of the same works, which its style may word otherwise."""
        if self.keys.all(old.content) == self.keys.all(new.content):
            return (new,)
        if _without_digits(old) != _without_digits(new):
            return tuple(self.replaced((old,), (new,), before))
        return (Marked(new.span, Mark.RENUMBERED, (new,), self.gone.inlines(old.content)),)

    def referred(self, old: t.CrossRef, new: t.CrossRef, before: Before) -> Inline:
        """A reference to the same figure or heading, whose number may be another."""
        former = self.gone.inlines(self.old.reference(old, begins=sentence_begins(before.old)))
        printed = self.new.reference(new, begins=sentence_begins(before.new))
        if readable(former) == readable(printed):
            return new
        return Marked(new.span, Mark.RENUMBERED, (new,), former)


def _without_digits(node: t.Cite) -> str:
    return "".join(sign for sign in spoken(node.content) if not sign.isdigit())


def _what(nodes: tuple[Node, ...]) -> str:
    """What a change is of: of one thing, what that is; else text."""
    kinds = {_CALLED.get(type(node), "text") for node in nodes if spoken(node).strip()}
    return kinds.pop() if len(kinds) == 1 else "text"


def block_of(mark: Mark, blocks: tuple[Any, ...], name: str = "") -> MarkedBlock:
    """Blocks under one mark."""
    return MarkedBlock(blocks[0].span, mark, blocks, name)
