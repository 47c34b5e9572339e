"""Builds the blocks that hold text: paragraphs, headings, figures, tables, code, verse."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from markdown_it.token import Token as BlockToken

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Span
from fascicle.document.markdown.attributes import (
    BAD_BRACES,
    BRACES_HINT,
    HEADING,
    LIKE_ATTRIBUTES,
    TABLE,
    Known,
    check_attributes,
    passage_attributes,
    salvaged,
)
from fascicle.document.markdown.blocks.table_lines import DrawnCell, Pieces, TableLines
from fascicle.document.markdown.build_cells import cell_of_blocks
from fascicle.document.markdown.build_figures import from_html, read_figures
from fascicle.document.markdown.build_inlines import InlineBuilder, read_inlines, report_raw
from fascicle.document.markdown.inlines.lexer import lex
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import ParseTask
from fascicle.document.tree import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Cell,
    CodeBlock,
    Heading,
    Inline,
    LineBlock,
    Paragraph,
    RawBlock,
    Row,
    Table,
    Text,
    ThematicBreak,
)
from fascicle.project.math.macros import only_definitions

_TAB = 4
"""Columns of the page from one tab to the next, as in Pandoc."""
_CLOSING_MARKS = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")


class LeafBuilder:
    """Builds the blocks that hold no blocks."""

    def __init__(self, work: ParseTask, read_blocks: Callable[[Pieces], tuple[Block, ...]]) -> None:
        self.work = work
        self.read_blocks = read_blocks
        self._level = 0

    # -- Places and passages ---------------------------------------------------------------------------

    def span(self, token: BlockToken) -> Span:
        """From the block's first character to the end of its last line that is not blank."""
        source, start = self.work.source, token.meta["start"]
        line = (token.map or [0, 1])[1] - 1
        while True:
            end = source.starts[line + 1] - 1 if line + 1 < len(source.starts) else len(source.text)
            text = source.text[source.starts[line] : end].rstrip()
            if text or source.starts[line] <= start:
                return source.span(start, max(start, source.starts[line] + len(text)))
            line -= 1

    def inlines(self, pieces: Pieces) -> tuple[Inline, ...]:
        """The inlines of the lines at `pieces`."""
        return read_inlines(self.work.source.passage(pieces), self.work)

    # -- Leaves ----------------------------------------------------------------------------------------

    def paragraph(self, token: BlockToken) -> Block | None:
        """A paragraph, or the figures that it is; None when it defines commands of formulas, known already."""
        passage = self.work.source.passage(token.meta["pieces"])
        if passage.text.startswith("\\") and only_definitions(passage.text):
            return None
        tokens = lex(passage, self.work)
        if figures := read_figures(passage, tokens, self.work):
            return figures
        content = InlineBuilder(passage, self.work, tokens).build(0, len(tokens), 0)
        return Paragraph(passage.whole, content)

    def html_figures(self, token: BlockToken) -> Block:
        """The pictures of an HTML block."""
        return from_html(self.span(token), token.meta["figures"], self.work)

    def heading(self, token: BlockToken) -> Block:
        """A heading, its level held against the one before it."""
        level = token.meta["level"]
        passage, attributes, stop = self._braced(token.meta["pieces"], HEADING)
        closing = _CLOSING_MARKS.search(passage.text, 0, stop)
        content = read_inlines(passage, self.work, 0, closing.start() if closing else stop)
        span = self.span(token)
        if self._level and level > self._level + 1:
            message = f"a heading of level {level} follows one of level {self._level}"
            self.work.problems.add(Code.HEADING_JUMP, message, span, f"write {'#' * (self._level + 1)}")
        self._level = level
        return Heading(span, level, content, attributes)

    def _braced(self, pieces: Pieces, known: Known) -> tuple[Passage, Attributes, int]:
        """A passage that may end in braces, its attributes, and the offset where its text ends."""
        passage = self.work.source.passage(pieces)
        text = passage.text
        stop = len(text.rstrip())
        opening = text.rfind("{", 0, stop)
        if opening < 0 or not text.endswith("}", 0, stop) or text[opening - 1 : opening] == "\\":
            return passage, NO_ATTRIBUTES, stop
        found = passage_attributes(passage, opening, known.kind)
        if found is None or found[0].end != stop:
            if not self._report_braces(passage, opening, stop):
                return passage, NO_ATTRIBUTES, stop
            return passage, salvaged(text, opening, stop), len(text[:opening].rstrip())
        check_attributes(found[1], known, self.work.problems)
        return passage, found[1], len(text[:opening].rstrip())

    def _report_braces(self, passage: Passage, start: int, end: int) -> bool:
        """Say that braces at the end of a heading or caption are no attributes, if they try to be."""
        attempt = LIKE_ATTRIBUTES.match(passage.text, start, end)
        if attempt and not attempt[1]:
            self.work.report(Code.BAD_ATTRIBUTES, BAD_BRACES, passage, start, end, BRACES_HINT)
            return True
        return False

    def line_block(self, token: BlockToken) -> Block:
        """Verse."""
        return LineBlock(self.span(token), tuple(self._verse(pieces) for pieces in token.meta["lines"]))

    def _verse(self, pieces: Pieces) -> tuple[Inline, ...]:
        passage = self.work.source.passage(pieces)
        text = passage.text
        indent = len(text) - len(text.lstrip(" \t"))
        content = read_inlines(passage, self.work, indent, max(indent, len(text.rstrip())))
        if not indent or not content:
            return content
        return (Text(passage.span(0, indent), "\u00a0" * indent), *content)

    def fence(self, token: BlockToken) -> Block:
        """Fenced code, or raw LaTeX."""
        span, text = self.span(token), token.content.removesuffix("\n").expandtabs(_TAB)
        first, last = token.meta["info"]
        passage = self.work.source.passage([(first, last)])
        start = passage.text.find("{")
        found = passage_attributes(passage, start, "lst") if start >= 0 else None
        name = self._language_of(passage, start if found or passage.text.strip().startswith("{") else None)
        if found is None:
            return CodeBlock(
                span, text, Attributes(classes=(name,), span=passage.whole) if name else NO_ATTRIBUTES
            )
        braces, attributes = found
        if name:
            attributes = replace(attributes, classes=(name, *attributes.classes))
        if braces.raw == "latex" and self.work.options.raw_latex:
            return RawBlock(span, text)
        if braces.raw:
            report_raw(braces.raw, self.work, passage, start, braces.end)
        return CodeBlock(span, text, attributes, self._listing_caption(passage, attributes))

    def _language_of(self, passage: Passage, end: int | None) -> str:
        """The word after a fence, which names the language; more words than one are told."""
        name, *others = passage.text[:end].split() or [""]
        if others:
            at = passage.text.find(others[0], passage.text.find(name) + len(name))
            message = (
                f"'{' '.join(others)}' after the first word of a fence means nothing, and is not printed"
            )
            hint = 'write the language alone, or attributes: ``` {.python #lst:name caption="…"}'
            self.work.report(Code.UNSUPPORTED_MARKDOWN, message, passage, at, at + len(others[0]), hint)
        return name

    def _listing_caption(self, passage: Passage, attributes: Attributes) -> tuple[Inline, ...]:
        """The caption that the braces of a listing hold, read as text."""
        stated = next((attributes.get(key) for key in ("lst-cap", "caption") if attributes.get(key)), None)
        if not stated or not attributes.id.startswith("lst:"):
            return ()
        at = passage.text.find(stated)
        if at < 0:
            return (Text(passage.whole, stated),)
        return read_inlines(passage, self.work, at, at + len(stated))

    def code(self, token: BlockToken) -> Block:
        """Indented code."""
        source = self.work.source
        start = source.starts[(token.map or [0])[0]]
        text = source.text[start:]
        token.meta = {"start": start + len(text) - len(text.lstrip(" \t>"))}
        return CodeBlock(self.span(token), token.content.rstrip("\n").expandtabs(_TAB))

    def rule(self, token: BlockToken) -> Block:
        """A break."""
        source, (first, _) = self.work.source, token.map or (0, 1)
        stop = source.text.find("\n", source.starts[first])
        line = source.text[source.starts[first] : stop if stop >= 0 else None].rstrip()
        mark = re.search(r"([-*_])(?:[ \t]*\1)*$", line)
        start = source.starts[first] + (mark.start() if mark else 0)
        return ThematicBreak(source.span(start, source.starts[first] + len(line)))

    # -- Tables ----------------------------------------------------------------------------------------

    def table(self, token: BlockToken) -> Block:
        """A table with its caption."""
        lines: TableLines = token.meta["table"]
        drawn = lines.drawn
        caption: tuple[Inline, ...] = ()
        caption_span, attributes = None, NO_ATTRIBUTES
        if lines.caption:
            passage, attributes, stop = self._braced(lines.caption, TABLE)
            caption, caption_span = read_inlines(passage, self.work, 0, stop), passage.whole
        rows = [
            Row(
                self.work.source.span(*place),
                tuple(self._cell(cell, of_blocks=drawn.of_blocks) for cell in cells),
            )
            for place, cells in drawn.rows
        ]
        head, body = rows[: drawn.heads], rows[drawn.heads :]
        header = tuple(head) if any(cell.filled for row in head for cell in row.cells) else ()
        return Table(
            self.span(token), drawn.alignments, header, tuple(body), caption, caption_span, attributes
        )

    def _cell(self, cell: DrawnCell, *, of_blocks: bool) -> Cell:
        span = self.work.source.passage(cell.pieces).whole
        if not of_blocks:
            return Cell(span, self.inlines(cell.pieces))
        return cell_of_blocks(
            span, self.read_blocks(cell.pieces), self.work.problems, cell.columns, cell.rows
        )
