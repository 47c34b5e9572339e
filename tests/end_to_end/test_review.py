"""The review edition of three authors in three scripts: no trace of them anywhere, all of it on the title page."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

from fascicle.pdf.objects import reachable
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pipeline.build import BuildResult, build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import build, reported, write
from tests.support.review_publication import STRINGS, files

pytestmark = [pytest.mark.tex, pytest.mark.release]
ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "latin-1", "cp1251")


@pytest.fixture(scope="session")
def review(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    root = write(tmp_path_factory.mktemp("review"), files())
    return root, build_edition(Request(root), "review", lambda event: None)


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The control: the screen edition of the same publication."""
    root = write(tmp_path_factory.mktemp("named"), files())
    result = build(root)
    assert not result.failed, reported(result)
    return root / result.output


def everything(pdf: Path) -> str:
    """All that can be got out of a file, folded: bytes, decoded streams in many encodings, strings, pages' text."""
    data = pdf.read_bytes()
    reader = PdfReader(pdf)
    streams = [data]
    for item in reachable([reader.trailer]).values():
        if isinstance(item, StreamObject):
            try:
                streams.append(item.get_data())
            except (PyPdfError, NotImplementedError):
                streams.append(item._data)
    parts = [stream.decode(encoding, "replace") for stream in streams for encoding in ENCODINGS]
    parts += [repr(item) for item in reachable([reader.trailer]).values()]
    texts = [page.extract_text() for page in reader.pages]
    parts += texts + [re.sub(r"[-\u00ad]?\s*\n\s*", "", text) for text in texts]
    return fold("\n".join(parts))


def fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in apart if not unicodedata.combining(character))


def traces(text: str) -> list[str]:
    """Which of the strings stand in a folded text; the family name Li alone is looked for on pages."""
    return [string for string in STRINGS if string != "Li" and fold(string) in text]


def test_it_is_made_without_a_word(review: tuple[Path, BuildResult]) -> None:
    assert reported(review[1]) == []
    assert review[1].output == "build/review/manuscript.pdf", "the slug holds an author's name"


def test_no_trace_in_the_file(review: tuple[Path, BuildResult]) -> None:
    text = everything(review[0] / review[1].output)
    assert traces(text) == []


def test_the_control_holds_them(named: Path) -> None:
    found = traces(everything(named))
    assert {
        "李娜",
        "na.li@uni-example.org",
        "Олег Иванов",
        "Institut für Filmforschung",
        "Steppenwölfe",
    } <= set(found)
    assert {"Stiftung Beispielfonds", "Ann Beispielkollegin", "10.5555/reviewtest"} <= set(found)


def test_li_is_named_only_where_somebody_else_is_meant(review: tuple[Path, BuildResult]) -> None:
    pages = "\n".join(Inspection(review[0] / review[1].output).read_texts)
    places = re.findall(r"\bLi\b.{0,12}", " ".join(pages.split()))
    assert [place[:11] for place in places] == ["Li and Wang", "Li, Na-Youn", "Li Bai’. Sc"]


def test_no_trace_beside_it(review: tuple[Path, BuildResult]) -> None:
    folder = review[0] / "build/review"
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "manifest.json", "manuscript-title-page.pdf", "manuscript.pdf", "manuscript.tex", "report.json",
    ]  # fmt: skip
    for name in ("manuscript.tex", "report.json"):
        assert traces(fold((folder / name).read_text("utf-8"))) == []


def test_works_of_the_authors_are_cited_and_not_listed(review: tuple[Path, BuildResult]) -> None:
    text = " ".join("\n".join(Inspection(review[0] / review[1].output).read_texts).split())
    assert "(Author 2014a, 4; see also Li and Wang 2012, 5)" in text
    assert "Author (2013, 9)" in text
    assert "(Author 2011; Smith 2009)" in text
    listed = text[text.rindex("References") :]
    assert "Author" not in listed
    assert "edited by Stuart Hall" in listed, "only the author among the editors is left out"


def test_lines_and_pages_are_numbered(review: tuple[Path, BuildResult]) -> None:
    path = review[0] / review[1].output
    pages = len(PdfReader(path).pages)
    shown = PdfReader(path).pages[0].extract_text()
    assert f"page 1 of {pages}" in shown
    numbers = [
        int(line)
        for page in PdfReader(path).pages
        for line in re.findall(r"^\s*(\d+)(?=\s)", page.extract_text(extraction_mode="layout"), re.MULTILINE)
    ]
    assert [number for number in range(1, 15) if number not in numbers] == []


def test_the_title_page_carries_what_was_taken_out(review: tuple[Path, BuildResult]) -> None:
    path = review[0] / "build/review/manuscript-title-page.pdf"
    text = " ".join("\n".join(Inspection(path).read_texts).split())
    for string in (
        "Na Li 李娜 (corresponding author)", "Jörg Müller", "Олег Иванов", "na.li@uni-example.org",
        "0000-0002-1825-0097", "Institut für Filmforschung", "Stiftung Beispielfonds (BF-2024-17)",
        "We thank Ann Beispielkollegin.", "Jörg Müller owns a cinema.", "Na Li teaches film.",
    ):  # fmt: skip
        assert string in text
    assert re.search(r"Words \d+", text)
