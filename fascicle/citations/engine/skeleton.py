"""What the engine is given: the citations alone, in their order and their notes, and the records they name.

Citation styles look at the works cited so far and at the notes they stand in, never at an author's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fascicle.citations.citation_order import Use
from fascicle.citations.pandoc_citations import suffix_of
from fascicle.core import pandoc_ast as p
from fascicle.document.citation_format import UNNAMED, CitationFormat
from fascicle.document.tree import Citation, CiteMode, Inline, SoftBreak, Text, plain

LIST = "refs"
"""Identifier of the list of works."""
OPAQUE = "fascicle"
"""Attribute that holds the place of an author's inline that the engine need not understand."""
_DUMMY = p.string("x")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Blocks for the engine."""

    blocks: p.Blocks
    """One paragraph a citation, one for each work that nobody cites, then one for each name that a sentence needs."""
    count: int
    """How many paragraphs cite works, before those that name authors."""
    named: tuple[str, ...]
    """Keys of the works whose authors sentences name, where the citation itself does not do it."""
    opaque: tuple[Inline, ...] = field(default=())
    """Inlines of prefixes and suffixes, by the number that stands for each."""


def skeleton(
    uses: Sequence[Use], names: Mapping[str, str], format: CitationFormat, uncited: Iterable[str] = ()
) -> Skeleton:
    """The citations of `uses`, works called by `names`; the works `uncited` are listed too, as if cited last."""
    builder = _Builder(names, format)
    blocks = [builder.paragraph(use) for use in uses]
    blocks += [alone(name) for name in uncited]
    count = len(blocks)
    named = tuple(dict.fromkeys(key for use in uses for key in builder.nameless(use)))
    if format not in UNNAMED:
        blocks += [narrative(names[key]) for key in named]
    return Skeleton(blocks, count, named, tuple(builder.opaque))


def narrative(name: str) -> p.Json:
    """A paragraph in which a sentence names the author of one work."""
    return _around(p.cite([p.citation(name, "AuthorInText", [], [])], []))


def alone(name: str) -> p.Json:
    """A paragraph that cites one work."""
    return _around(p.cite([p.citation(name, "NormalCitation", [], [])], []))


def _around(cite: p.Json) -> p.Json:
    """Words around a citation: one that opens a note would lose its brackets and gain a stop."""
    return p.para([_DUMMY, p.SPACE, cite, p.SPACE, _DUMMY])


class _Builder:
    def __init__(self, names: Mapping[str, str], format: CitationFormat) -> None:
        self.names = names
        self.format = format
        self.opaque: list[Inline] = []

    def nameless(self, use: Use) -> Iterable[str]:
        """Keys of narrative works that the citation itself does not name."""
        apart = self.format in UNNAMED or (self.format is CitationFormat.NOTE and not use.inside)
        return (one.key for one in use.cite.citations if apart and one.mode is CiteMode.NARRATIVE)

    def paragraph(self, use: Use) -> p.Json:
        number = use.note if self.format is CitationFormat.NOTE else 0
        works = [{**self.work(one, use), "citationNoteNum": number} for one in use.cite.citations]
        content = _around(p.cite(works, []))
        return p.para([p.note([content])]) if use.inside else content

    def work(self, one: Citation, use: Use) -> p.Json:
        mode = "NormalCitation"
        if one.mode is CiteMode.NARRATIVE and not list(self.nameless(use)):
            mode = "AuthorInText"
        elif one.mode is CiteMode.SUPPRESS_AUTHOR and self.format not in UNNAMED | {CitationFormat.NOTE}:
            mode = "SuppressAuthor"
        return p.citation(self.names[one.key], mode, self.inlines(one.prefix), suffix_of(one, self.inlines))

    def inlines(self, content: tuple[Inline, ...]) -> p.Inlines:
        """Plain text as it is; everything else as something that comes back untouched."""
        made: p.Inlines = []
        for node in content:
            if isinstance(node, Text):
                made += p.strings(node.text)
            elif isinstance(node, SoftBreak):
                made.append(p.SPACE)
            else:
                attributes = p.attr("", (), [(OPAQUE, str(len(self.opaque)))])
                made.append(p.span([p.string(plain((node,)) or "x")], attributes))
                self.opaque.append(node)
        return made
