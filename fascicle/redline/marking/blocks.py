"""Changed blocks with marks: paragraphs, lists, tables, pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fascicle.document import tree as t
from fascicle.document.tree import Mark, Node
from fascicle.redline.comparison.changes import Change, Changes, Deleted, Inserted, Modified, Same
from fascicle.redline.comparison.compare import FORMER, same_itself
from fascicle.redline.comparison.elements import INLINES, Line, with_inner
from fascicle.redline.marking.change_texts import readable
from fascicle.redline.marking.deleted_text import remark
from fascicle.redline.marking.listing import Entry, Kind, Listing
from fascicle.redline.marking.marker import InlineMarker, block_of
from fascicle.redline.marking.moves import Moves
from fascicle.redline.marking.version_numbers import Side
from fascicle.redline.marking.wholly_marked import Whole

_PARTS = (t.ListItem, t.Row, t.Cell, t.Definition, t.ListedWork, Line)
"""Nodes that are neither inlines nor blocks."""
_CALLED: dict[type[Node], str] = {
    t.Paragraph: "paragraph", t.Heading: "heading", t.Figure: "picture", t.FigureGroup: "picture", t.Table: "table",
    t.Row: "row", t.Cell: "cell", t.ListItem: "item", t.BulletList: "list", t.OrderedList: "list",
    t.DefinitionList: "list", t.Definition: "item", t.BlockQuote: "quotation", t.CodeBlock: "code",
    t.ListedWork: "work", t.ReferenceList: "list of works", t.LineBlock: "verse", Line: "line",
    t.Statement: "statement", t.Callout: "box", t.ThematicBreak: "break",
}  # fmt: skip


def called(node: Node) -> str:
    """What a node is called in the list of changes."""
    return _CALLED.get(type(node), "block")


class Marker(InlineMarker):
    """Marks blocks and what they hold."""

    def __init__(self, old: Side, new: Side, listing: Listing, moves: Moves, *, notes: bool = False) -> None:
        super().__init__(old, new, listing, notes=notes)
        self.moves = moves

    def sequence(self, changes: Changes) -> tuple[Any, ...]:
        """Nodes of whatever kind, with marks."""
        first = next((node for change in changes for node in _nodes(change)), None)
        if first is None or isinstance(first, INLINES):
            return self.inlines(changes)
        if isinstance(first, _PARTS):
            return tuple(made for change in changes for made in self.part(change))
        return self.blocks(changes)

    def blocks(self, changes: Changes) -> tuple[Any, ...]:
        """Blocks with marks."""
        return tuple(made for change in changes for made in self.block(change))

    def block(self, change: Change) -> tuple[Any, ...]:
        """One block; a deleted one stands where it stood."""
        match change:
            case Same():
                return self.kept(change.old, change.new)
            case Deleted():
                return (self.deleted(change),)
            case Inserted():
                return (self.inserted(change),)
            case Modified():
                return self.altered(change)
        return ()

    # -- Blocks of one version alone -------------------------------------------------------------------

    def deleted(self, change: Deleted) -> t.MarkedBlock:
        """A block that the old version alone has."""
        node: Any = change.node
        blocks = self.gone.block(node)
        moved = self.moves.of(change)
        entry = moved.entry(self.listing) if moved else self.one(Kind.DELETED, node, gone=node)
        marked = tuple(map(Whole(Mark.DELETED).node, blocks))
        if moved:
            return block_of(
                Mark.DELETED, (_pointer(node, f"→ {entry.number}", moved.to), *marked), moved.came_from
            )
        return block_of(Mark.DELETED, marked, entry.anchor)

    def inserted(self, change: Inserted) -> t.MarkedBlock:
        """A block that the new version alone has."""
        node = change.node
        moved = self.moves.of(change)
        entry = moved.entry(self.listing) if moved else self.one(Kind.INSERTED, node, come=node)
        marked = Whole(Mark.INSERTED).node(node)
        if moved:
            return block_of(
                Mark.INSERTED, (_pointer(node, f"← {entry.number}", moved.came_from), marked), moved.to
            )
        return block_of(Mark.INSERTED, (marked,), entry.anchor)

    def one(self, kind: Kind, node: Node, *, gone: Node | None = None, come: Node | None = None) -> Entry:
        """Note a change of a whole node."""
        old, new = _quoted(gone) if gone else "", _quoted(come) if come else ""
        return self.listing.add(kind, called(node), old=old, new=new, gone=gone, come=come)

    # -- Blocks that are others inside -----------------------------------------------------------------

    def altered(self, change: Modified) -> tuple[Any, ...]:
        """A block that both versions have."""
        match change.new:
            case t.Figure():
                return self.figure(change)
            case t.FigureGroup():
                return self.group(change)
            case t.OrderedList():
                made: tuple[Any, ...] = self.numbered(change)
            case t.Table():
                made = (self.table(change),)
            case _:
                made = (with_inner(change.new, self.parts(change)),)
        if same_itself(change.old, change.new):
            return made
        return (block_of(Mark.REFORMED, made, self.form(change).anchor),)

    def parts(self, change: Modified) -> dict[str, tuple[Any, ...]]:
        """The fields of a node with marks."""
        return {name: self.sequence(part) for name, part in change.parts.items()}

    def form(self, change: Modified, what: str = "") -> Entry:
        """Note another form: a heading's level, a label, a width."""
        old, new = _form(change.old), _form(change.new)
        return self.listing.add(
            Kind.REFORMED, what or called(change.new), old=old, new=new, gone=change.old, come=change.new
        )

    def figure(self, change: Modified) -> tuple[Any, ...]:
        """A picture: another file is shown beside the one that it replaces."""
        old, new = change.old, change.new
        assert isinstance(old, t.Figure)  # noqa: S101 - for the type checker
        assert isinstance(new, t.Figure)  # noqa: S101
        if old.path == new.path:
            made = with_inner(new, self.parts(change))
            return (
                (made,)
                if same_itself(old, new)
                else (block_of(Mark.REFORMED, (made,), self.form(change).anchor),)
            )
        entry = self.listing.add(
            Kind.REPLACED, "picture", old=old.path.removeprefix(FORMER), new=new.path, gone=old, come=new
        )
        made = with_inner(new, self.parts(change))
        return (block_of(Mark.DELETED, (self.gone.picture(old),), entry.anchor), made)

    def group(self, change: Modified) -> tuple[Any, ...]:
        """Pictures side by side, the same ones: captions differ, or files."""
        rows = tuple(tuple(self.part_figure(one) for one in _figures(line)) for line in change.parts["rows"])
        caption = self.sequence(change.parts["caption"])
        made = replace(change.new, rows=rows, caption=caption)  # type: ignore[call-arg]
        entry = None if same_itself(change.old, change.new) else self.form(change)
        gone = []
        for old, new in zip(change.old.figures, change.new.figures, strict=True):  # type: ignore[attr-defined]
            if old.path != new.path:
                name = self.listing.add(
                    Kind.REPLACED, "picture", old=new.path, new=new.path, gone=old, come=new
                ).anchor
                gone.append(block_of(Mark.DELETED, (self.gone.picture(old),), name))
        return (*gone, block_of(Mark.REFORMED, (made,), entry.anchor) if entry else made)

    def part_figure(self, change: Change) -> Any:
        """A picture of a group, which stays where it is."""
        if isinstance(change, Modified):
            return with_inner(change.new, self.parts(change))
        return self.kept(change.old, change.new)[0] if isinstance(change, Same) else None

    def numbered(self, change: Modified) -> tuple[Any, ...]:
        """A list with numbers, which deleted items have no part in: they go on from the item before them."""
        before: list[Any] = []
        items: list[t.ListItem] = []
        for one in change.parts["items"]:
            for item in self.part(one):
                if not isinstance(one, Deleted):
                    items.append(item)
                elif items:
                    items[-1] = replace(items[-1], content=(*items[-1].content, *item.content))
                else:
                    before += item.content
        made = replace(change.new, items=tuple(items))  # type: ignore[call-arg]
        return (*before, made)

    def table(self, change: Modified) -> Any:
        """A table; a head that went is a row of the body."""
        header: list[Any] = []
        rows: list[Any] = []
        for one in change.parts["header"]:
            for row in self.part(one):
                (rows if isinstance(one, Deleted) else header).append(row)
        body = self.sequence(change.parts["rows"])
        caption = self.sequence(change.parts["caption"])
        return replace(change.new, header=tuple(header), rows=(*rows, *body), caption=caption)  # type: ignore[call-arg]

    # -- Items, rows, cells, lines, entries ------------------------------------------------------------

    def part(self, change: Change) -> tuple[Any, ...]:
        """A part of a block."""
        match change:
            case Same():
                return self.kept(change.old, change.new)
            case Deleted():
                return (self.deleted_part(change),)
            case Inserted():
                return (self.inserted_part(change),)
            case Modified():
                return (with_inner(change.new, self.parts(change)),)
        return ()

    def deleted_part(self, change: Deleted) -> Any:
        """A part that the old version alone has."""
        node: Any = change.node
        gone = self.gone
        if isinstance(node, t.ListItem):
            return replace(node, content=tuple(self.item_blocks(change)))
        anchor = self.one(Kind.DELETED, node, gone=node).anchor
        match node:
            case t.Row():
                node = gone.row(node)
            case t.Definition():
                node = gone.definition(node)
            case t.ListedWork():
                node = gone.work(node)
            case t.Cell():
                node = gone.cell(node)
            case Line():
                inline = bool(node.content) and isinstance(node.content[0], INLINES)
                content: Any = node.content
                node = replace(node, content=gone.inlines(content) if inline else gone.blocks(content))
        return Whole(Mark.DELETED, anchor).node(node)

    def inserted_part(self, change: Inserted) -> Any:
        """A part that the new version alone has."""
        node = change.node
        if isinstance(node, t.ListItem):
            return replace(node, content=tuple(self.item_blocks(change)))
        return Whole(Mark.INSERTED, self.one(Kind.INSERTED, node, come=node).anchor).node(node)

    def item_blocks(self, change: Deleted | Inserted) -> list[Any]:
        """What is in an item that one version alone has, as one change."""
        node: Any = change.node
        came = isinstance(change, Inserted)
        mark = Mark.INSERTED if came else Mark.DELETED
        blocks = node.content if came else self.gone.blocks(node.content)
        if not blocks:
            return []
        moved = self.moves.of(change)
        kind = Kind.INSERTED if came else Kind.DELETED
        if moved:
            entry = moved.entry(self.listing)
            own, other = (moved.to, moved.came_from) if came else (moved.came_from, moved.to)
            pointer = _pointer(node, f"{'←' if came else '→'} {entry.number}", other)
            return [block_of(mark, (pointer, *map(Whole(mark).node, blocks)), own)]
        entry = self.one(kind, node, come=node) if came else self.one(kind, node, gone=node)
        return [block_of(mark, tuple(map(Whole(mark).node, blocks)), entry.anchor)]


def _quoted(node: Node) -> str:
    """A node as the list of changes has it: of a work its key, since the entry stands in a list already."""
    return node.key if isinstance(node, t.ListedWork) else readable(node)


def _pointer(node: Node, text: str, target: str) -> t.Paragraph:
    """A line that says where a moved passage stands in the other version."""
    return t.Paragraph(node.span, (remark(node.span, f"[{text}]", target),))


def _nodes(change: Change) -> tuple[Any, ...]:
    match change:
        case Deleted() | Inserted():
            return (change.node,)
        case Same() | Modified():
            return (change.new,)
    return change.new


def _content(node: Node) -> tuple[Any, ...]:
    return node.content if isinstance(node, Line) else ()


def _figures(line: Change) -> Changes:
    """The pictures of a row of a group."""
    if isinstance(line, Same):
        return tuple(map(Same, _content(line.old), _content(line.new)))
    return line.parts["content"] if isinstance(line, Modified) else ()


def _form(node: Any) -> str:
    """What a node is besides its words, in a line."""
    match node:
        case t.Heading(attributes=given):
            label = f" {{#{given.id}}}" if given.id else ""
            return f"level {node.level}{label}"
    attributes = getattr(node, "attributes", None)
    if not isinstance(attributes, t.Attributes):
        return called(node)
    parts = [f"#{attributes.id}"] if attributes.id else []
    parts += [f".{name}" for name in attributes.classes]
    parts += [f"{key}={value}" for key, value in attributes.pairs]
    return "{" + " ".join(parts) + "}" if parts else called(node)
