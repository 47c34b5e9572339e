"""What stands at the end of a text: its last figure, the list of works, the colophon."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from fascicle.project import scaffold
from tests.support.publications import png, write

pytestmark = [pytest.mark.tex, pytest.mark.slow]

WORK = "@book{doe, author = {Doe, Jane}, title = {A Book}, date = {2001}, publisher = {Press}}\n"
LINE = "Words that fill the page until its foot, one after another, as they do in every text. "


def pages(tmp_path: Path, paragraphs: int, last: str) -> list[str]:
    """The texts of the pages of so many paragraphs and a last one."""
    text = "\n\n".join([LINE * 5] * paragraphs)
    figure: dict[str, str | bytes] = {
        "figures/figures.yaml": "plate.png: {permission: own, alt: A grey plate without marks, credit: Own}\n",
        "figures/plate.png": png(900, 1000),
    }
    root = write(
        tmp_path,
        {
            **(figure if "plate.png" in last else dict[str, str | bytes]()),
            "content/publication.yaml": "title: Ends\nauthors: [{literal: A}]\n",
            "content/01-one.md": f"---\ntitle: One\n---\n\n{text}\n\nSee [@doe].\n\n{last}\n",
            "bib/works.bib": WORK,
        },
    )
    result = build_edition(Request(root), "screen", lambda event: None)
    assert [found.message for found in result.diagnostics] == []
    command = ["pdftotext", "-layout", str(root / result.output), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return printed.split("\f")[:-1]


def test_the_last_figure_comes_before_the_list_of_works(tmp_path: Path) -> None:
    found = "".join(pages(tmp_path, 9, "![A plate.](figures/plate.png){width=90%}"))
    assert 0 < found.index("A plate.") < found.index("References")


def test_a_page_does_not_end_early_for_a_figure_that_it_shows(tmp_path: Path) -> None:
    """The page before was too full when its last figure was asked for, and left some lines for this one."""
    scaffold.write(
        tmp_path / "x", scaffold.StarterData("A Small Thing", ("Jane van Gogh",), citation_style="authoryear")
    )
    result = build_edition(Request(tmp_path / "x"), "screen", lambda event: None)
    assert result.pages == 2


@pytest.mark.parametrize("lines", [33, 34, 35])
def test_no_colophon_stands_alone(tmp_path: Path, lines: int) -> None:
    """The list of works ends at the foot of a page in one of these."""
    *_, last = pages(tmp_path, 6, LINE * lines)
    assert "How to cite" in last
    assert "Doe, Jane" in last
