"""EPUB: a sound archive, navigation, pages of the PDF, metadata of accessibility, and what EPUBCheck says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import pytest

from fascicle.export.epub.cover import lines
from fascicle.export.epub.page_list import mark_pages
from fascicle.export.html.compose import as_xhtml
from fascicle.pipeline.build import BuildResult, build_edition
from fascicle.pipeline.run import Request
from tests.support.everything import EVERYTHING
from tests.support.hostile import HOSTILE
from tests.support.page_checkers import faults_of_book
from tests.support.publications import reported, small, write

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LONG = "A paragraph of some length, number {0}, that says {0} times how long a paragraph can be. " * 12


def made(root: Path, edition: str = "epub", **settings: object) -> BuildResult:
    return build_edition(Request(root, settings=settings), edition, lambda event: None)


def book_of(root: Path, **settings: object) -> Path:
    result = made(root, **settings)
    assert result.output, reported(result)
    assert not [one for one in reported(result) if "page-" in one]
    return root / result.output


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book_of(write(tmp_path_factory.mktemp("epub-everything"), EVERYTHING))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book_of(write(tmp_path_factory.mktemp("epub-hostile"), HOSTILE))


def files(book: Path) -> Mapping[str, bytes]:
    with ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(book: Path) -> ET.Element:
    return ET.fromstring(files(book)["EPUB/package.opf"])


def stated(book: Path, name: str) -> list[str | None]:
    metas = package(book).findall(f"{OPF}metadata/{OPF}meta")
    return [node.text for node in metas if node.get("property") == name]


def test_an_archive_as_readers_want_it(rich: Path) -> None:
    with ZipFile(rich) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert files(rich)["mimetype"] == b"application/epub+zip"


def test_same_bytes_elsewhere(rich: Path, tmp_path: Path) -> None:
    assert book_of(write(tmp_path / "elsewhere", EVERYTHING)).read_bytes() == rich.read_bytes()


def test_every_file_is_in_the_manifest_and_reads_as_xml(rich: Path, hostile: Path) -> None:
    for book in (rich, hostile):
        listed = {item.get("href") for item in package(book).findall(f"{OPF}manifest/{OPF}item")}
        there = {name.removeprefix("EPUB/") for name in files(book) if name.startswith("EPUB/")}
        assert listed == there - {"package.opf"}
        for name, data in files(book).items():
            if name.endswith(("xhtml", "svg")):
                assert ET.fromstring(data) is not None


def test_what_it_says_of_itself(rich: Path) -> None:
    root = package(rich)
    assert [node.text for node in root.iter(f"{DC}title")] == ["All of It"]
    assert [node.text for node in root.iter(f"{DC}creator")] == ["Ann Small", "Jia Zhangke"]
    assert stated(rich, "dcterms:modified") == ["2024-02-29T00:00:00Z"]
    assert stated(rich, "schema:accessMode") == ["textual", "visual"]
    assert stated(rich, "schema:accessModeSufficient") == ["textual"]
    assert {"MathML", "alternativeText", "tableOfContents"} <= set(
        stated(rich, "schema:accessibilityFeature")
    )
    assert "pageNavigation" not in stated(rich, "schema:accessibilityFeature")
    assert len(stated(rich, "schema:accessibilitySummary")) == 1


def test_links_lead_from_file_to_file(rich: Path) -> None:
    section = files(rich)["EPUB/section-01.xhtml"].decode()
    assert re.search(r'href="#note-\d"', section)
    contents = ET.fromstring(files(rich)["EPUB/nav.xhtml"])
    toc = next(node for node in contents.iter(f"{XHTML}nav") if node.get(TYPE) == "toc")
    targets = [link.get("href") for link in toc.iter(f"{XHTML}a")]
    assert targets[:2] == ["title.xhtml", "section-01.xhtml#sec-one"] or str(targets[1]).startswith(
        "section-01"
    )
    assert targets[-2:] == ["works.xhtml", "colophon.xhtml"]


@pytest.mark.tex
def test_pages_of_the_pdf(tmp_path: Path) -> None:
    text = "\n\n".join(LONG.format(number) for number in range(1, 40))
    root = small(tmp_path, **{"content/01-one.md": f"---\ntitle: One\n---\n\n{text}\n"})
    screen = made(root, "screen")
    assert screen.output, reported(screen)
    book = book_of(root)
    contents = ET.fromstring(files(book)["EPUB/nav.xhtml"])
    pages = next(node for node in contents.iter(f"{XHTML}nav") if node.get(TYPE) == "page-list")
    listed = [(link.text, link.get("href")) for link in pages.iter(f"{XHTML}a")]
    assert [label for label, _ in listed] == [str(number) for number in range(1, screen.pages + 1)]
    assert listed[0][1] == "title.xhtml#page-1"
    section = files(book)["EPUB/section-01.xhtml"].decode()
    places = [section.index(f'id="page-{number}"') for number in range(2, screen.pages + 1)]
    assert places == sorted(places)
    assert "pageBreakMarkers" in stated(book, "schema:accessibilityFeature")


def test_a_mark_stands_before_the_word_that_begins_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from fascicle.export.elements import element
    from fascicle.export.epub import page_list

    class Two:
        read_texts = ("One two three four five six seven eight", "nine ten eleven twelve thirteen fourteen\n")

        class reader:  # noqa: N801
            page_labels = ("1", "2")

        def __init__(self, pdf: bytes) -> None:
            pass

    monkeypatch.setattr(page_list, "Inspection", Two)
    strong = element("strong", "eight nine ten")
    text = element("p", "One two three four five six seven ", strong, " eleven twelve thirteen fourteen")
    marks = mark_pages([[text]], b"")
    assert [mark.label for mark in marks] == ["1", "2"]
    assert re.search(r'eight <span id="page-2"[^>]*/>nine ten</strong>', as_xhtml([text]))


def test_a_cover_of_ones_own(tmp_path: Path) -> None:
    from tests.support.publications import png

    root = small(tmp_path, **{"figures/cover.png": png(600, 900)})
    book = book_of(root, options={"cover": "figures/cover.png"})
    assert files(book)["EPUB/cover.png"] == png(600, 900)
    wrong = made(root, options={"cover": "figures/cover.gif"})
    assert any("unknown-picture-format" in one for one in reported(wrong))
    missing = made(root, options={"cover": "figures/none.png"})
    assert any("missing-file" in one for one in reported(missing))


def test_lines_of_a_cover() -> None:
    assert lines("Floating Population in Chinese Independent Cinema") == [
        "Floating Population in",
        "Chinese Independent Cinema",
    ]
    assert lines("二十四城记二十四城记二十四城记") == ["二十四城记二十四城记二十四", "城记"]


def test_epubcheck_finds_nothing(rich: Path, hostile: Path) -> None:
    for book in (rich, hostile):
        assert faults_of_book(book) == []
