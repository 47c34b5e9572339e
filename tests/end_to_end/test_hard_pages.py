"""Pages that are hard to make: long names and titles, notes that meet, a list of works in Chinese, deep tables."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request

pytestmark = [pytest.mark.tex, pytest.mark.release, pytest.mark.slow]

WORKS = """
@incollection{one,
  author = {Ibáñez, Hélène}, title = {Ce que garde l'atelier}, booktitle = {Archives}, editor = {Kapr, Karl},
  date = {2001}, publisher = {Routledge}, location = {London},
}
@online{two,
  author = {Young, Ruth}, title = {Collections}, date = {2015},
  url = {https://www.example.org/collections/special/typefoundries/provincial/specimens/view?page=1&sort=date},
}
"""
AUTHORS = """
authors:
  - {family: Hohenlohe-Waldenburg, given: Maximiliane Friederike, note: A note on the author.}
  - {family: Li, given: Na}
  - {family: Roe, given: Jo}
"""
WORDS = "The sorts ran short in spring and the lamps of the room were lit before the fair had begun to fill. "


def pages(folder: Path, data: str, section: str, edition: str = "screen") -> list[str]:
    """Builds a publication; the text of its pages as it is laid out."""
    for name, text in {
        "content/publication.yaml": data + AUTHORS,
        "content/01-first.md": "---\ntitle: One\n---\n\n" + section,
        "bib/references.bib": WORKS,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    result = build_edition(Request(folder), edition, lambda event: None)
    reported = [
        f"{found.code.value} {found.message}"
        for found in result.diagnostics
        if found.code.value != "bib-unused"
    ]
    assert not result.failed, reported
    assert not reported
    command = ["pdftotext", "-layout", str(folder / result.output), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")


def test_heads_notes_and_addresses(tmp_path: Path) -> None:
    numbered = "\n\n".join(f"Of sheet {number}: {WORDS * 4}" for number in range(12))
    abstract = " ".join(f"Point {number} of the abstract is long. {WORDS}" for number in range(36))
    first, second, *others = pages(
        tmp_path,
        f"title: Lamps\nshort-title: The Lamp, the Letter and the Ledger\ncitation-style: chicago-notes\nabstract: '{abstract}'",
        f"It is kept [@one].^[A second note.] So is this [@two].\n\n{numbered}",
    )
    assert "A note on the author." in first
    head = second.strip().splitlines()[0]
    assert head.startswith("Hohenlohe-Waldenburg et al.")
    assert head.endswith("The Lamp, the Letter and the Ledger")
    everything = "\n".join([first, second, *others])
    assert "1,2" in everything
    assert "https://www.example.org/" in everything


def test_a_title_without_a_short_one_is_one_line_of_head(tmp_path: Path) -> None:
    title = (
        "Lamps, Letters and Ledgers of the Composing Rooms of the Provincial Scholarly Press in Two Centuries"
    )
    numbered = "\n\n".join(f"Of sheet {number}: {WORDS * 4}" for number in range(12))
    _, second, *_ = pages(tmp_path, f"title: {title}", numbered)
    head = second.strip().splitlines()[0]
    assert head.startswith("Lamps, Letters")
    assert head.endswith("…")


def test_words_of_a_chinese_publication_have_fonts_and_marks(tmp_path: Path) -> None:
    text = "".join(
        pages(
            tmp_path,
            "title: 灯\nslug: lamp\nlanguage: zh-Hans\ndate: 2026-11-23\ncitation-style: numeric",
            "字 [@one]。\n\n| A | B |\n|:--|--:|\n| a | 1 |\n\n: 字 {#tbl:one}\n",
        )
    )
    assert "参考文献" in text
    assert "表1" in text.replace(" ", "")
    assert "?Ce que" not in text
    assert "l’atelier" in text


def specimens(rows: int) -> str:
    lines = "".join(
        f"| Antiqua No. {row} | Schelter and Giesecke | Leipzig | Weighed in autumn {row} by hands that no ledger names at all |\n"
        for row in range(1, rows + 1)
    )
    return f"| Specimen | Foundry | Place | Remarks |\n|:--|:--|:--|:------|\n{lines}\n: Specimens. {{#tbl:one}}\n"


def test_a_table_of_many_lines_stays_on_its_page_in_review(tmp_path: Path) -> None:
    found = pages(tmp_path, "title: Lamps", f"Text.\n\n{specimens(9)}", "review")
    assert any("Antiqua" in page for page in found)


@pytest.mark.parametrize("edition", ["screen", "print"])
def test_a_table_goes_on_on_the_next_page(tmp_path: Path, edition: str) -> None:
    found = pages(tmp_path, "title: Lamps", f"Text.\n\n{specimens(40)}", edition)
    assert sum("Antiqua" in page and "Remarks" in page for page in found) > 1
