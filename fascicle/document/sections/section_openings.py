"""A section's opening as blocks like any other.

Its heading, and its motto with where that comes from.
"""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.document.document import ParsedSection
from fascicle.document.tree import Attributes, Block, Div, Heading, Inline, Paragraph, Text


def section_heading(parsed: ParsedSection) -> Heading:
    """The heading that a section's title is."""
    classes = () if parsed.section.data.numbered else ("unnumbered",)
    attributes = Attributes(id=parsed.section.label, classes=classes)
    return Heading(parsed.heading_span, 1, parsed.title, attributes)


def section_headings(parsed: ParsedSection) -> tuple[Heading, ...]:
    """The heading, or nothing for a section that prints none."""
    return (section_heading(parsed),) if parsed.section.data.heading else ()


def section_epigraph(parsed: ParsedSection) -> Iterator[Block]:
    """The motto of a section's front matter as a division like those in the text."""
    if parsed.section.data.epigraph is None:
        return
    span = parsed.section.places.of("epigraph")
    content = parsed.epigraph
    if parsed.epigraph_source:
        source = Paragraph(parsed.section.places.of("epigraph", "source"), parsed.epigraph_source)
        content = (*content, Div(source.span, (source,), Attributes(classes=("source",))))
    yield Div(span, content, Attributes(classes=("epigraph",)))


def epigraph_parts(content: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Inline, ...]]:
    """The motto and its source: a last `::: {.source}`, or a last paragraph that begins with a dash."""
    match content:
        case (*motto, Div(content=(Paragraph(content=source),), attributes=attributes)) if (
            "source" in attributes.classes
        ):
            return tuple(motto), source
        case (*motto, Paragraph(content=(Text(text=text, span=span), *rest))) if motto and text[:1] in "—–":
            first = Text(span, text.lstrip("—– \u00a0"))
            return tuple(motto), (first, *rest) if first.text else tuple(rest)
    return content, ()
