"""Whatever a text holds, what is written reads back as the same text."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.tree import Paragraph, plain
from fascicle.export.pandoc.blocks import render_blocks
from fascicle.export.pandoc.context import PandocContext
from fascicle.importers.report import Report
from fascicle.importers.writing.blocks import BlockWriter
from fascicle.importers.writing.inlines import Context
from fascicle.importers.writing.list_tables import head_and_body

WORDS = st.text(st.sampled_from("ab1.*_`~^$[]<>&@#\\{}|!\"'-+:()=%/é"), min_size=1, max_size=8)
LEAF = WORDS.map(p.string)
SPACED = st.lists(LEAF, min_size=1, max_size=5).map(
    lambda items: [part for item in items for part in (item, p.SPACE)][:-1]
)
MARKED = st.builds(
    lambda kind, inner: [p.wrapped(kind, inner)],
    st.sampled_from(["Emph", "Strong", "Strikeout", "SmallCaps"]),
    SPACED,
)
INLINES = st.lists(st.one_of(SPACED, MARKED), min_size=1, max_size=4).map(
    lambda parts: [each for part in parts for each in (*part, p.SPACE)][:-1]
)


def read_back(inlines: p.Inlines) -> tuple[str, list[str]]:
    """The plain text of what is written, as the program reads it, and its complaints."""
    context = Context(Report(), lambda _path, _given: None, {}, set())
    written = BlockWriter(context).write([p.para(inlines)])
    problems = Collector()
    blocks = parse_blocks(
        written, Origin("t.md", 1, 1), ParseOptions(language="en", raw_latex=False), problems
    )
    text = "\n".join(
        plain(block.content) if isinstance(block, Paragraph) else f"<{type(block).__name__}>"
        for block in blocks
    )
    return text, [found.message for found in problems]


def typed(inlines: p.Inlines) -> str:
    """The characters of inlines."""
    return "".join(
        item["c"] if item["t"] == "Str" else " " if item["t"] == "Space" else typed(item["c"])
        for item in inlines
    )


@settings(max_examples=300, deadline=None)
@given(INLINES)
def test_text_reads_back(inlines: p.Inlines) -> None:
    """Every character comes back, in order, and nothing is complained of."""
    text, complaints = read_back(inlines)
    assert "".join(text.split()) == "".join(typed(inlines).split())
    assert complaints == []


PIECES = st.one_of(
    SPACED.map(p.para),
    st.lists(SPACED.map(lambda words: [p.plain(words)]), min_size=1, max_size=2).map(p.bullets),
    SPACED.map(lambda words: p.quote([p.para(words)])),
    st.just(p.code_block("a\n  b", p.attr())),
)
CONTENT = st.one_of(
    st.just([]), SPACED.map(lambda words: [p.para(words)]), st.lists(PIECES, min_size=1, max_size=3)
)


@st.composite
def tables(draw: st.DrawFn) -> p.Json:
    """A table with cells over columns and rows, whose head may have several rows."""
    width = draw(st.integers(1, 4))
    parts = []
    for rows in (draw(st.integers(0, 2)), draw(st.integers(1, 4))):
        left = [0] * width
        part = []
        for number in range(rows):
            cells, column = [], 0
            while column < width:
                if left[column]:
                    column += 1
                    continue
                free = next((at - column for at in range(column, width) if left[at]), width - column)
                across, down = draw(st.integers(1, free)), draw(st.integers(1, rows - number))
                cells.append(p.cell(draw(CONTENT) or [p.para([p.string("x")])], across, down))
                for at in range(column, column + across):
                    left[at] = down
                column += across
            left = [max(0, each - 1) for each in left]
            assume(cells)  # A row that cells from above fill alone is taken out.
            part.append(p.row(cells))
        parts.append(part)
    columns = [
        (draw(st.sampled_from(["AlignDefault", "AlignLeft", "AlignRight"])), None) for _ in range(width)
    ]
    return p.table([], columns, *parts, p.attr())


def shape(table: p.Json) -> list[list[tuple[int, int, str]]]:
    """The cells of a table, row by row: how many rows and columns each takes, and its words."""
    head, body = head_and_body(table)
    return [
        [(cell[2], cell[3], "".join(typed_words(cell[4]).split())) for cell in row[1]] for row in head + body
    ]


def typed_words(content: object) -> str:
    """The characters of blocks, with the kinds of those that are no paragraphs."""
    if isinstance(content, list):
        return "".join(typed_words(each) for each in content)
    if not isinstance(content, dict):
        return ""
    kind = content["t"]
    if kind in ("Str", "Space"):
        return str(content.get("c", " "))
    if kind == "CodeBlock":
        return f"<CodeBlock>{content['c'][1]}"
    return ("" if kind in ("Para", "Plain") else f"<{kind}>") + typed_words(content["c"])


@settings(max_examples=150, deadline=None)
@given(tables())
def test_tables_read_back(table: p.Json) -> None:
    """Every cell comes back in its place, over as many columns and rows, with its blocks."""
    written = BlockWriter(Context(Report(), lambda _path, _given: None, {}, set())).write([table])
    problems = Collector()
    options = ParseOptions(language="en", raw_latex=False)
    blocks = render_blocks(parse_blocks(written, Origin("t.md", 1, 1), options, problems), PandocContext())
    assert [found.message for found in problems] == []
    assert [block["t"] for block in blocks] == ["Table"]
    assert shape(blocks[0]) == shape(table), written


@pytest.mark.parametrize("style", ["Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman"])
@pytest.mark.parametrize("around", ["Period", "OneParen", "TwoParens"])
@pytest.mark.parametrize("start", [1, 3, 8, 9])
def test_marks_of_lists_read_back(style: str, around: str, start: int) -> None:
    """Letters and Roman numerals come back as such; where they would not, numbers stand and that is told."""
    report = Report()
    items = [[p.plain([p.string(word)])] for word in ("one", "two", "three")]
    writer = BlockWriter(Context(report, lambda _path, _given: None, {}, set()))
    written = writer.write([p.ordered(items, start, style, around)])
    problems = Collector()
    options = ParseOptions(language="en", raw_latex=False)
    [block] = render_blocks(parse_blocks(written, Origin("t.md", 1, 1), options, problems), PandocContext())
    assert [found.message for found in problems] == []
    assert block["t"] == "OrderedList"
    told = "a list with letters or Roman numerals has numbers" in "".join(report.lines())
    (number, kind, _), _ = block["c"]
    assert (number, kind["t"]) == (start, "Decimal" if told else style)
    assert told == (start == 9 and style.endswith("Alpha"))
