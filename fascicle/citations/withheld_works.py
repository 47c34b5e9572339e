"""Works that an anonymous copy withholds, in styles of numbers.

A label such as `[Author 2014]` stands in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fascicle.citations.citation_order import Use
from fascicle.citations.items.model import Item
from fascicle.document.citation_format import UNNAMED, CitationFormat
from fascicle.document.tree import Citation, Cite, Inline, Text


class WithheldCitations:
    """Takes works that have no number out of citations, and puts their labels back."""

    def __init__(self, items: Sequence[Item], names: Mapping[str, str], format: CitationFormat) -> None:
        shown = items if format in UNNAMED else ()
        self.labels = {names[item.key]: item.label for item in shown if item.label and not item.listed}
        self.names = names

    def items(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """The works that have a number."""
        return tuple(item for item in items if self.names[item.key] not in self.labels)

    def uses(self, uses: Sequence[Use]) -> list[tuple[Use, Use]]:
        """The citations that the engine words, each after itself as it stands in the text."""
        found = []
        for use in uses:
            rest = tuple(one for one in use.cite.citations if self._label(one) is None)
            if rest:
                found.append((use, replace(use, cite=replace(use.cite, citations=rest))))
        return found

    def labelled(self, cite: Cite, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """A citation's words with the labels before them."""
        labels = [f"{label}{_place(one)}" for one in cite.citations if (label := self._label(one))]
        if not labels:
            return content
        between = " " if content else ""
        return (Text(cite.span, f"[{'; '.join(labels)}]{between}"), *content)

    def _label(self, one: Citation) -> str | None:
        return self.labels.get(self.names[one.key])


def _place(one: Citation) -> str:
    """A page behind a label."""
    return f", {one.locator.strip()}" if one.locator.strip() else ""
