"""A comparison as one publication: the new version with marks, ready for every renderer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fascicle.core.diagnostics import Span
from fascicle.document import tree as t
from fascicle.document.document import Document, ParsedSection
from fascicle.document.tree import Mark, MarkedBlock, plain
from fascicle.document.works import ListOfWorks
from fascicle.redline.comparison.changes import Change, Deleted, Inserted, Modified, Same
from fascicle.redline.comparison.documents import SUGGESTED, DocumentChanges, SectionNode
from fascicle.redline.marking.blocks import Marker
from fascicle.redline.marking.listing import Kind, Listing
from fascicle.redline.marking.moves import Moves
from fascicle.redline.marking.version_numbers import Side
from fascicle.redline.marking.wholly_marked import Whole

FRONT = "Title and front matter"
"""What the list of changes calls the texts of publication.yaml."""


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """Both versions in one."""

    document: Document
    """The new version with the old one's text in it."""
    listing: Listing
    """The changes."""


def marked_document(changes: DocumentChanges, old: Side, new: Side, *, notes: bool = False) -> MarkedDocument:
    """Both versions in one; deleted `notes` stay notes, or else stand in brackets in the place of their marks."""
    return _DocumentMarker(changes, old, new, notes=notes).result()


class _DocumentMarker:
    def __init__(self, changes: DocumentChanges, old: Side, new: Side, *, notes: bool) -> None:
        self.changes = changes
        self.listing = Listing()
        everything = (changes.sections, *changes.matter.values(), changes.works, *changes.credits.values())
        self.marker = Marker(old, new, self.listing, Moves(everything), notes=notes)
        self.parsed = {parsed.section.path: parsed for parsed in changes.new.sections}
        self.waiting: list[Any] = []
        """Blocks of sections that went, before the first that stayed."""

    def result(self) -> MarkedDocument:
        changes, new = self.changes, self.changes.new
        self.listing.enter(FRONT)
        matter = {path: self.marker.sequence(part) for path, part in changes.matter.items()}
        self.facts()
        sections = self.sections()
        self.listing.enter(new.works.heading or "List of works")
        works, sections = self.works(sections)
        for path, part in changes.credits.items():
            self.credit(path, part)
        document = replace(
            new,
            inlines={path: matter.get(path, ()) for path in new.inlines},
            blocks={path: matter.get(path, ()) for path in new.blocks},
            suggested=matter.get(SUGGESTED, ()),
            sections=sections,
            works=works,
        )
        return MarkedDocument(document, self.listing)

    def works(self, sections: tuple[ParsedSection, ...]) -> tuple[ListOfWorks, tuple[ParsedSection, ...]]:
        """The list of works; one that went follows the text where the new version's own stands in the text."""
        works = self.changes.new.works
        blocks = self.marker.blocks(self.changes.works)
        if not works.placed:
            return replace(
                works, blocks=blocks, heading=works.heading or self.changes.old.works.heading
            ), sections
        *others, last = sections
        return works, (*others, replace(last, blocks=(*last.blocks, *blocks)))

    def facts(self) -> None:
        """What is stated otherwise, which the list of changes alone tells."""
        for fact in self.changes.facts:
            kind = Kind.REPLACED if fact.old and fact.new else Kind.DELETED if fact.old else Kind.INSERTED
            self.listing.add(kind, fact.name, old=fact.old, new=fact.new, come=fact.span, anchor="")

    def credit(self, path: str, part: Any) -> None:
        """A credit line that is another, which the list of changes alone tells."""
        from fascicle.redline.comparison.changes import accepted, is_unchanged, rejected
        from fascicle.redline.marking.change_texts import readable

        if not is_unchanged(part):
            old, new = readable(rejected(part)), readable(accepted(part))
            self.listing.add(Kind.REPLACED, f"credit of {path}", old=old, new=new, anchor="")

    def sections(self) -> tuple[ParsedSection, ...]:
        """The new version's sections; the blocks of one that went follow the section before it."""
        found: list[ParsedSection] = []
        for change in self.changes.sections:
            if isinstance(change, Deleted):
                gone = self.gone(change.node)
                if found:
                    found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *gone))
                else:
                    self.waiting += gone
            else:
                made = self.section(change)
                found.append(replace(made, blocks=(*self.waiting, *made.blocks)))
                self.waiting = []
        return tuple(found)

    def section(self, change: Change) -> ParsedSection:
        """A section of the new version."""
        node = change.new if isinstance(change, Same | Modified) else getattr(change, "node", None)
        assert isinstance(node, SectionNode)  # noqa: S101 - for the type checker
        self.listing.enter(plain(node.title) or node.path)
        parsed = self.parsed[node.path]
        match change:
            case Same():
                (made,) = self.marker.kept(change.old, change.new)
            case Modified():
                made = replace(node, **self.marker.parts(change))  # type: ignore[arg-type]
            case _:
                made = self.come(node)
        return replace(
            parsed,
            title=made.title,
            epigraph=made.epigraph,
            epigraph_source=made.epigraph_source,
            blocks=made.blocks,
        )

    def come(self, node: SectionNode) -> SectionNode:
        """A section that the new version alone has: one change for its title, one for each block."""
        anchor = self.listing.add(Kind.INSERTED, "section", new=plain(node.title), come=node).anchor
        whole = Whole(Mark.INSERTED, anchor)
        title = whole.inlines(node.title)
        return replace(
            node,
            title=title,
            epigraph=whole.sequence(node.epigraph),
            epigraph_source=whole.sequence(node.epigraph_source),
            blocks=tuple(self.marker.inserted(Inserted(block)) if block else block for block in node.blocks),
        )

    def gone(self, node: t.Node) -> list[Any]:
        """A section that the old version alone has, as blocks."""
        assert isinstance(node, SectionNode)  # noqa: S101 - for the type checker
        self.listing.enter(f"{plain(node.title) or node.path} (deleted)")
        anchor = self.listing.add(Kind.DELETED, "section", old=plain(node.title), gone=node).anchor
        blocks: list[Any] = []
        if node.title:
            parsed = next(one for one in self.changes.old.sections if one.section.path == node.path)
            from fascicle.document.sections.section_openings import section_heading

            heading = self.marker.gone.block(section_heading(parsed))
            blocks.append(_deleted(node.span, tuple(map(Whole(Mark.DELETED).node, heading)), anchor))
        if motto := self.marker.gone.blocks(node.epigraph):
            blocks.append(_deleted(node.span, tuple(map(Whole(Mark.DELETED).node, motto)), ""))
        if source := self.marker.gone.inlines(node.epigraph_source):
            line = t.Paragraph(node.span, Whole(Mark.DELETED).inlines(source))
            blocks.append(_deleted(node.span, (line,), ""))
        return [*blocks, *self.marker.blocks(tuple(map(Deleted, node.blocks)))]


def _deleted(span: Span, blocks: tuple[Any, ...], name: str) -> MarkedBlock:
    return MarkedBlock(span, Mark.DELETED, blocks, name)
