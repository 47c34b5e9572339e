"""Properties of the Markdown parser on any input: it never raises, loses no words, and every place is true."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks, parse_inlines
from fascicle.document.tree import Block, Node, Text, walk

PIECES = """
word|two words|Ünïcode|中文|"|'|“|`|``|```|*|**|***|_|__|~|~~|^|^[|[|]|![|(|)|{|}|](|]{|<|>|<!--|-->|&|&amp;|&#x41;
|$|$$|\\|\\ |\\*|@|@key|-@key|[@key]|[@key, p. 3]|@key [pp. 3-5; @b]|@fig:x|[-@fig:x]|[^1]|[^1]:|[^1]: a note
|#|## Heading|## H {#id .unnumbered}|> |- |* |1. |2) |    |\t|: |:   |~ |:::|::: {.a}|::: name|\n|\n\n|\n\n    |\n> |\n- |
| |a | b|\n|---|:-:|\n|: caption {#tbl:x}|Table: c|![c](f.png){#fig:x width=80%}|[a](b "t")|[s]{lang=fr}|--|---|...|; |, |. |
|<https://a.b>|<b>|* * *|---|===|~~~|{#eq:x}|`x`{=latex}|```{=latex}|[r]: u|[r]|  \n|\\\n|'tis|l'eau|(“|\x01|\ufdd0|\u2028
""".replace("\\n", "\n").replace("\\t", "\t")
MIXTURE = st.lists(st.sampled_from(["|", "| ", *PIECES.split("|")]), max_size=40).map("".join)
ORIGIN = Origin("content/01-x.md", 7, 3)


def parse(text: str, *, raw: bool = False) -> tuple[tuple[Block, ...], Collector]:
    problems = Collector()
    return parse_blocks(text, ORIGIN, ParseOptions("en-GB", raw), problems), problems


def source_slice(text: str, node: Node) -> str:
    """What stands in the source at a node's span."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    span = node.span
    assert span.end_line is not None
    assert span.end_column is not None
    first, last = span.line - ORIGIN.line, span.end_line - ORIGIN.line
    start, end = span.column - ORIGIN.column, span.end_column - ORIGIN.column
    if first == last:
        return lines[first][start:end]
    return "\n".join([lines[first][start:], *lines[first + 1 : last], lines[last][:end]])


def check_places(text: str, blocks: tuple[Block, ...]) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for node in walk(blocks):
        span = node.span
        assert span.file == ORIGIN.file
        assert span.end_line is not None
        assert span.end_column is not None
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert ORIGIN.line <= span.line <= span.end_line < ORIGIN.line + len(lines)
        assert ORIGIN.column <= span.column
        assert span.end_column - ORIGIN.column <= len(lines[span.end_line - ORIGIN.line])
        if isinstance(node, Text):
            assert "\n" not in node.text
            check_text(text, node)


def check_text(text: str, node: Text) -> None:
    """Text without escapes, quotes, dashes and the like stands in the source just as it prints."""
    typed = source_slice(text, node)
    if not re.search(r"""[\\&"'\t]|\.\.\.|--""", typed) and not {"\u00a0", "\ufffd"} & set(node.text):
        assert typed == node.text


@settings(max_examples=300, deadline=None)
@given(MIXTURE, st.booleans())
def test_mixtures_of_the_dialect_never_raise_and_keep_true_places(text: str, raw: bool) -> None:
    blocks, problems = parse(text, raw=raw)
    check_places(text, blocks)
    assert all(found.span is not None for found in problems)
    assert not re.search(
        "[\x00-\x08\ufdd0-\ufdef\u2028]", "".join(n.text for n in walk(blocks) if isinstance(n, Text))
    )


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_parsed(text: str) -> None:
    blocks, _ = parse(text)
    check_places(text, blocks)
    parse_inlines(text, ORIGIN, ParseOptions(), Collector())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["dull", "plain", "word", "中文", "Ünï"]), min_size=1, max_size=30))
def test_plain_words_come_out_as_typed_and_clean(words: list[str]) -> None:
    text = " ".join(words)
    blocks, problems = parse(text)
    assert [node.text for node in walk(blocks) if isinstance(node, Text)] == [text]
    assert not list(problems)


@settings(max_examples=200, deadline=None)
@given(MIXTURE)
def test_no_word_is_swallowed(text: str) -> None:
    """Words that no construct consumes (keys, targets, attributes, comments) reappear somewhere in the tree."""
    marked = text.replace("two words", "zebra")
    if (
        "<!--" in marked
        or "[^" in marked
        or "zebra" not in marked
        or re.search(r"[({@$&<\[=:`#][^\n]*zebra", marked)
    ):
        return
    blocks, _ = parse(marked)
    assert repr(blocks).count("zebra") >= marked.count("zebra")


HOSTILE = [
    ">",
    "> ",
    "[",
    "[a](",
    "[a]{",
    "![",
    "^[",
    "*a ",
    "**a*",
    '"a ',
    "`a``",
    "$a",
    "$$a",
    "$\\text{",
    "<",
    "<!--",
]
HOSTILE += [
    "<!-- -->",
    "[@a ",
    "[@a; ",
    "@a [",
    "::: a\n\n",
    ":::\n",
    "a\n: b\n\n",
    "- ",
    "1. ",
    "- a\n",
    "```\n\n",
]
HOSTILE += [
    "[^a]: ",
    "|a",
    "a|b\n-|-\n",
    "^a",
    "~~a",
    "| a\n",
    ": a\n\n",
    "[a]{.b .c",
    "a <!-- b\n\n",
    '[a](b "c',
    "> - 1. ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_costs_linear_work_and_no_stack(piece: str) -> None:
    def calls(size: int) -> int:
        """Calls of functions, Python's own and those in C, that parsing takes: a count no busy machine changes."""
        text = piece * (size // len(piece))
        count = 0

        def tally(_frame: object, event: str, _argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(tally)
        try:
            blocks, _problems = parse(text)
        finally:
            sys.setprofile(before)
        assert len(list(walk(blocks))) >= 1 or "<!--" in piece or ":" in piece
        repr(blocks)
        return count

    assert calls(8000) < 6 * max(calls(2000), 500)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        *[
            ("[", "]"),
            ("[", "]{.a}"),
            ("[", "](#)"),
            ("*a ", " a*"),
            ('"a ', ' a"'),
            ("[@a [", "]]"),
            ("^[", "]"),
        ],
        *[("> ", ""), ("- ", ""), ("::: a\n", "\n:::"), ("^a~", "~^"), ("@a [", "]"), ("$", "$"), ("{", "}")],
    ],
)
def test_deep_nesting_is_told_or_printed(opening: str, closing: str) -> None:
    blocks, problems = parse(opening * 1000 + "core" + closing * 1000)
    nodes = list(walk(blocks))
    assert "core" in repr(nodes)
    follow_on = {"nested-footnote", "unclosed-block", "stray-fence", "missing-blank-line", "unclosed-math"}
    assert {found.code.value for found in problems} <= {"nested-too-deeply"} | follow_on
