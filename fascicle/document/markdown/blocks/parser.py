"""markdown-it's block parser with the dialect's rules.

Each token's `meta` holds offsets of the source (`start`, and `pieces` of its text), so that every place can be
told exactly.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, code, hr
from markdown_it.token import Token

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.blocks import containers, html, leaves
from fascicle.document.markdown.blocks.fancy_lists import fancy_list
from fascicle.document.markdown.blocks.lines import BlockWork, block_work, first_character, is_div_end
from fascicle.document.markdown.blocks.tables import table
from fascicle.document.markdown.state import MAX_LEVEL, ParseTask


class DialectBlocks(ParserBlock):
    """The block parser; it also stops at the line that closes a div, and never nests without end."""

    def __init__(self) -> None:
        self.ruler: Ruler[RuleFuncBlockType] = Ruler()
        for name, rule, ends in _RULES:
            self.ruler.push(name, rule, {"alt": list(ends)})

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Make the tokens of the lines from `startLine` to before `endLine`."""
        work = block_work(state)
        line, blank_seen = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if work.div_depth and is_div_end(state, line):
                break
            self._one(state, line, endLine)
            state.tight = not blank_seen
            line = state.line
            blank_seen = blank_seen or (line - 1 < endLine and state.isEmpty(line - 1))
            if line < endLine and state.isEmpty(line):
                blank_seen = True
                line += 1
                state.line = line

    def _one(self, state: StateBlock, line: int, end: int) -> None:
        if state.level < MAX_LEVEL:
            for rule in self.ruler.getRules(""):
                if rule(state, line, end, False) and state.line > line:
                    return
        else:
            start = first_character(state, line)
            work = block_work(state).work
            message = "blocks are nested deeper than any print can show"
            hint = "the rest of them is printed as typed"
            work.problems.add(Code.NESTED_TOO_DEEPLY, message, work.source.span(start, start + 1), hint)
        leaves.paragraph(state, line, end, False)


def tokenize(work: ParseTask) -> list[Token]:
    """The block tokens of a text."""
    tokens: list[Token] = []
    _markdown().block.parse(work.source.text, _markdown(), {"work": BlockWork(work)}, tokens)
    return tokens


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero")
    markdown.block = DialectBlocks()
    return markdown


_CONTAINER = ("blockquote", "list")
_RULES: tuple[tuple[str, RuleFuncBlockType, tuple[str, ...]], ...] = (
    ("code", code, ()),
    ("comment", leaves.comment, ()),
    ("fence", leaves.fence, _CONTAINER),
    ("div", containers.div, ()),
    ("div_end", containers.div_end, _CONTAINER),
    ("html_picture", html.html_picture, ()),
    ("html_div", html.html_div, ()),
    ("blockquote", containers.block_quote, ("list",)),
    ("table", table, ()),
    ("line_block", leaves.line_block, ()),
    ("metadata", leaves.metadata, ()),
    ("hr", hr, _CONTAINER),
    ("list", containers.item_list, ("blockquote",)),
    ("fancy_list", fancy_list, ("blockquote",)),
    ("footnote", containers.footnote, _CONTAINER),
    ("reference", leaves.reference, ()),
    ("heading", leaves.heading, ()),
    ("underlined", leaves.underlined, ()),
    ("definitions", containers.definitions, ()),
    ("paragraph", leaves.paragraph, ()),
)
"""Rules in the order tried: name, function, and what each may end without a blank line."""
