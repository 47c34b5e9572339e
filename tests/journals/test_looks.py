"""Pages of journals' classes that their manuals speak of."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fascicle.journals.submission import SubmitOptions, submit
from fascicle.pipeline.run import Request
from tests.support.publications import png, write

pytestmark = pytest.mark.tex

PUBLICATION = """\
title: A Title of Many Words That Would Not Fit the Head of a Page
short-title: A Short One
abstract: What it is about.
authors:
  - {family: Doe, given: Jane, email: jane@example.org, corresponding: true, affiliations: [one, two]}
  - {family: Roe, given: Richard, affiliations: [two]}
  - {family: Poe, given: Ann}
declarations: [{title: Declaration of interest, text: None.}, {title: Use of AI, text: None.}]
highlights: [One thing, Another thing, A third thing]
affiliations: {one: {name: First Institute}, two: {name: Second Institute}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "content/publication.yaml": PUBLICATION,
            "content/01-one.md": "---\ntitle: One\n---\n\nWhat @fig:plate shows is told in a book, and told there at length [@doe].\n\n![A plate.](figures/plate.png){#fig:plate}\n"
            + "\nWords that fill pages until there are several of them." * 400
            + "\n",
            "bib/works.bib": "@book{doe, author = {Doe, Jane}, title = {A Book}, date = {2001}, publisher = {Press}}\n",
            "figures/figures.yaml": "plate.png: {permission: own, alt: A plate, credit: Own}\n",
            "figures/plate.png": png(900, 300),
        },
    )


def pages(root: Path, journal: str) -> list[str]:
    """The texts of the pages that the package's sources make."""
    made = submit(Request(root), SubmitOptions(journal, True), lambda event: None)
    assert [found.message for found in made.diagnostics if found.severity == "error"] == []
    folder = root / "build/submit" / journal
    (pdf,) = (path for path in folder.glob("*.pdf") if "title-page" not in path.name)
    printed = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    return [" ".join(page.split()) for page in printed.split("\f")[:-1]]


def test_apa_s_manual(root: Path) -> None:
    """Marks lead from authors to institutions, a note says how to write to one, the list begins a page."""
    first, *_, last = pages(root, "apa7")
    assert "JaneDoe1,2,RichardRoe2,andAnnPoe" in first.replace(" ", "")
    assert "Jane Doe (corresponding author): First Institute. Second Institute. jane@example.org" in first
    assert re.match(r"A SHORT ONE \d+ References Doe, J\. \(2001\)", last)


def test_elsevier_s_institutions_end_without_a_comma(root: Path) -> None:
    text = " ".join(pages(root, "elsevier"))
    assert "Second Institute" in text
    assert "Institute," not in text


def test_acm_s_running_head_is_the_short_title(root: Path) -> None:
    _, *later = pages(root, "acm")
    assert any("A Short One" in page for page in later)
    assert all("Would Not Fit" not in page for page in later)
