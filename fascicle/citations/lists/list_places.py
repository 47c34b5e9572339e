"""Where the text asks for the list of works: an empty heading that names it, or `::: {#refs}`."""

from __future__ import annotations

from dataclasses import replace

from fascicle.document.document import Document, ParsedSection
from fascicle.document.tree import Block, Div, Heading, plain

_REFS = "refs"
"""Identifier of a division that stands for the list, as Pandoc's users write it."""


def placed(
    document: Document, blocks: tuple[Block, ...], names: frozenset[str]
) -> tuple[tuple[ParsedSection, ...], bool]:
    """The sections with the list at its place, and whether there is one."""
    sections = list(document.sections)
    for number, section in enumerate(sections) if blocks else ():
        found = _in_section(section, blocks, names)
        if found is not None:
            sections[number] = found
            return tuple(sections), True
    return document.sections, False


def _in_section(
    section: ParsedSection, blocks: tuple[Block, ...], names: frozenset[str]
) -> ParsedSection | None:
    """A section with the list at its place; None when it has none."""
    if not section.blocks and _names(section.title, names):
        data = section.section.data.model_copy(update={"numbered": False})
        return replace(section, section=section.section.model_copy(update={"data": data}), blocks=blocks)
    for at, block in enumerate(section.blocks):
        if isinstance(block, Div) and block.attributes.id == _REFS:
            before, after = section.blocks[:at], section.blocks[at + 1 :]
            return replace(section, blocks=(*before, *block.content, *blocks, *after))
        if isinstance(block, Heading) and _names(block.content, names) and _empty(section.blocks, at):
            before, after = section.blocks[:at], section.blocks[at + 1 :]
            return replace(section, blocks=(*before, _unnumbered(block), *_below(blocks, block), *after))
    return None


def _names(content: tuple[object, ...], names: frozenset[str]) -> bool:
    return " ".join(plain(content).split()).casefold().rstrip(":.") in names  # type: ignore[arg-type]


def _empty(blocks: tuple[Block, ...], at: int) -> bool:
    """Whether nothing stands under the heading at `at`."""
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    own = blocks[at]
    return following is None or (
        isinstance(following, Heading) and isinstance(own, Heading) and following.level <= own.level
    )


def _unnumbered(block: Heading) -> Heading:
    classes = dict.fromkeys((*block.attributes.classes, "unnumbered"))
    return replace(block, attributes=replace(block.attributes, classes=tuple(classes)))


def _below(blocks: tuple[Block, ...], above: Heading) -> list[Block]:
    """The list's blocks, titles of its divisions one level below the author's own heading."""
    return [
        replace(block, level=above.level + 1) if isinstance(block, Heading) else block for block in blocks
    ]
