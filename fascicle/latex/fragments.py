"""Step 3 as a whole: the document's trees as LaTeX fragments, with what the template must load for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fascicle.core.identity_key import IdentityKey
from fascicle.document.document import Document, ParsedSection
from fascicle.document.sections.section_openings import section_epigraph, section_headings
from fascicle.document.tree import Block
from fascicle.latex.context import BibtexList, Fragment, RenderContext
from fascicle.latex.escape import Latex, escape
from fascicle.latex.line_map import mark
from fascicle.latex.writer.renderer import render_blocks, render_inlines

Path = tuple[str | int, ...]
_LINE_END = Latex("\n")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The document as LaTeX, ready for a template."""

    body: Fragment
    """All sections in order."""
    texts: Mapping[Path, Fragment]
    """Texts of publication.yaml by their path, such as ("abstract",); empty ones are left out."""
    packages: frozenset[str]
    """Packages that the fragments cannot be set without."""
    languages: frozenset[str]
    """Languages that the fragments switch to."""
    works: Fragment
    """The list of works that follows the text."""
    bibtex: BibtexList | None = None
    """The list that BibTeX words; None where citations and list are worded by us."""


def render(document: Document, context: RenderContext) -> Rendered:
    """Every text of `document` as LaTeX for one edition."""
    # The empty line ends a section's last paragraph in its own file, for SyncTeX.
    body = join([_section(section, context) for section in document.sections], Latex("\n\n"))
    texts = {path: render_inlines(tree, context) for path, tree in document.inlines.items() if tree}
    texts |= {path: render_blocks(tree, context) for path, tree in document.blocks.items() if tree}
    if document.suggested:
        texts[("suggested",)] = render_inlines(document.suggested, context)
    works = render_blocks(document.works.at_end, context)
    everything = join([body, *texts.values(), works])
    return Rendered(body, texts, everything.packages, everything.languages, works, context.bibtex)


def join(fragments: list[Fragment], between: Latex = _LINE_END) -> Fragment:
    """Fragments one after the other, with all that they need."""
    return Fragment(
        Latex(between.join(fragment.latex for fragment in fragments)),
        frozenset().union(*(fragment.packages for fragment in fragments)),
        frozenset().union(*(fragment.languages for fragment in fragments)),
    )


@dataclass(slots=True)
class _Kept:
    """What was rendered last: of a publication that is read again after a change, most sections are the same."""

    context: RenderContext | None = None
    sections: dict[IdentityKey[tuple[Block, ...]], tuple[ParsedSection, Fragment]] = field(
        default_factory=dict
    )


_kept = _Kept()


def _section(parsed: ParsedSection, context: RenderContext) -> Fragment:
    """A section as LaTeX, the last time's where nothing that it depends on is another."""
    if _kept.context != context:
        _kept.context, _kept.sections = context, {}
    key = IdentityKey(parsed.blocks)
    before = _kept.sections.get(key)
    if before is None or before[0] != parsed:
        _kept.sections[key] = before = parsed, _rendered(parsed, context)
    return before[1]


def _rendered(parsed: ParsedSection, context: RenderContext) -> Fragment:
    """A section's heading, its own authors, its epigraph and its text."""
    heading = render_blocks(section_headings(parsed), context)
    text = render_blocks((*section_epigraph(parsed), *parsed.blocks), context)
    return join([heading, *_byline(parsed), text])


def _byline(parsed: ParsedSection) -> Iterator[Fragment]:
    """The section's own authors, in an edited volume."""
    authors = parsed.section.data.authors
    if authors:
        names = (" ".join(filter(None, (author.name, author.native))) for author in authors)
        place = mark(parsed.section.places.of("authors"))
        yield Fragment(Latex(f"{place}\\fasciclebyline{{{escape(', '.join(names))}}}\n"))
