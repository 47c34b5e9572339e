"""Every word of a block that one version alone has is marked, whatever the block is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.tree import Mark, Marked, Node, Text
from fascicle.redline.marking.wholly_marked import Whole

BLOCKS = {
    "paragraph": "A *slanted* word, [another]{.smallcaps} “quoted”.^[A note.]",
    "heading": "## A heading",
    "quotation": "> Quoted words",
    "list": "- One\n- Two\n\n  with more",
    "numbered": "1. One\n2. Two",
    "definitions": "Term\n:   Its meaning",
    "verse": "| One line\n| Another",
    "table": "| A | B |\n|---|---|\n| c | d |\n\n: Caption.",
    "grid": "+---+---+\n| A | B |\n+===+===+\n| c     |\n|       |\n| d     |\n+-------+",
    "gloss": "::: gloss\n| ev-ler-im\n| house-PL-POSS\n| ‘my houses’\n:::",
    "statement": "::: {.theorem}\nIt is so.\n:::",
    "callout": "::: {.callout-note}\nMind this.\n:::",
    "division": "::: {lang=fr}\nDes mots.\n:::",
}


def unmarked(node: object) -> Iterator[str]:
    match node:
        case Marked():
            return
        case Text():
            yield node.text
        case Node():
            for name in node.__dataclass_fields__:
                yield from unmarked(getattr(node, name))
        case tuple():
            for one in node:
                yield from unmarked(one)


@pytest.mark.parametrize("text", BLOCKS.values(), ids=BLOCKS)
def test_all_words_are_marked(text: str) -> None:
    problems = Collector()
    found = parse_blocks(text + "\n", Origin("a.md", 1, 1), ParseOptions("en-GB"), problems)
    assert found
    assert list(unmarked(found))
    assert not problems.sorted()
    assert list(unmarked(Whole(Mark.DELETED).sequence(found))) == []
