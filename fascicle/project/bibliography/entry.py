"""One entry of a bibliography and its fields, each knowing where its author wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fascicle.core.diagnostics import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry."""

    value: str
    """The value as typed, without its outer braces or quotes, `#` and `@string` names resolved."""
    span: Span
    """Place of the value's first character."""
    verbatim: bool = True
    """False when the value was joined from pieces, so that columns inside it mean nothing."""

    def at(self, offset: int) -> Span:
        """Place of the value's character number `offset`, counted from 0."""
        if not self.verbatim:
            return self.span
        before = self.value[:offset]
        lines = before.count("\n")
        column = offset - before.rfind("\n") if lines else self.span.column + offset
        return Span(self.span.file, self.span.line + lines, column)


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One entry of a bibliography file."""

    key: str
    """The key that citations name."""
    type: str
    """The entry type as typed, in small letters, without its `@`."""
    fields: Mapping[str, Field]
    """The fields by name in small letters; of a field given twice the first."""
    span: Span
    """Place of the entry's `@`."""
    reported: tuple[Diagnostic, ...] = ()
    """What was out of order when it was read, told when it is cited."""

    def text(self, name: str) -> str:
        """The value of a field, or an empty text."""
        found = self.fields.get(name)
        return found.value if found else ""
