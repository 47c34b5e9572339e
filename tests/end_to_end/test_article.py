"""The article template, built from a specimen that holds everything: what its PDF gives back, and how it is made."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from fascicle.latex.fonts.babel import language_setup
from fascicle.pdf.preflight import verapdf
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.conftest import ROOT, need_verapdf

pytestmark = [pytest.mark.tex, pytest.mark.release, pytest.mark.slow]

SPECIMEN = Path(__file__).parent / "specimen"
SECTION = SPECIMEN / "content" / "01-scripts.md"


@dataclass(frozen=True)
class Built:
    """What one build gave."""

    pdf: Path
    log: str
    reported: list[str]

    def text(self, *options: str) -> str:
        """The PDF's text as pdftotext reads it."""
        command = ["pdftotext", *options, str(self.pdf), "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def build(folder: Path, **options: object) -> Built:
    shutil.copytree(SPECIMEN, folder, dirs_exist_ok=True)
    settings = {"options": options} if options else {}
    result = build_edition(Request(folder, settings=settings), "screen", lambda event: None)
    reported = [f"{found.span} {found.code.value} {found.message}" for found in result.diagnostics]
    assert not result.failed, reported
    log = (folder / "build" / "run" / "screen" / "main.log").read_text("utf-8", "replace")
    return Built(folder / result.output, log, reported)


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The specimen with the template's own options."""
    return build(tmp_path_factory.mktemp("specimen"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The specimen with every option changed."""
    changed = {"paper": "royal", "font-size": 10, "line-spacing": 1.2, "two-sided": True, "contents": True}
    return build(
        tmp_path_factory.mktemp("book"),
        **changed,
        **{"links": "none", "running-heads": False, "colophon": False},
    )


def squeezed(text: str) -> str:
    """Text without white space, its compatibility forms (the sign for a long s and t) as plain letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


CUTS = ["Regular", "Italic", "Bold", "Both", "Mono"]


@pytest.mark.parametrize("cut", CUTS)
def test_every_character_comes_back_in_every_cut(specimen: Built, cut: str) -> None:
    line = next(line for line in SECTION.read_text("utf-8").splitlines() if f"{cut}: " in line)
    following = [*CUTS, "Ligatures stay"][CUTS.index(cut) + 1]
    paragraph = specimen.text().split(f"{cut}: ")[1].split(following)[0]
    words = re.sub(r"[*`;.:]|Hebrew.*", " ", line.split(": ", 1)[1]).split()
    assert len(words) > 15
    for word in words:
        assert squeezed(word) in squeezed(paragraph), word


def test_hebrew_is_ordered_from_right_to_left(specimen: Built) -> None:
    assert "שלום" in specimen.text()


def test_ligatures_are_text_and_tex_has_none(specimen: Built) -> None:
    text = specimen.text()
    for word in ("office", "fjord", "affluent", "flow", "file", "Things"):
        assert word in text
    assert "-- --- '' <<>> ,,x !x" in text
    assert "Small capitals 1789" in text


def test_titles_of_films_stay_in_order(specimen: Built) -> None:
    text = specimen.text().replace("\n", "")
    assert "(《归途列车》)" in text
    assert "他说：“户口——流动……”" in text


def test_nothing_is_missing_or_sticks_out(specimen: Built, book: Built) -> None:
    for built in (specimen, book):
        assert "Missing character" not in built.log
        wide = [float(found) for found in re.findall(r"Overfull \\hbox \(([\d.]+)pt", built.log)]
        assert not [points for points in wide if points > 2]
        assert not re.findall(r"(?m)^.*Warning(?!: Shell escape feature is not enabled).*$", built.log)
        assert not [line for line in built.reported if "permission-pending" not in line]


def test_fonts_are_embedded_and_have_outlines(specimen: Built) -> None:
    listed = subprocess.run(
        ["pdffonts", str(specimen.pdf)], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in listed.splitlines()[2:]]
    assert rows
    for row in rows:
        assert "Type3" not in "".join(row).replace(" ", "")
        assert row[-5:-2] == ["yes", "yes", "yes"], row


def test_formulas_have_the_letters_of_the_text(specimen: Built) -> None:
    listed = subprocess.run(
        ["pdffonts", str(specimen.pdf)], capture_output=True, text=True, check=True
    ).stdout
    assert "TeXGyreTermesMath" in listed
    assert "LMMath" not in listed
    assert "LMRoman" not in listed
    assert "E = mc" in specimen.text()


def test_page_one_begins_with_title_and_authors(specimen: Built) -> None:
    lines = specimen.text("-l", "1").splitlines()
    assert lines[0].startswith("Specimen: every kind")
    authors = next(line for line in lines if line.startswith("Ann Author"))
    assert "Fan Lixin 范立欣" in authors
    assert "University" not in authors
    assert "References" in specimen.text().splitlines()


def test_the_title_is_the_largest_text_of_page_one(specimen: Built) -> None:
    sizes: dict[float, str] = defaultdict(str)

    def visit(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        sizes[round(size * abs(matrix[3]), 1)] += text

    PdfReader(specimen.pdf).pages[0].extract_text(visitor_text=visit)
    largest = max(size for size, text in sizes.items() if text.strip())
    assert "Specimen" in sizes[largest]
    assert "Author" not in sizes[largest]


def test_foot_of_page_one_and_colophon(specimen: Built) -> None:
    first = specimen.text("-l", "1")
    for expected in (
        "Edinburgh: A Press",
        "Version 1.2, 23 November 2026",
        "https://doi.org/10.1234/specimen",
    ):
        assert expected in first
    assert "ann@example.org" in first
    everything = specimen.text()
    assert "Creative Commons" in everything
    assert "How to cite" in everything


def test_options(book: Built) -> None:
    reader = PdfReader(book.pdf)
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (442, 663)
    assert "Contents" in book.text().splitlines()
    assert "How to cite" not in book.text()
    assert reader.outline
    assert not any(page.get("/Annots") for page in reader.pages)


def test_british_words_part_as_in_britain(tmp_path: Path) -> None:
    setup = language_setup("en-GB", ["de"], set("abc"))
    for name, text in setup.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    shared = (ROOT / "templates" / "shared" / "fascicle.tex").read_text("utf-8")
    body = r"\showhyphens{photographers}\fasciclelang{de}{\showhyphens{Bevölkerung}}"
    tex = f"\\documentclass{{article}}\n{shared}\n{setup.preamble}\n\\begin{{document}}{body}\\end{{document}}\n"
    (tmp_path / "main.tex").write_text(tex, "utf-8")
    command = ["lualatex", "-interaction=batchmode", "main.tex"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    log = (tmp_path / "main.log").read_text("utf-8", "replace")
    assert "pho-to-graph-ers" in log
    assert "Be-völ-ke-rung" in log


def test_verapdf_finds_the_standard_kept(specimen: Built) -> None:
    need_verapdf()
    assert verapdf.failures(specimen.pdf.read_bytes(), "2u") == []
