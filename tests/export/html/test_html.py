"""HTML: the words of the text, sound structure, no script, nothing fetched, and what judges of pages say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fascicle.core.diagnostics import Span
from fascicle.document.expected_text import BlockText, Flow
from fascicle.export.html.check import read_page
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.reading.text import Reading, key
from fascicle.pdf.text_comparison.differences import differences
from fascicle.pipeline.build import BuildResult, build_edition
from fascicle.pipeline.run import Request
from tests.support.browser import PHONE, WIDE, chromium
from tests.support.everything import EVERYTHING
from tests.support.hostile import HOSTILE
from tests.support.page_checkers import faults_of_pages, violations
from tests.support.publications import SOUND, reported, small, write

STYLES = ("chicago-author-date", "chicago-notes", "apa", "mla", "ieee", "american-medical-association")
RTL: Mapping[str, str | bytes] = {
    "content/publication.yaml": "title: نص قصير\nauthors: [{family: Small, given: Ann}]\nlanguage: ar\nslug: short\n",
    "content/01-one.md": "---\ntitle: واحد\n---\n\nفقرة فيها [a few words]{lang=en} وحاشية.^[حاشية.]\n",
}


def made(root: Path, edition: str = "html", **settings: object) -> BuildResult:
    return build_edition(Request(root, settings=settings), edition, lambda event: None)


def page_of(root: Path, **settings: object) -> str:
    result = made(root, **settings)
    assert result.output, reported(result)
    assert not [one for one in reported(result) if "page-" in one]
    return (root / result.output).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("html-everything"), EVERYTHING)
    page_of(root)
    return root / "build/html/all-of-it.html"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("html-hostile"), HOSTILE)
    page_of(root)
    return root / "build/html/wolves.html"


def tree(text: str) -> ET.Element:
    """The page as elements: its void elements closed."""
    text = re.sub(r"<!DOCTYPE html>", "", re.sub(r"\(\(=.*?=\)\)", "", text)).strip()
    text = re.sub(r"<(meta|link|br|hr|img)\b([^>]*?)/?>", r"<\1\2/>", text)
    return ET.fromstring(text.replace("&nbsp;", "\u00a0").replace(" hidden>", ' hidden="">'))


def texts(root: ET.Element, path: str) -> list[str]:
    return [" ".join("".join(node.itertext()).split()) for node in root.findall(path)]


def test_every_kind_of_node(rich: Path) -> None:
    root = tree(rich.read_text(encoding="utf-8"))
    assert texts(root, ".//h1") == ["All of It"]
    assert texts(root, ".//article/div/section/h2") == ["1 One „quoted“ thing"]
    assert texts(root, ".//section/h3") == ["1.1 Sub", "Un"]
    assert texts(root, ".//p[@class='byline']") == ["Section Own"]
    assert texts(root, ".//figure[@class='epigraph']/figcaption") == ["Somebody1", "Source"]
    assert texts(root, ".//div[@class='verse']/p/span") == ["Verse keeps its lines,", "and the spaces"]
    assert texts(root, ".//figure/figcaption/span[@class='label']") == ["Abbildung 1.", "Abbildung 2."]
    assert texts(root, ".//table/caption") == ["Tabelle 1. Cap with note.5"]
    assert [node.get("scope") for node in root.findall(".//th")] == ["col", "col"]
    assert [node.get("lang") for node in root.findall(".//section/div[@lang]")] == ["fr"]
    assert [node.get("alt") for node in root.findall(".//img")] == ["A plate & more"]
    assert texts(root, ".//div[@class='plate']/p") == ["Not there"]
    assert texts(root, ".//em/em") == ["nested"]
    assert texts(root, ".//s") == ["gone"]
    assert texts(root, ".//span[@class='smallcaps']") == ["AD"]
    assert texts(root, ".//span[@class='equation']/span") == ["(1)"]
    assert len(root.findall(".//section[@class='notes']/ol/li")) == 5


def test_formulas_are_mathml_that_says_its_tex(rich: Path) -> None:
    root = tree(rich.read_text(encoding="utf-8"))
    (formula,) = root.iter("{http://www.w3.org/1998/Math/MathML}math")
    assert formula.get("alttext") == r"\frac{a}{b}"
    assert formula.get("display") == "block"


def test_notes_and_works_lead_back(rich: Path) -> None:
    root = tree(rich.read_text(encoding="utf-8"))
    named = {node.get("id"): node for node in root.iter() if node.get("id")}
    marks = [node for node in root.iter("a") if node.get("role") == "doc-noteref"]
    assert len(marks) == 5
    for mark in marks:
        note = named[str(mark.get("href"))[1:]]
        back = note.find(".//a[@role='doc-backlink']")
        assert back is not None
        assert named[str(back.get("href"))[1:]] is mark
    cites = [node for node in root.iter("a") if node.get("role") == "doc-biblioref"]
    for cite in cites:
        entry = named[str(cite.get("href"))[1:]]
        backs = [link.get("href") for link in entry.iter("a") if link.get("role") == "doc-backlink"]
        assert f"#{cite.get('id')}" in backs
        assert str(cite.get("title"))[:4] in "".join(entry.itertext())


def test_nothing_runs_and_nothing_is_fetched(hostile: Path, rich: Path) -> None:
    for file in (hostile, rich):
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"<script[^>]*>", text) == ['<script type="application/ld+json">']
        assert not re.search(r'\son\w+="', text)
        assert not [one for one in re.findall(r'\ssrc="([^"]*)"', text) if not one.startswith("data:image/")]
        sheets = re.findall(r'rel="stylesheet" href="([^"]*)"', text)
        assert not [one for one in sheets if not one.startswith("data:text/css")]


def test_what_machines_read(hostile: Path) -> None:
    text = hostile.read_text(encoding="utf-8")
    root = tree(text)
    meta = [(node.get("name"), node.get("content")) for node in root.iter("meta")]
    assert ("citation_title", "Wolves & “Foxes” \\LaTeX{} 100 % <b>") in meta or any(
        name == "citation_title" and value for name, value in meta
    )
    assert {"DC.title", "DC.creator", "DC.language", "citation_author", "citation_doi"} <= {
        name for name, _ in meta
    }
    record = root.find(".//script")
    assert record is not None
    linked = json.loads(record.text or "")
    assert linked["@type"] == "ScholarlyArticle"
    assert {"license", "cite-as"} <= {node.get("rel") for node in root.iter("link")}
    saved = [node.get("download") for node in root.iter("a") if node.get("download")]
    assert saved == ["wolves.bib", "wolves.ris", "wolves.csl.json"]


def test_same_bytes_elsewhere(rich: Path, tmp_path: Path) -> None:
    root = write(tmp_path / "elsewhere", EVERYTHING)
    assert page_of(root) == rich.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", STYLES)
def test_in_each_citation_style(style: str, tmp_path: Path) -> None:
    publication = str(EVERYTHING["content/publication.yaml"]).replace("chicago-notes", style)
    root = write(tmp_path, {**EVERYTHING, "content/publication.yaml": publication})
    seen = read_page(page_of(root))
    assert len(seen.names) == len(set(seen.names))
    assert "Das Buch" in " ".join(seen.body)


def test_a_page_for_each_section(tmp_path: Path) -> None:
    text = "See @sec:two, a note^[Note.] and [@b].\n"
    more = {
        "content/02-two.md": f"---\ntitle: Two\nid: two\n---\n\nBack to [one](#one). {text}",
        "bib/b.bib": EVERYTHING["bib/w.bib"],
    }
    root = small(tmp_path, **{"content/01-one.md": f"---\ntitle: One\nid: one\n---\n\n{text}", **more})
    front = page_of(root, pages="sections")
    folder = root / "build/html"
    assert sorted(file.name for file in folder.glob("*.html")) == [
        "a-small-thing-01.html",
        "a-small-thing-02.html",
        "a-small-thing-end.html",
        "a-small-thing.html",
    ]
    assert 'href="a-small-thing-01.html#sec-one"' in front
    first = (folder / "a-small-thing-01.html").read_text(encoding="utf-8")
    assert 'href="a-small-thing-02.html#sec-two"' in first
    assert 'href="a-small-thing-end.html#work.1"' in first
    assert made(root).output
    assert [file.name for file in folder.glob("*.html")] == ["a-small-thing.html"]


def test_every_page_has_the_publications_title_as_its_heading(tmp_path: Path) -> None:
    page_of(small(tmp_path), pages="sections")
    for file in (tmp_path / "build/html").glob("*.html"):
        assert texts(tree(file.read_text(encoding="utf-8")), ".//h1") == ["A Small Thing"]


def test_what_is_heard_beside_the_words(rich: Path) -> None:
    root = tree(rich.read_text(encoding="utf-8"))
    (frame,) = root.findall(".//div[@class='table']")
    assert frame.get("aria-label") == "Tabelle 1. Cap with note."
    for entry in root.findall(".//section[@class='references']//li"):
        names = [link.get("aria-label") for link in entry.findall("./span[@class='back']/a")]
        assert names == ["Zurück zum Text", "Zurück zum Text, 2"][: len(names)]
    assert [node.get("lang") for node in root.findall(".//footer//dd")][-1] == "en"


def test_a_note_of_an_author_who_has_an_address(tmp_path: Path) -> None:
    name = "{family: Somebody-with-a-Name-that-Is-Rather-Long, given: Wolfgang Amadeus, email: a@b.org, note: Thanks.}"
    given = f"title: T\nauthors: [{name}]\n"
    root = tree(page_of(small(tmp_path, **{"content/publication.yaml": given})))
    (contact,) = texts(root, ".//p[@class='contact']")
    assert contact.endswith("Rather-Long: Thanks. a@b.org")


def test_signs_that_pandoc_does_not_know(tmp_path: Path) -> None:
    text = page_of(
        small(tmp_path, **{"content/01-one.md": "---\ntitle: One\n---\n\n$a \\leqqslant \\dbinom{n}{k}$\n"})
    )
    assert "⫹" in text


def test_right_to_left(tmp_path: Path) -> None:
    text = page_of(write(tmp_path, RTL))
    assert '<html lang="ar" dir="rtl">' in text
    assert '<span lang="en" dir="ltr">a few words</span>' in text


def test_reviewers_are_told_no_name(tmp_path: Path) -> None:
    root = write(tmp_path, HOSTILE)
    result = made(root, anonymous=True)
    assert result.output, reported(result)
    page = (root / result.output).read_text(encoding="utf-8")
    assert "Lovelace" not in page
    assert "citation_author" not in page
    assert 'class="colophon"' not in page


def test_a_template_that_loses_text_is_found_out(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "templates/html/page.html").read_text(encoding="utf-8")
    root = write(tmp_path, {**SOUND, "templates/html/page.html": page.replace("((( page.body )))", "")})
    result = made(root)
    assert not result.output
    assert any("page-incomplete" in one for one in reported(result))


def test_a_fault_of_a_template_is_told_at_its_line(tmp_path: Path) -> None:
    root = small(tmp_path, **{"templates/html/page.html": "<!DOCTYPE html>\n((( titel )))\n"})
    result = made(root)
    assert not result.output
    assert "templates/html/page.html:2 template-name" in " ".join(reported(result)).replace(":1 ", " ")


def test_raw_latex_is_an_error_at_its_line(tmp_path: Path) -> None:
    root = small(tmp_path, **{
        "content/publication.yaml": "title: T\nauthors: [{family: Small}]\ntrust: {raw-latex: true}\n",
        "content/01-one.md": "---\ntitle: One\n---\n\nA `\\foo`{=latex}.\n",
    })  # fmt: skip
    assert any("raw-latex-lost" in one for one in reported(made(root)))


# -- The words of the PDF ----------------------------------------------------------------------------------


def blocks_of(page: str) -> list[BlockText]:
    """The page's blocks as the PDF is read against them."""
    seen = read_page(page)
    kinds = ((Flow.FLOAT, seen.body), (Flow.NOTE, seen.notes))
    return [BlockText("block", flow, Span(""), (text,)) for flow, some in kinds for text in some]


@pytest.mark.tex
@pytest.mark.parametrize("which", ["essay", "starter", "hard"])
def test_words_equal_those_of_the_pdf(which: str, essay: Path, tmp_path: Path) -> None:
    if which == "essay":
        root = essay
    elif which == "hard":
        root = write(tmp_path, EVERYTHING)
    else:
        from fascicle.project import scaffold

        root = tmp_path / "starter"
        scaffold.write(root, scaffold.StarterData("A Starter"))
    screen = made(root, "screen")
    assert screen.output, reported(screen)
    page = page_of(root)
    pages = Inspection((root / screen.output).read_bytes()).read_texts
    reading = Reading(pages)
    lost = [one for one in differences(reading, blocks_of(page)) if one.kind == "missing"]
    formulas = ("a/b", "(1)")
    assert [one.block.pieces for one in lost if not any(f in str(one.block.pieces) for f in formulas)] == []
    seen = read_page(page)
    joined = key(" ".join([*seen.body, *seen.notes, *seen.said])).text
    printed = {word for text in pages for word in re.findall(r"[^\W\d_]{5,}", text)}
    unknown = {word for word in printed if key(word).text and key(word).text not in joined}
    sources = [file for kind in ("py", "yaml") for file in root.glob(f"figures/*.{kind}")]
    drawn = "".join(file.read_text(encoding="utf-8") for file in sources if file.name != "figures.yaml")
    assert {word for word in unknown if word not in drawn} - {"LuaLaTeX"} == set()


# -- Judges ------------------------------------------------------------------------------------------------


def test_the_nu_html_checker_finds_nothing(hostile: Path, rich: Path, tmp_path: Path) -> None:
    page_of(write(tmp_path, RTL), pages="sections")
    files = [hostile, rich, *(tmp_path / "build/html").glob("*.html")]
    assert faults_of_pages(*files) == []


@pytest.mark.slow
def test_axe_finds_nothing(hostile: Path, rich: Path) -> None:
    windows = {
        "wide": WIDE,
        "phone": PHONE,
        "dark": {**WIDE, "color_scheme": "dark"},
        "forced": {**WIDE, "forced_colors": "active"},
        "large": {"viewport": {"width": 320, "height": 256}},
    }
    with chromium() as browser:
        for file in (hostile, rich):
            for name, window in windows.items():
                context = browser.new_context(**window)
                page = context.new_page()
                asked: list[str] = []
                page.on("request", lambda request, asked=asked: asked.append(request.url))  # type: ignore[misc]
                page.goto(file.as_uri())
                assert violations(page) == [], name
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, (name, file.name)
                assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
                context.close()


def test_notes_stand_beside_their_marks(rich: Path) -> None:
    with chromium() as browser:
        page = browser.new_context(**WIDE).new_page()
        page.goto(rich.as_uri())
        tops = page.evaluate(
            """() => [...document.querySelectorAll('.notes > ol > li')].map(note => {
              const mark = document.getElementById(note.id.replace('note', 'mark'));
              const [a, b] = [note.getBoundingClientRect(), mark.getBoundingClientRect()];
              return [a.top - b.top, a.left - b.right, a.bottom + scrollY, a.top + scrollY];
            })"""
        )
        assert all(down > -12 and right > 0 for down, right, _, _ in tops)
        assert all(second[3] >= first[2] for first, second in pairwise(tops))
