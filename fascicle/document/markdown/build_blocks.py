"""Turns block tokens into the tree.

What holds other blocks is built here, what holds text in `build_leaves`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markdown_it.token import Token as BlockToken

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Span
from fascicle.document.markdown.attributes import check_language, placed
from fascicle.document.markdown.blocks.parser import tokenize
from fascicle.document.markdown.blocks.table_lines import Pieces
from fascicle.document.markdown.build_divs import callout, statement
from fascicle.document.markdown.build_figures import grouped, is_figure_div, set_apart
from fascicle.document.markdown.build_glosses import example
from fascicle.document.markdown.build_inlines import note_blocks
from fascicle.document.markdown.build_leaves import LeafBuilder
from fascicle.document.markdown.build_list_tables import list_table
from fascicle.document.markdown.source import Excerpt
from fascicle.document.markdown.state import NoteDefinition, ParseTask
from fascicle.document.tree import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Definition,
    DefinitionList,
    Div,
    ListItem,
    ListStyle,
    OrderedList,
    Paragraph,
    Text,
)


class TreeBuilder:
    """Builds the blocks of one text."""

    def __init__(self, work: ParseTask, tokens: list[BlockToken]) -> None:
        self.work = work
        self.tokens = tokens
        self.ends = _ends(tokens)
        self.leaves = LeafBuilder(work, self._excerpt)

    def build(self) -> tuple[Block, ...]:
        """All blocks, and what their footnotes lack."""
        blocks = self._all()
        for name, definition in self.work.notes.items():
            note_blocks(definition, self.work)
            if not definition.used and name not in self.work.meant:
                message = f"no mark in the text refers to the footnote [^{name}]"
                hint = f"put [^{name}] where its number is to stand, or delete the footnote"
                self.work.problems.add(Code.UNUSED_NOTE, message, definition.span, hint)
        return blocks

    def _all(self) -> tuple[Block, ...]:
        """All blocks; footnotes are gathered first, since their marks may stand before them."""
        for index, token in enumerate(self.tokens):
            if token.type == "footnote_open":
                self._define(index, token)
        return self._blocks(0, len(self.tokens))

    def _excerpt(self, pieces: Pieces) -> tuple[Block, ...]:
        """The blocks of a cell, whose lines stand at these places; what a cell in a cell holds is told and not read."""
        if self.work.in_cell:
            return ()
        work = replace(self.work, source=Excerpt(self.work.source, pieces), in_cell=True)
        return TreeBuilder(work, tokenize(work))._all()

    def _define(self, index: int, token: BlockToken) -> None:
        name, span = token.meta["name"], self.work.source.span(*token.meta["place"])
        if name in self.work.notes:
            first = self.work.notes[name].span
            message = f"the footnote [^{name}] has a text already, on line {first.line}"
            self.work.problems.add(Code.DUPLICATE_NOTE, message, span, "give one of the two another name")
            return
        self.work.notes[name] = NoteDefinition(span, lambda: self._blocks(index + 1, self.ends[index]))

    def _blocks(self, first: int, last: int, *, apart_figures: bool = True) -> tuple[Block, ...]:
        blocks: list[Block] = []
        apart = True
        while first < last:
            token = self.tokens[first]
            end = self.ends[first]
            if block := self._block(token, first, end):
                if not apart and isinstance(block, BulletList) and isinstance(blocks[-1], BulletList):
                    block = _joined(blocks.pop(), block)
                blocks += set_apart(block) if apart_figures else (block,)
            apart = not blocks or token.type in ("comment", "footnote_open")
            first = end + 1
        return tuple(blocks)

    def _block(self, token: BlockToken, first: int, end: int) -> Block | None:
        if leaf := _LEAVES.get(token.type):
            return leaf(self.leaves, token)
        container = _CONTAINERS.get(token.type)
        return container(self, first, end) if container else None

    # -- Containers ------------------------------------------------------------------------------------

    def _quote(self, index: int, end: int) -> Block:
        return BlockQuote(self.leaves.span(self.tokens[index]), self._blocks(index + 1, end))

    def _div(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        attributes = NO_ATTRIBUTES
        if "place" in token.meta:
            span = self.work.source.span(*token.meta["place"])
            name, braces = token.meta["name"], token.meta["braces"]
            attributes = placed(braces, span) if braces else Attributes(classes=(name,), span=span)
            check_language(attributes, self.work.problems)
        span = self.leaves.span(token)
        content = self._blocks(index + 1, end, apart_figures=not is_figure_div(attributes))
        if table := list_table(span, attributes, content, self.work.problems):
            return table
        if made := example(span, attributes, content, self.work.problems):
            return made
        made = grouped(span, attributes, content) or statement(span, attributes, content)
        return made or callout(span, attributes, content) or Div(span, content, attributes)

    def _items(self, index: int, end: int) -> tuple[tuple[ListItem, ...], bool]:
        items: list[ListItem] = []
        tight = True
        at = index + 1
        while at < end:
            last = self.ends[at]
            level = self.tokens[at].level + 1
            inside = self.tokens[at + 1 : last]
            tight = tight and all(t.hidden for t in inside if t.level == level and t.type == "paragraph_open")
            items.append(ListItem(self.leaves.span(self.tokens[at]), self._item(at + 1, last)))
            at = last + 1
        return tuple(items), tight

    def _item(self, first: int, last: int) -> tuple[Block, ...]:
        """An item's blocks; what begins with a box, typed without a backslash, is a task."""
        content = self._blocks(first, last)
        pieces = self.tokens[first].meta.get("pieces") if first < last else None
        if not pieces or not self.work.source.text.startswith(tuple(_BOXES), pieces[0][0]):
            return content
        return _ticked(content)

    def _bullets(self, index: int, end: int) -> Block:
        items, tight = self._items(index, end)
        return BulletList(self.leaves.span(self.tokens[index]), items, tight)

    def _numbers(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        items, tight = self._items(index, end)
        if marker := token.meta.get("marker"):
            names = tuple(token.meta["names"]) if marker.style is ListStyle.EXAMPLE else ()
            span = self.leaves.span(token)
            return OrderedList(span, items, marker.number, tight, marker.style, marker.around, names)
        start = token.attrGet("start")
        first = 1 if start is None else int(start)
        around = ("", token.markup or ".")
        return OrderedList(self.leaves.span(token), items, first, tight, around=around)

    def _definitions(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        entries: list[tuple[BlockToken, list[tuple[Block, ...]]]] = []
        at = index + 1
        while at < end:
            last = self.ends[at]
            if self.tokens[at].type == "term_open":
                entries.append((self.tokens[at], []))
            else:
                entries[-1][1].append(self._blocks(at + 1, last))
            at = last + 1
        items = tuple(
            Definition(self.leaves.span(term), self.leaves.inlines(term.meta["pieces"]), tuple(meanings))
            for term, meanings in entries
        )
        return DefinitionList(self.leaves.span(token), items, token.meta["tight"])


_BOXES = {"[ ] ": "☐\u00a0", "[x] ": "☒\u00a0", "[X] ": "☒\u00a0"}


def _ticked(content: tuple[Block, ...]) -> tuple[Block, ...]:
    """An item of a list of tasks, with its box as a character."""
    match content:
        case (Paragraph(content=(Text(text=text) as first, *rest)) as head, *others) if text[:4] in _BOXES:
            ticked = replace(first, text=_BOXES[text[:4]] + text[4:])
            return (replace(head, content=(ticked, *rest)), *others)
    return content


def _joined(first: Block, second: BulletList) -> BulletList:
    """Two bullet lists with nothing between them are one, whatever their marks: so Pandoc reads them."""
    assert isinstance(first, BulletList)  # noqa: S101
    span = Span(
        first.span.file, first.span.line, first.span.column, second.span.end_line, second.span.end_column
    )
    return BulletList(span, first.items + second.items, first.tight and second.tight)


def _ends(tokens: list[BlockToken]) -> list[int]:
    """For each token the index of the one that closes it; its own index when it stands alone."""
    ends = list(range(len(tokens)))
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            stack.append(index)
        elif token.nesting < 0:
            ends[stack.pop()] = index
    return ends


_LEAVES: dict[str, Callable[[LeafBuilder, BlockToken], Block | None]] = {
    "paragraph_open": LeafBuilder.paragraph,
    "heading_open": LeafBuilder.heading,
    "line_block_open": LeafBuilder.line_block,
    "fence": LeafBuilder.fence,
    "code_block": LeafBuilder.code,
    "hr": LeafBuilder.rule,
    "table": LeafBuilder.table,
    "html_figures": LeafBuilder.html_figures,
}
"""What makes the block of each token that holds text."""
_CONTAINERS: dict[str, Callable[[TreeBuilder, int, int], Block]] = {
    "blockquote_open": TreeBuilder._quote,
    "div_open": TreeBuilder._div,
    "bullet_list_open": TreeBuilder._bullets,
    "ordered_list_open": TreeBuilder._numbers,
    "definitions_open": TreeBuilder._definitions,
}
"""What makes the block of each pair of tokens that holds blocks; footnotes and comments make none."""
