"""Links to headings by their words, `[see](#the-heading)`, by Pandoc's rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from fascicle.core.diagnostics import Span
from fascicle.document.document import Document, ParsedSection
from fascicle.document.labels import found_label, heading_label
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import CrossRef, Heading, Inline, Link, Node, plain, walk

_DROPPED = re.compile(r"[^\w\s.-]")


def identifier_of(content: tuple[Inline, ...]) -> str:
    """The identifier that Pandoc gives a heading with this text."""
    text = _DROPPED.sub("", plain(content)).lower()
    text = "-".join(text.split())
    first = next((at for at, letter in enumerate(text) if letter.isalpha()), len(text))
    return text[first:] or "section"


def hub_identifier_of(content: tuple[Inline, ...]) -> str:
    """The identifier that GitHub and Obsidian give it: numbers at its beginning stay, stops go."""
    return _DROPPED.sub("", plain(content)).replace(".", "").strip().lower().replace(" ", "-")


def with_heading_identifiers(document: Document) -> Document:
    """`document` with a name for each heading that the text refers to by its words."""
    missing = _missing(document)
    if not missing:
        return document
    names = _Names(missing)
    for parsed in document.sections:
        names.section(parsed)
    if not names.headings and not names.others:
        return document

    def change(node: Node) -> Node:
        return names.changed(node)

    sections = tuple(
        replace(
            parsed,
            blocks=rewritten(parsed.blocks, change),
            epigraph=rewritten(parsed.epigraph, change),
        )
        for parsed in document.sections
    )
    blocks = {path: rewritten(tree, change) for path, tree in document.blocks.items()}
    return replace(document, sections=sections, blocks=blocks)


def _missing(document: Document) -> set[str]:
    """Names to which the text refers and which nothing has been given."""
    wanted, given = set(), {parsed.section.label for parsed in document.sections}
    for node in document.nodes():
        match node:
            case Link(target=target) if target.startswith("#"):
                wanted.add(target[1:])
            case CrossRef(label=label) if label.startswith("sec:"):
                wanted.add(label)
            case Heading() if node.attributes.id:
                given.add(heading_label(node.attributes.id))
            case _:
                attributes = getattr(node, "attributes", None)
                given |= {attributes.id} if attributes and attributes.id else set()
    return {name for name in wanted if found_label(name, given) is None}


@dataclass(slots=True)
class _Names:
    """Names of headings by their words."""

    missing: set[str]
    """Names that are looked for."""
    headings: dict[Span, str] = field(default_factory=dict)
    """Names for headings that had none, by place."""
    others: dict[str, str] = field(default_factory=dict)
    """What is looked for, and the name of the heading that has those words and a name of its own."""
    _seen: dict[str, int] = field(default_factory=dict)

    def section(self, parsed: ParsedSection) -> None:
        """Take in the headings of a section, its title first."""
        if parsed.section.data.heading:
            for name in self._names(parsed.title):
                self.others.setdefault(name, parsed.section.label)
        for node in walk(parsed.blocks):
            if isinstance(node, Heading):
                self._heading(node)

    def _heading(self, node: Heading) -> None:
        for name in self._names(node.content):
            if node.attributes.id:
                self.others.setdefault(name, heading_label(node.attributes.id))
            elif node.span not in self.headings:
                self.headings[node.span] = name.removeprefix("sec:")
            elif name.removeprefix("sec:") != self.headings[node.span]:
                self.others.setdefault(name, heading_label(self.headings[node.span]))

    def _names(self, content: tuple[Inline, ...]) -> Iterator[str]:
        """Which of the names looked for a heading has; of two headings alike the second ends in `-1`."""
        for make in (identifier_of, hub_identifier_of):
            name = make(content)
            number = self._seen[f"{make.__name__} {name}"] = self._seen.get(f"{make.__name__} {name}", -1) + 1
            name = f"{name}-{number}" if number else name
            yield from (each for each in (name, f"sec:{name}") if each in self.missing)

    def changed(self, node: Node) -> Node:
        """A heading with its name, or a reference with the name that is there."""
        match node:
            case Heading() if name := self.headings.get(node.span):
                return replace(node, attributes=replace(node.attributes, id=name))
            case Link(target=target) if name := self._other(target.removeprefix("#"), target):
                return replace(node, target=f"#{name}")
            case CrossRef(label=label) if name := self.others.get(label):
                return replace(node, label=name)
        return node

    def _other(self, name: str, target: str) -> str | None:
        return self.others.get(name) if target.startswith("#") else None
