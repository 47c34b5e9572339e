"""Turns block tokens into the tree, each block's text read by the inline builder."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.token import Token as BlockToken

from fascicle.codes import Code
from fascicle.diagnostics import Span
from fascicle.text.dialect.attributes import (
    BAD_BRACES,
    BRACES_HINT,
    FIGURE,
    HEADING,
    LIKE_ATTRIBUTES,
    TABLE,
    Known,
    check_attributes,
    check_language,
    passage_attributes,
    placed,
    read_braces,
)
from fascicle.text.dialect.inlines import InlineBuilder, note_blocks, read_inlines, report_raw
from fascicle.text.dialect.lexer import Lexer
from fascicle.text.dialect.source import Passage
from fascicle.text.dialect.tables import Pieces, TableLines
from fascicle.text.dialect.tokens import Kind, Token
from fascicle.text.dialect.work import NoteDefinition, Work
from fascicle.text.tree import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Div,
    Figure,
    Heading,
    Inline,
    LineBlock,
    ListItem,
    OrderedList,
    Paragraph,
    RawBlock,
    Row,
    Table,
    Text,
    ThematicBreak,
)

_CLOSING_MARKS = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")


class TreeBuilder:
    """Builds the blocks of one text."""

    def __init__(self, work: Work, tokens: list[BlockToken]) -> None:
        self.work = work
        self.tokens = tokens
        self.ends = _ends(tokens)
        self.level = 0

    def build(self) -> tuple[Block, ...]:
        """All blocks; footnotes are gathered first, since their marks may stand before them."""
        for index, token in enumerate(self.tokens):
            if token.type == "footnote_open":
                self._define(index, token)
        blocks = self._blocks(0, len(self.tokens))
        for name, definition in self.work.notes.items():
            note_blocks(definition, self.work)
            if not definition.used:
                message = f"no mark in the text refers to the footnote [^{name}]"
                hint = f"put [^{name}] where its number is to stand, or delete the footnote"
                self.work.problems.add(Code.UNUSED_NOTE, message, definition.span, hint)
        return blocks

    def _define(self, index: int, token: BlockToken) -> None:
        name, span = token.meta["name"], self.work.source.span(*token.meta["place"])
        if name in self.work.notes:
            first = self.work.notes[name].span
            message = f"the footnote [^{name}] has a text already, on line {first.line}"
            self.work.problems.add(Code.DUPLICATE_NOTE, message, span, "give one of the two another name")
            return
        self.work.notes[name] = NoteDefinition(span, lambda: self._blocks(index + 1, self.ends[index]))

    def _blocks(self, first: int, last: int) -> tuple[Block, ...]:
        blocks: list[Block] = []
        apart = True
        while first < last:
            token = self.tokens[first]
            end = self.ends[first]
            if maker := _MAKERS.get(token.type):
                block = maker(self, first, end)
                if not apart and isinstance(block, BulletList) and isinstance(blocks[-1], BulletList):
                    block = _joined(blocks.pop(), block)
                blocks.append(block)
            apart = not blocks or token.type in ("comment", "footnote_open")
            first = end + 1
        return tuple(blocks)

    # -- Places and passages ---------------------------------------------------------------------------

    def _span(self, token: BlockToken) -> Span:
        """From the block's first character to the end of its last line that is not blank."""
        source, start = self.work.source, token.meta["start"]
        line = (token.map or [0, 1])[1] - 1
        while True:
            end = source.starts[line + 1] - 1 if line + 1 < len(source.starts) else len(source.text)
            text = source.text[source.starts[line] : end].rstrip()
            if text or source.starts[line] <= start:
                return source.span(start, max(start, source.starts[line] + len(text)))
            line -= 1

    def _inlines(self, pieces: Pieces) -> tuple[Inline, ...]:
        return read_inlines(self.work.source.passage(pieces), self.work)

    # -- Leaves ----------------------------------------------------------------------------------------

    def _paragraph(self, index: int, end: int) -> Block:
        passage = self.work.source.passage(self.tokens[index].meta["pieces"])
        tokens = Lexer(passage, self.work).run()
        if figure := self._figure(passage, tokens):
            return figure
        content = InlineBuilder(passage, self.work, tokens).build(0, len(tokens), 0)
        return Paragraph(passage.whole, content)

    def _figure(self, passage: Passage, tokens: list[Token]) -> Figure | None:
        """The figure that a paragraph is when a picture stands alone in it."""
        if not tokens or tokens[0].kind is not Kind.OPEN or tokens[0].text != "![":
            return None
        closed = tokens[tokens[0].match]
        rest = tokens[tokens[0].match + 1 :]
        if (
            tokens[0].match < 0
            or closed.target is None
            or any(token.text.strip() or token.kind is not Kind.TEXT for token in rest)
        ):
            return None
        caption = InlineBuilder(passage, self.work, tokens).build(1, tokens[0].match, 0)
        attributes = NO_ATTRIBUTES
        if closed.braces:
            attributes = placed(closed.braces, passage.span(closed.braces_at, closed.braces.end))
        span = passage.span(0, closed.end)
        check_attributes(attributes, FIGURE, self.work.problems)
        if not closed.target:
            message = "this picture has no file"
            self.work.problems.add(Code.EMPTY_LINK, message, span, "put its path between the round brackets")
        return Figure(span, closed.target, caption, attributes)

    def _heading(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        level = token.meta["level"]
        passage, attributes, stop = self._braced(token.meta["pieces"], HEADING)
        closing = _CLOSING_MARKS.search(passage.text, 0, stop)
        content = read_inlines(passage, self.work, 0, closing.start() if closing else stop)
        span = self._span(token)
        if self.level and level > self.level + 1:
            message = f"a heading of level {level} follows one of level {self.level}"
            self.work.problems.add(Code.HEADING_JUMP, message, span, f"write {'#' * (self.level + 1)}")
        self.level = level
        return Heading(span, level, content, attributes)

    def _braced(self, pieces: Pieces, known: Known) -> tuple[Passage, Attributes, int]:
        """A passage that may end in braces, its attributes, and the offset where its text ends."""
        passage = self.work.source.passage(pieces)
        text = passage.text
        stop = len(text.rstrip())
        opening = text.rfind("{", 0, stop)
        if opening < 0 or not text.endswith("}", 0, stop) or text[opening - 1 : opening] == "\\":
            return passage, NO_ATTRIBUTES, stop
        found = passage_attributes(passage, opening)
        if found is None or found[0].end != stop:
            self._report_braces(passage, opening, stop)
            return passage, NO_ATTRIBUTES, stop
        check_attributes(found[1], known, self.work.problems)
        return passage, found[1], len(text[:opening].rstrip())

    def _report_braces(self, passage: Passage, start: int, end: int) -> None:
        """Say that braces at the end of a heading or caption are no attributes, if they try to be."""
        attempt = LIKE_ATTRIBUTES.match(passage.text, start, end)
        if attempt and not attempt[1]:
            self.work.report(Code.BAD_ATTRIBUTES, BAD_BRACES, passage, start, end, BRACES_HINT)

    def _line_block(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        return LineBlock(self._span(token), tuple(self._verse(pieces) for pieces in token.meta["lines"]))

    def _verse(self, pieces: Pieces) -> tuple[Inline, ...]:
        passage = self.work.source.passage(pieces)
        text = passage.text
        indent = len(text) - len(text.lstrip(" \t"))
        content = read_inlines(passage, self.work, indent, max(indent, len(text.rstrip())))
        if not indent or not content:
            return content
        return (Text(passage.span(0, indent), "\u00a0" * indent), *content)

    def _fence(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        span, text = self._span(token), token.content.removesuffix("\n")
        first, last = token.meta["info"]
        passage = self.work.source.passage([(first, last)])
        info = passage.text.strip()
        start = passage.text.find("{")
        found = passage_attributes(passage, start) if start >= 0 else None
        if found is None:
            name = info.split()[0] if info and not info.startswith("{") else ""
            return CodeBlock(
                span, text, Attributes(classes=(name,), span=passage.whole) if name else NO_ATTRIBUTES
            )
        braces, attributes = found
        if braces.raw == "latex" and self.work.options.raw_latex:
            return RawBlock(span, text)
        if braces.raw:
            report_raw(braces.raw, self.work, passage, start, braces.end)
        return CodeBlock(span, text, attributes)

    def _code(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        source = self.work.source
        start = source.starts[(token.map or [0])[0]]
        text = source.text[start:]
        token.meta = {"start": start + len(text) - len(text.lstrip(" \t>"))}
        return CodeBlock(self._span(token), token.content.rstrip("\n"))

    def _rule(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        source, (first, _) = self.work.source, token.map or (0, 1)
        stop = source.text.find("\n", source.starts[first])
        line = source.text[source.starts[first] : stop if stop >= 0 else None].rstrip()
        mark = re.search(r"([-*_])(?:[ \t]*\1)*$", line)
        start = source.starts[first] + (mark.start() if mark else 0)
        return ThematicBreak(source.span(start, source.starts[first] + len(line)))

    # -- Tables ----------------------------------------------------------------------------------------

    def _table(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        lines: TableLines = token.meta["table"]
        caption: tuple[Inline, ...] = ()
        caption_span, attributes = None, NO_ATTRIBUTES
        if lines.caption:
            passage, attributes, stop = self._braced(lines.caption, TABLE)
            caption, caption_span = read_inlines(passage, self.work, 0, stop), passage.whole
        head, *rows = [self._row(place, cells) for place, cells in lines.rows]
        header = head if any(cell.content for cell in head.cells) else None
        return Table(
            self._span(token), lines.alignments, header, tuple(rows), caption, caption_span, attributes
        )

    def _row(self, place: tuple[int, int], cells: Pieces) -> Row:
        source = self.work.source
        made = tuple(Cell(source.span(*cell), self._inlines([cell])) for cell in cells)
        return Row(source.span(*place), made)

    # -- Containers ------------------------------------------------------------------------------------

    def _quote(self, index: int, end: int) -> Block:
        return BlockQuote(self._span(self.tokens[index]), self._blocks(index + 1, end))

    def _div(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        attributes = NO_ATTRIBUTES
        if "place" in token.meta:
            span = self.work.source.span(*token.meta["place"])
            name, braces = token.meta["name"], token.meta["braces"]
            attributes = placed(braces, span) if braces else Attributes(classes=(name,), span=span)
            check_language(attributes, self.work.problems)
        return Div(self._span(token), self._blocks(index + 1, end), attributes)

    def _items(self, index: int, end: int) -> tuple[tuple[ListItem, ...], bool]:
        items: list[ListItem] = []
        tight = True
        at = index + 1
        while at < end:
            last = self.ends[at]
            level = self.tokens[at].level + 1
            inside = self.tokens[at + 1 : last]
            tight = tight and all(t.hidden for t in inside if t.level == level and t.type == "paragraph_open")
            items.append(ListItem(self._span(self.tokens[at]), self._blocks(at + 1, last)))
            at = last + 1
        return tuple(items), tight

    def _bullets(self, index: int, end: int) -> Block:
        items, tight = self._items(index, end)
        return BulletList(self._span(self.tokens[index]), items, tight)

    def _numbers(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        items, tight = self._items(index, end)
        start = token.attrGet("start")
        return OrderedList(self._span(token), items, 1 if start is None else int(start), tight)

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
            Definition(self._span(term), self._inlines(term.meta["pieces"]), tuple(meanings))
            for term, meanings in entries
        )
        return DefinitionList(self._span(token), items, token.meta["tight"])


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


_MAKERS: dict[str, Callable[[TreeBuilder, int, int], Block]] = {
    "paragraph_open": TreeBuilder._paragraph,
    "heading_open": TreeBuilder._heading,
    "line_block_open": TreeBuilder._line_block,
    "fence": TreeBuilder._fence,
    "code_block": TreeBuilder._code,
    "hr": TreeBuilder._rule,
    "table": TreeBuilder._table,
    "blockquote_open": TreeBuilder._quote,
    "div_open": TreeBuilder._div,
    "bullet_list_open": TreeBuilder._bullets,
    "ordered_list_open": TreeBuilder._numbers,
    "definitions_open": TreeBuilder._definitions,
}
"""What makes the block of each kind of token; footnotes and comments make none where they stand."""

__all__ = ["TreeBuilder", "read_braces"]
