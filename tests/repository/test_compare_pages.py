"""Pages of two PDFs held against each other: what counts as a difference, and what does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from tests.conftest import ROOT
from tests.support.pdf_samples import names, stream, written

TOOL = ROOT / "tools" / "compare_pages.py"


def pdf(path: Path, *pages: str, width: int = 400) -> Path:
    """A PDF of which each page has one line, or what else its piece of content draws."""
    writer = PdfWriter()
    for content in pages:
        page = writer.add_blank_page(width, 200)
        face = names(Type="/Font", Subtype="/Type1", BaseFont="/Helvetica")
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): face})}
        )
        page[NameObject("/Contents")] = writer._add_object(stream(content.encode()))
    path.write_bytes(written(writer))
    return path


def line(text: str, left: float = 50) -> str:
    return f"BT /F 12 Tf {left} 100 Td ({text}) Tj ET\n"


def compare(tmp_path: Path, first: list[str], second: list[str], *options: str) -> tuple[int, list[str]]:
    files = [pdf(tmp_path / "first.pdf", *first), pdf(tmp_path / "second.pdf", *second)]
    done = subprocess.run(
        [sys.executable, TOOL, *files, *options], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


def test_equal_pages(tmp_path: Path) -> None:
    assert compare(tmp_path, [line("One"), line("Two")], [line("One"), line("Two")]) == (
        0,
        ["2 pages, greatest difference of grey 0 of 255"],
    )


def test_a_glyph_drawn_a_hair_aside_is_no_difference(tmp_path: Path) -> None:
    status, reported = compare(tmp_path, [line("A line of words")], [line("A line of words", 50.02)])
    assert (status, len(reported)) == (0, 1)


def test_another_word_is_told_with_both_lines(tmp_path: Path) -> None:
    status, reported = compare(tmp_path, [line("One"), line("Two")], [line("One"), line("Too")])
    assert status == 1
    assert reported[0] == "page 2: the text differs"
    assert {"page 2: -Two", "page 2: +Too"} <= set(reported)


def test_a_hairline_that_is_missing_is_told(tmp_path: Path) -> None:
    rule = "0.3 w 50 90 m 150 90 l S\n"
    status, reported = compare(tmp_path, [line("One") + rule], [line("One")])
    assert status == 1
    assert reported[0].startswith("page 1: it looks different: ")
    assert compare(tmp_path, [line("One") + rule], [line("One")], "--tolerance", "255")[0] == 0


def test_pages_that_one_alone_has(tmp_path: Path) -> None:
    status, reported = compare(tmp_path, [line("One")], [line("One"), line("Two")])
    assert status == 1
    assert reported[0] == f"page 2: only in {tmp_path / 'second.pdf'}"


def test_pages_of_another_size(tmp_path: Path) -> None:
    files = [pdf(tmp_path / "a.pdf", line("One")), pdf(tmp_path / "b.pdf", line("One"), width=401)]
    done = subprocess.run([sys.executable, TOOL, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "page 1: it looks different: 255 of 255" in done.stdout
