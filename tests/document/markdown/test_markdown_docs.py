"""The dialect's documentation holds true: each of its examples parses without a word, and shows what it says."""

from __future__ import annotations

import re

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "markdown.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^(`{3,4})markdown\n(.*?)^\1$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", [text for _, text in EXAMPLES])
def test_example_is_clean(example: str) -> None:
    problems = Collector()
    assert parse_blocks(example, Origin("docs/markdown.md"), ParseOptions(), problems)
    assert not [found.message for found in problems]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 10


def test_the_page_is_itself_in_the_dialect() -> None:
    problems = Collector()
    parse_blocks(PAGE, Origin("docs/markdown.md"), ParseOptions(), problems)
    assert not [(str(found.span), found.message) for found in problems]
