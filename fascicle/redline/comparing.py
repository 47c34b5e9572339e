"""Two manuscripts compared: their trees, their pictures' files, and both in one text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fascicle.citations.cite import Cited
from fascicle.document.document import Document
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import Figure, Node
from fascicle.pipeline.manuscript import Manuscript
from fascicle.project.figures.print_permission import Prepared
from fascicle.redline.comparison.changes import Changes, accepted, rejected
from fascicle.redline.comparison.compare import FORMER
from fascicle.redline.comparison.documents import (
    SUGGESTED,
    DocumentChanges,
    compare_documents,
    sections_of,
)
from fascicle.redline.comparison.elements import without_places
from fascicle.redline.marking.documents import MarkedDocument, marked_document
from fascicle.redline.marking.version_numbers import side_of


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of a text, and both in one."""

    old: Cited
    """The old version, its other pictures under names of their own."""
    new: Cited
    """The new version."""
    changes: DocumentChanges
    """What has changed from tree to tree."""
    marked: MarkedDocument
    """Both in one."""
    prepared: Mapping[str, Prepared]
    """The pictures of both."""

    def pictures(self, document: Document) -> dict[str, Prepared]:
        """Those of them that a document places."""
        placed = {node.path for node in document.nodes() if isinstance(node, Figure)}
        return {path: picture for path, picture in self.prepared.items() if path in placed}


def compared(old: Manuscript, new: Manuscript, *, notes: bool = False) -> Compared | None:
    """Both manuscripts compared, deleted `notes` as notes; None when the citations of one could not be worded."""
    if old.cited is None or new.cited is None:
        return None
    before = _with_former(old, new)
    changes = compare_documents(before.document, new.cited.document)
    marked = marked_document(
        changes,
        side_of(changes.old, before.resolved.labels),
        side_of(changes.new, new.cited.resolved.labels),
        notes=notes,
    )
    former = {FORMER + path: replace(picture, path=FORMER + path) for path, picture in old.prepared.items()}
    return Compared(before, new.cited, changes, marked, {**old.prepared, **former, **new.prepared})


def _with_former(old: Manuscript, new: Manuscript) -> Cited:
    """The old version with other names for pictures whose files the new version has replaced."""
    assert old.cited is not None  # noqa: S101 - for the type checker; the caller has looked
    replaced = {
        path
        for path, picture in old.prepared.items()
        if path in new.prepared and _bytes(picture) != _bytes(new.prepared[path])
    }
    if not replaced:
        return old.cited

    def change(node: Node) -> Node:
        if isinstance(node, Figure) and node.path in replaced:
            return replace(node, path=FORMER + node.path)
        return node

    return replace(old.cited, document=_rewritten(old.cited.document, change))


def _rewritten(document: Document, change: Callable[[Node], Node]) -> Document:
    sections = tuple(replace(one, blocks=rewritten(one.blocks, change)) for one in document.sections)
    blocks = {path: rewritten(tree, change) for path, tree in document.blocks.items()}
    return replace(document, sections=sections, blocks=blocks)


def _bytes(picture: Prepared) -> bytes | None:
    return picture.file.read_bytes() if picture.file else None


def is_proved(changes: DocumentChanges) -> bool:
    """Whether accepting all gives the new trees, and rejecting all the old ones."""
    sides = ((changes.new, accepted), (changes.old, rejected))
    return all(_gives(changes, document, whole) for document, whole in sides)


def _gives(changes: DocumentChanges, document: Document, whole: Callable[[Changes], tuple[Any, ...]]) -> bool:
    made = {path: whole(part) for path, part in changes.matter.items()}
    given = {**document.inlines, **document.blocks, SUGGESTED: document.suggested}
    pairs = [
        *((made[path], given.get(path, ())) for path in made),
        (whole(changes.sections), sections_of(document)),
        (whole(changes.works), document.works.at_end),
    ]
    return all(without_places(one) == without_places(other) for one, other in pairs)
