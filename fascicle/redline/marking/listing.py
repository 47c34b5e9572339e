"""The list of changes: what was done where, each with a number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from fascicle.core.diagnostics import Span
from fascicle.document.tree import Node


class Kind(StrEnum):
    """What was done."""

    INSERTED = "inserted"
    DELETED = "deleted"
    REPLACED = "replaced"
    MOVED = "moved"
    REFORMED = "reformed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change."""

    number: int
    """Its number, from 1."""
    kind: Kind
    """What was done."""
    what: str
    """To what: text, citation, note, formula, picture, paragraph, heading, row, item, label and so on."""
    section: str
    """Title of the section, or what stands in its place."""
    old: str
    """What the old version has, as plain text; empty for insertions."""
    new: str
    """What the new version has, as plain text; empty for deletions."""
    old_span: Span | None
    """Where the old version has it."""
    new_span: Span | None
    """Where the new version has it."""
    anchor: str
    """What links to the change name; empty when it is not shown in the text."""


@dataclass(slots=True)
class Listing:
    """The changes met so far."""

    entries: list[Entry] = field(default_factory=list)
    """The changes in reading order."""
    sections: list[str] = field(default_factory=list)
    """Titles of all sections gone through, in order."""
    section: str = ""
    """The one at hand."""

    def enter(self, section: str) -> None:
        """Go on to another section."""
        self.section = section
        if section not in self.sections:
            self.sections.append(section)

    def add(
        self,
        kind: Kind,
        what: str,
        *,
        old: str = "",
        new: str = "",
        gone: Node | Span | None = None,
        come: Node | Span | None = None,
        anchor: str | None = None,
    ) -> Entry:
        """Note a change; its anchor is made from its number unless one is given."""
        number = len(self.entries) + 1
        entry = Entry(
            number,
            kind,
            what,
            self.section,
            " ".join(old.split()),
            " ".join(new.split()),
            _span(gone),
            _span(come),
            f"change.{number}" if anchor is None else anchor,
        )
        self.entries.append(entry)
        return entry

    def counts(self) -> dict[str, Counter[Kind]]:
        """How many changes of each kind each section has; sections without any are there too."""
        found: dict[str, Counter[Kind]] = {section: Counter() for section in self.sections}
        for entry in self.entries:
            found.setdefault(entry.section, Counter())[entry.kind] += 1
        return found


def _span(node: Node | Span | None) -> Span | None:
    return node.span if isinstance(node, Node) else node
