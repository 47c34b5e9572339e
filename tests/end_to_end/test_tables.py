"""Tables of every kind on the page: drawn, written as a list, taken from a CSV file, on a page on its side."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import write

pytestmark = [pytest.mark.tex, pytest.mark.slow]

TEXT = """\
---
title: One
---

See @tbl:grid, @tbl:births and @tbl:list.

+--------------------------+--------------------------------------------------------+
| Columnwithacentredhead   | Remark                                                 |
+:========================:+========================================================+
| Middle                   | A remark that is so long that the table fills its      |
|                          | line, and goes on to a second one in print             |
+--------------------------+--------------------------------------------------------+

: A grid. {#tbl:grid}

::: {.csv-table #tbl:births file=data/births.csv}
From a file.
:::

::: {.list-table #tbl:list}
As a list.

- - Film
  - Year
- - *Still Life*
  - 2006
:::

::: {.landscape}
Province   Births
--------- -------
Sideways     1234

: A page on its side. {#tbl:wide}
:::

The last words.

| Year | What people remember of it when they are asked | Share |
|------|------------------------------------------------|------:|
""" + "".join(
    f"| {year} | A remark that fills most of the line | {year % 90}.5 % |\n" for year in range(1930, 2010)
)
TEXT += "\n: A long one. {#tbl:long}\n"
CSV = 'Place,"Births, thousands",Remark\nAnhui,12,"p < 0.05*** & $5 #1 a_b"\n安徽,-3,"two\nlines"\n'


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "content/publication.yaml": "title: Tables\nauthors: [{literal: A}]\n",
        "content/01-one.md": TEXT,
        "data/births.csv": CSV,
    }
    folder = write(tmp_path_factory.mktemp("tables"), files)
    result = build_edition(Request(folder), "screen", lambda event: None)
    assert [f"{found.span} {found.message}" for found in result.diagnostics] == []
    return folder / result.output


def printed(pdf: Path, *options: str) -> str:
    command = ["pdftotext", *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_table_is_printed_and_found_by_its_label(pdf: Path) -> None:
    text = re.sub(r"\s+", " ", printed(pdf, "-layout"))
    assert "See Table 1, Table 2 and Table 3." in text
    assert "Anhui 12 p < 0.05*** & $5 #1 a_b" in text
    assert "Still Life 2006" in text
    assert "Sideways 1234" in text


def test_a_centred_column_of_a_wide_table_is_centred(pdf: Path) -> None:
    found = re.findall(r'<word xMin="([\d.]+)"[^>]* xMax="([\d.]+)"[^>]*>([^<]*)<', printed(pdf, "-bbox"))
    middle = {word: (float(left) + float(right)) / 2 for left, right, word in found}
    assert abs(middle["Middle"] - middle["Columnwithacentredhead"]) < 1


def test_later_pages_of_a_long_table_say_so(pdf: Path) -> None:
    pages = [re.sub(r"\s+", " ", page) for page in printed(pdf, "-layout").split("\f")]
    heads = [re.findall(r"Table 5 (\(continued\)|A long one)", page, re.IGNORECASE) for page in pages]
    assert [found for page in heads for found in page] == ["A long one", "(continued)"]
    assert "1930 A remark that fills most of the line 40.5 %" in " ".join(pages)


def test_a_page_lies_on_its_side(pdf: Path) -> None:
    pages = PdfReader(pdf).pages
    assert [page.get("/Rotate", 0) for page in pages if "Sideways" in page.extract_text()] == [90]
    assert [page.get("/Rotate", 0) for page in pages if "last words" in page.extract_text()] == [0]
