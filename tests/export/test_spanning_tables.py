"""Cells over several columns and rows, and cells of several blocks, in every output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fascicle.export.zip_archive import unzipped
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import reported, small

TABLE = """+-------------+-------------+
| Both[^1]    | Third       |
+------+------+             |
| a    | b    |             |
+======+:====:+=============+
| - x  | two                |
| - y  |                    |
|      |     code           |
|      +------+-------------+
|      | z    | [Л]{lang=ru}|
+------+------+-------------+
| > quoted                  |
+---------------------------+

: Spans. {#tbl:spans}

[^1]: A note.
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(
        tmp_path_factory.mktemp("spans"), **{"content/01-one.md": f"---\ntitle: One\n---\n\n{TABLE}"}
    )


def made(root: Path, edition: str) -> bytes:
    """The output, made without a word."""
    result = build_edition(Request(root), edition, lambda event: None)
    assert result.output, reported(result)
    assert not reported(result)
    return (root / result.output).read_bytes()


@pytest.mark.parametrize("edition", ["html", "jats"])
def test_pages_and_articles(root: Path, edition: str) -> None:
    text = made(root, edition).decode()
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    spans = [sorted(re.findall(r'(?:col|row)span="\d"', row)) for row in rows]
    assert spans == [['colspan="2"', 'rowspan="2"'], [], ['colspan="2"', 'rowspan="2"'], [], ['colspan="3"']]


def test_word(root: Path) -> None:
    document = unzipped(made(root, "word"))["word/document.xml"].decode()
    assert re.findall(r'<w:gridSpan w:val="([2-9])"', document) == ["2", "2", "3"]
    assert document.count('w:vMerge w:val="restart"') == 2
    assert document.count("<w:tblHeader") == 2


def test_epub(root: Path) -> None:
    pages = unzipped(made(root, "epub"))
    text = "".join(data.decode() for name, data in pages.items() if name.endswith(".xhtml"))
    assert text.count("rowspan") == 2


@pytest.mark.tex
def test_pdf(root: Path) -> None:
    assert made(root, "screen").startswith(b"%PDF")


@pytest.mark.tex
def test_a_long_table_whose_cells_span_rows_and_whose_head_has_notes(tmp_path: Path) -> None:
    rows = ["- - []{colspan=2} Head^[A note in the head.]\n  - []{rowspan=2} More"]
    rows += ["- - First\n  - Second"]
    for number in range(30):
        rows.append(f"- - []{{rowspan=2}} Group {number}\n\n    and more of it\n  - - a\n    - b\n  - c")
        rows.append("- - d^[Note.]\n  - e")
    text = "::: {.list-table header-rows=2 #tbl:long}\nLong.\n\n" + "\n".join(rows) + "\n:::\n"
    root = small(tmp_path, **{"content/01-one.md": f"---\ntitle: One\n---\n\nSee @tbl:long.\n\n{text}"})
    assert made(root, "screen").startswith(b"%PDF")
