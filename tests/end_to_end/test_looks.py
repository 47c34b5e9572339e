"""The looks of the article, in one column and two, held to the same hard pages: on screen, and as a printer gets them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from fascicle.pipeline.build import BuildResult, build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import png, write

pytestmark = [pytest.mark.tex, pytest.mark.slow, pytest.mark.release]

DATA = """\
title: Lamps, Letters and Ledgers of the Composing Rooms of the *Provincial* Scholarly Press in Two Centuries of Metal
subtitle: A study of what was counted and what was not, with a list of all that was lost between the two
authors:
  - {family: Hohenlohe-Waldenburg, given: Friederike, note: A note on the author., email: a@example.org}
  - {family: Li, given: Na}
  - {family: Roe, given: Jo}
language: en-GB
date: 2026-11-23
license: CC-BY-4.0
abstract: An abstract with *emphasis*.
keywords: [lamps, ledgers]
citation-style: chicago-notes
number-sections: true
"""
LEDGER = """\
one.png: {permission: own, alt: A plate, credit: Drawn for this test}
two.png: {permission: own, alt: A grey strip from edge to edge, credit: Drawn for this test}
"""
WORKS = "@book{one, author = {Ibáñez, Hélène}, title = {Archives}, date = {2001}, publisher = {P}, location = {L}}\n"
ROWS = "".join(
    f"| Antiqua {row} | Schelter and Giesecke | Leipzig, in the autumn of {row} |\n" for row in range(60)
)
NARROW = "".join(f"| {row} | word {row} |\n" for row in range(1, 40))


def passage(part: int, count: int) -> str:
    """Paragraphs of words that stand nowhere else, every third with a note."""
    return "\n\n".join(
        " ".join(
            f"In room {part}.{at}.{line} the sorts ran short in spring, and lamp {at * 17 + line} was lit before the fair began."
            for line in range(4)
        )
        + (
            f"^[A note of room {part}.{at}, which says where its ledger is kept and who has seen it.]"
            if at % 3 == 0
            else ""
        )
        for at in range(count)
    )


SECTION = f"""\
---
title: The rooms and the very long history of the rooms in which type was cast and set and broken up again
---

::: epigraph
A motto of some words that stands before all.

Its source
:::

It is kept [@one].^[A second note.]

{passage(0, 8)}

## A heading with [NATO]{{.smallcaps}} and *italics* and 贾樟柯 of no small length

[שלום עולם]{{lang=he}} and on.

### Third level that is itself rather long for a heading of its kind

![A picture with a caption that is long enough to need a second line, or nearly so, in all looks.](figures/one.png){{#fig:one}}

![A strip.](figures/two.png){{#fig:two .wide}}

{passage(1, 8)}

#### A fourth level

| Specimen | Foundry | Remarks |
|:--|:--|:------|
{ROWS}
: Specimens, a long table. {{#tbl:long}}

| Number | Word |
|-------:|------|
{NARROW}
: Numbers. {{#tbl:narrow}}

| Year | Share^[In a head.] |
|------|------:|
| 1984 | 12.50 |

: A short one. {{#tbl:short}}

> A quotation of one paragraph that goes on and on until it needs a second line at the least, as quotations do.

| Verse keeps its lines,
|   and the spaces before them; and a very long line of verse hangs when it is broken.

```
def a_line(of, code): pass
```

::: {{.callout-note}}
A box.
:::

{passage(2, 8)}

See @tbl:long, @fig:one and @tbl:narrow.
"""


def publication(folder: Path) -> Path:
    return write(
        folder,
        {
            "content/publication.yaml": DATA,
            "content/01-rooms.md": SECTION,
            "bib/references.bib": WORKS,
            "figures/figures.yaml": LEDGER,
            "figures/one.png": png(),
            "figures/two.png": png(1200, 400),
        },
    )


def build(folder: Path, edition: str, options: dict[str, Any], **settings: Any) -> tuple[Path, BuildResult]:
    given = {"options": options, **settings}
    result = build_edition(Request(publication(folder), settings=given), edition, lambda event: None)
    assert [f"{found.code.value} {found.span} {found.message}" for found in result.diagnostics] == []
    return folder / result.output, result


def boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, str]]:
    """Left edge, lower edge and text of each stretch of text on a page."""
    text = page.get_textpage()
    found = []
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        found.append((left, bottom, text.get_text_bounded(left, bottom, right, top)))
    return found


@pytest.mark.parametrize("look", ["standard", "classical", "modern"])
def test_a_look_prints_everything_in_one_column(look: str, tmp_path: Path) -> None:
    pdf, _ = build(tmp_path, "screen", {"look": look, "paper": "us-trade", "measure": "narrow"})
    box = PdfReader(pdf).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (432, 648)


@pytest.mark.parametrize("look", ["standard", "classical", "modern"])
def test_a_look_in_two_columns(look: str, tmp_path: Path) -> None:
    pdf, _ = build(tmp_path, "screen", {"look": look, "columns": 2, "font-size": 10})
    document = pypdfium2.PdfDocument(pdf)
    middle = document[0].get_width() / 2
    assert {left > middle for left, _, _ in boxes(document[0])} == {True, False}
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert all(f"Antiqua {row} " in words for row in range(60))
    assert "In a head." in words


def test_the_columns_of_the_last_page_end_alike(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "content/publication.yaml": "title: Ends\nauthors: [{literal: A}]\n",
            "content/01-one.md": f"---\ntitle: One\n---\n\n{passage(0, 24)}\n",
        },
    )
    settings = {"options": {"columns": 2, "colophon": False}}
    result = build_edition(Request(root, settings=settings), "screen", lambda event: None)
    assert [found.message for found in result.diagnostics] == []
    document = pypdfium2.PdfDocument(root / result.output)
    page = document[len(document) - 1]
    middle, foot = page.get_width() / 2, 75
    ends = [
        min(low for left, low, _ in boxes(page) if (left > middle) is side and low > foot)
        for side in (False, True)
    ]
    document.close()
    assert abs(ends[0] - ends[1]) < 30


@pytest.mark.parametrize("columns", [1, 2])
def test_a_look_is_fit_for_a_printer(columns: int, tmp_path: Path) -> None:
    look = {1: "modern", 2: "classical"}[columns]
    pdf, _ = build(tmp_path, "print", {"look": look, "columns": columns}, trim="b5", bleed="3mm", marks=True)
    page = PdfReader(pdf).pages[0]
    assert page.trimbox.width < page.bleedbox.width < page.mediabox.width


def test_numbered_lines_leave_one_column(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "content/publication.yaml": "title: Lines\nauthors: [{literal: A}]\n",
            "content/01-one.md": "---\ntitle: One\n---\n\n" + "Some words go on for long. " * 20,
        },
    )
    settings = {"options": {"columns": 2, "line-numbers": True}}
    result = build_edition(Request(root, settings=settings), "screen", lambda event: None)
    assert [found.message for found in result.diagnostics] == []
    document = pypdfium2.PdfDocument(root / result.output)
    middle = document[0].get_width() / 2
    assert not [text for left, _, text in boxes(document[0]) if left > middle and "words" in text]
    document.close()
