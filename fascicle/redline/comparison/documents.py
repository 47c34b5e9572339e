"""Two publications compared: title matter, sections, list of works, and the facts beside the text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from fascicle.core.diagnostics import Span
from fascicle.core.model import PublicationData
from fascicle.document.document import Document, ParsedSection
from fascicle.document.tree import Block, Inline, Node
from fascicle.redline.comparison.changes import Changes
from fascicle.redline.comparison.compare import Comparison
from fascicle.redline.comparison.elements import settled

Path = tuple[str | int, ...]
SUGGESTED: Path = ("suggested",)
"""How to cite the publication, which stands beside the texts of publication.yaml."""
_TEXTS = frozenset({"title", "subtitle", "short_title", "rights", "abstract", "acknowledgements"})
_NOT_PRINTED = frozenset({"editions", "trust", "macros", "bibliographies", "nocite", "declarations", "slug"})


@dataclass(frozen=True, slots=True)
class SectionNode(Node):
    """A section as a node, so that sections are compared like any other nodes."""

    path: str
    """Its file."""
    title: tuple[Inline, ...]
    """Its heading."""
    epigraph: tuple[Block, ...]
    """Its motto."""
    epigraph_source: tuple[Inline, ...]
    """Where the motto comes from."""
    blocks: tuple[Block, ...]
    """Its text."""
    INNER: ClassVar[tuple[str, ...]] = ("title", "epigraph", "epigraph_source", "blocks")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that publication.yaml or a section's front matter states, in both versions."""

    name: str
    """Its key."""
    old: str
    """What the old version states; empty when nothing."""
    new: str
    """What the new version states; empty when nothing."""
    span: Span | None
    """Where the new version states it."""


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """What has changed from one publication to the other."""

    old: Document
    """The old version, its line ends spaces."""
    new: Document
    """The new version, its line ends spaces."""
    matter: Mapping[Path, Changes]
    """Texts of publication.yaml by their path."""
    sections: Changes
    """The sections, as `SectionNode`s."""
    works: Changes
    """The list of works that follows the text."""
    credits: Mapping[str, Changes]
    """Credit lines by the picture's path."""
    facts: tuple[Fact, ...]
    """What is stated otherwise besides."""


def compare_documents(old: Document, new: Document) -> DocumentChanges:
    """What has changed from `old` to `new`, whose citations are worded."""
    comparison = Comparison()
    old, new = settled_document(old), settled_document(new)
    before, after = _matter(old), _matter(new)
    paths = [*after, *(path for path in before if path not in after)]
    matter = {path: comparison.compare(before.get(path, ()), after.get(path, ())) for path in paths}
    pictures = [*new.credits, *(path for path in old.credits if path not in new.credits)]
    return DocumentChanges(
        old,
        new,
        matter,
        comparison.compare(sections_of(old), sections_of(new)),
        comparison.compare(old.works.at_end, new.works.at_end),
        {path: comparison.compare(old.credits.get(path, ()), new.credits.get(path, ())) for path in pictures},
        tuple(_facts(old, new)),
    )


def settled_document(document: Document) -> Document:
    """A document whose line ends are spaces."""
    works = document.works
    return replace(
        document,
        sections=tuple(map(_settled_section, document.sections)),
        inlines={path: settled(tree) for path, tree in document.inlines.items()},
        blocks={path: settled(tree) for path, tree in document.blocks.items()},
        credits={path: settled(tree) for path, tree in document.credits.items()},
        works=replace(works, blocks=settled(works.blocks)),
        suggested=settled(document.suggested),
    )


def _settled_section(parsed: ParsedSection) -> ParsedSection:
    return replace(
        parsed,
        title=settled(parsed.title),
        blocks=settled(parsed.blocks),
        epigraph=settled(parsed.epigraph),
        epigraph_source=settled(parsed.epigraph_source),
    )


def _matter(document: Document) -> dict[Path, tuple[Node, ...]]:
    """Texts of publication.yaml."""
    return {**document.inlines, **document.blocks, SUGGESTED: document.suggested}


def sections_of(document: Document) -> tuple[Node, ...]:
    """The sections as nodes."""
    return tuple(
        SectionNode(
            parsed.heading_span,
            parsed.section.path,
            parsed.title,
            parsed.epigraph,
            parsed.epigraph_source,
            parsed.blocks,
        )
        for parsed in document.sections
    )


def _facts(old: Document, new: Document) -> list[Fact]:
    """What publication.yaml states besides texts, and what sections do."""
    one, other = _stated(old.publication.data), _stated(new.publication.data)
    places = new.publication.places
    found = [
        Fact(name, one.get(name, ""), other.get(name, ""), places.of(name))
        for name in dict.fromkeys((*other, *one))
        if one.get(name, "") != other.get(name, "")
    ]
    earlier = {parsed.section.path: _byline(parsed) for parsed in old.sections}
    for parsed in new.sections:
        before, after = earlier.get(parsed.section.path, ""), _byline(parsed)
        if before != after and parsed.section.path in earlier:
            found.append(Fact("authors", before, after, parsed.section.places.of("authors")))
    return found


def _byline(parsed: ParsedSection) -> str:
    return ", ".join(author.name for author in parsed.section.data.authors)


def _stated(data: PublicationData) -> dict[str, str]:
    left_out = _TEXTS | _NOT_PRINTED
    values = {name: value for name, value in data.model_dump(mode="json").items() if name not in left_out}
    return {
        name.replace("_", "-"): _said(value)
        for name, value in values.items()
        if value not in (None, [], {}, "")
    }


def _said(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return ", ".join(_said(item) for item in value.values() if item not in (None, "", [], {}, False))
    if isinstance(value, list):
        return "; ".join(map(_said, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
