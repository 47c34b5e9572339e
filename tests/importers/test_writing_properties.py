"""Whatever a text holds, what is written reads back as the same text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.tree import Paragraph, plain
from fascicle.importers.report import Report
from fascicle.importers.writing.blocks import BlockWriter
from fascicle.importers.writing.inlines import Context

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
