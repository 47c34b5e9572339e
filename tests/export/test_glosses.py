"""Interlinear glosses in every output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fascicle.export.zip_archive import unzipped
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import reported, small

TEXT = """---
title: One
---

See (@two).

::: {.ex #one}
| Dutch
| *Deze zin is in het nederlands.*
| [dem]{.smallcaps} sentence is in {the language} Dutch^[A note.]
| 'Translated.'
:::

::: {.ex #two}
a.  | das Haus
    | the house
    | 'the house'
:::
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("glosses"), **{"content/01-one.md": TEXT})


def made(root: Path, edition: str) -> bytes:
    """The output, made without a word."""
    result = build_edition(Request(root), edition, lambda event: None)
    assert result.output, reported(result)
    assert not reported(result)
    return (root / result.output).read_bytes()


def test_html(root: Path) -> None:
    page = made(root, "html").decode()
    words = re.findall(r'<span class="word">(.*?)</span> ?</span>', page, re.DOTALL)
    assert len(words) == 8
    assert re.sub(r"<[^>]+>|\s+", " ", words[4]).split() == ["het", "the", "language"]


def test_jats(root: Path) -> None:
    article = made(root, "jats").decode()
    cells = re.findall(r"<td[^>]*>(?:<italic>)?(\w+)", article)
    assert cells[:6] == ["Deze", "zin", "is", "in", "het", "nederlands"]
    assert '(<xref rid="ex-two">2</xref>)' in article


def test_word(root: Path) -> None:
    document = unzipped(made(root, "word"))["word/document.xml"].decode()
    assert document.count("<w:tbl>") == 2


@pytest.mark.tex
def test_pdf(root: Path) -> None:
    assert made(root, "screen").startswith(b"%PDF")
