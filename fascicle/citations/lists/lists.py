"""Puts lists of works where they belong: at the end, in divisions, in sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fascicle.citations.lists.headings import heading, names_of_lists
from fascicle.citations.lists.list_divisions import divided, rendered_divisions
from fascicle.citations.lists.list_places import placed
from fascicle.citations.lists.listed import UNNUMBERED, Listed
from fascicle.citations.lists.repeated_authors import with_dashes
from fascicle.core.diagnostics import Collector
from fascicle.document.document import Document, ParsedSection
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import Block, Citation, Heading, Link, ListedWork, Node, ReferenceList, Text, walk
from fascicle.document.works import ENTRY, ListOfWorks, SectionList
from fascicle.project.bibliography.library import Bibliography


def with_lists(document: Document, listed: Listed, problems: Collector) -> Document:
    """`document`, its citations worded, with its lists in their places."""
    language = document.publication.data.language
    title = heading(listed.style, language)
    sections, own = _own_lists(document, listed, title)
    document = replace(document, sections=sections)
    final = divided(document, _left(document, listed), listed, problems)
    blocks, works = rendered_divisions(final, listed)
    sections, inside = placed(document, blocks, names_of_lists(language))
    whole = ListOfWorks(title, blocks, works, own, inside)
    return replace(document, sections=sections, works=whole)


def _own_lists(
    document: Document, listed: Listed, title: str
) -> tuple[tuple[ParsedSection, ...], tuple[SectionList, ...]]:
    """The sections, each that asks for it with its own list at its end; and these lists."""
    sections: list[ParsedSection] = []
    found: list[SectionList] = []
    for section in document.sections:
        works = _works_of(section, document, listed) if section.section.data.bibliography else ()
        if works:
            number = len(found) + 1
            works = tuple(
                replace(work, anchor=f"{work.key}.s{number}", place=f"work.{number}.{at}")
                for at, work in enumerate(works, 1)
            )
            span = section.section.places.of("bibliography")
            found.append(SectionList(section.title, works))
            end = (
                Heading(span, 2, (Text(span, title),), UNNUMBERED),
                ReferenceList(span, works, listed.hanging),
            )
            anchors = {f"#{ENTRY}{work.key}": f"#{ENTRY}{work.anchor}" for work in works}
            section = replace(section, blocks=(*_led(section.blocks, anchors), *end))
        sections.append(section)
    return tuple(sections), tuple(found)


def _works_of(section: ParsedSection, document: Document, listed: Listed) -> tuple[ListedWork, ...]:
    cited = _cited_in(section, document.publication.bibliography)
    works = [work for work in listed.works if work.key in cited]
    return tuple(with_dashes(works, listed.repeated))


def _cited_in(section: ParsedSection, bibliography: Bibliography) -> set[str]:
    texts = (section.title, section.epigraph, section.epigraph_source, section.blocks)
    return _keys(texts, bibliography)


def _keys(texts: object, bibliography: Bibliography) -> set[str]:
    keys = {node.key for node in walk(texts) if isinstance(node, Citation)}
    return {bibliography.aliases.get(key, key) for key in keys}


def _led(blocks: tuple[Block, ...], anchors: Mapping[str, str]) -> tuple[Block, ...]:
    """Blocks in which links to entries lead to the section's own."""

    def led(node: Node) -> Node:
        return replace(node, target=anchors.get(node.target, node.target)) if isinstance(node, Link) else node

    return rewritten(blocks, led)


def _left(document: Document, listed: Listed) -> list[ListedWork]:
    """The works of the publication's list: all but those that sections with lists of their own cite alone."""
    bibliography = document.publication.bibliography
    own = [section for section in document.sections if section.section.data.bibliography]
    if not own:
        return list(listed.works)
    there = set().union(*(_cited_in(section, bibliography) for section in own))
    others = [section for section in document.sections if section not in own]
    elsewhere = set().union(*(_cited_in(section, bibliography) for section in others))
    elsewhere |= _keys((*document.inlines.values(), *document.blocks.values()), bibliography)
    return [work for work in listed.works if work.key in elsewhere or work.key not in there]
