"""The repository's own publication, built for real and read again: what the essay promises its readers."""

from __future__ import annotations

import hashlib
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from fascicle.pdf.preflight.check import Verdict
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.preflight import examine_edition
from fascicle.pipeline.run import Request
from tests.conftest import need, need_verapdf
from tests.support.essay import copy_essay
from tests.support.publications import build, reported

pytestmark = [pytest.mark.tex, pytest.mark.release]

HAN = ["贾樟柯", "范立欣", "王兵", "户口", "归途列车", "二十四城记", "铁西区"]
FILMS = ["Last Train Home", "24 City", "West of the Tracks"]
PENDING = ["figures/figures.yaml:28:1 permission-pending"]
CITED = [
    "Deppman",
    "Donald",
    "Fan Lixin",
    "Jia Zhangke 贾",
    "Li, Na",
    "McGrath",
    "Wang Bing",
    "Wang, Q",
    "Wu, Shu",
]


def pdf_of(root: Path, result: BuildResult) -> Path:
    assert not result.failed, [found.message for found in result.diagnostics]
    return root / result.output


@pytest.fixture(scope="session")
def essay(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    root = copy_essay(tmp_path_factory.mktemp("essay"))
    return root, build(root)


@pytest.fixture(scope="session")
def inspection(essay: tuple[Path, BuildResult]) -> Inspection:
    return Inspection(pdf_of(*essay))


@pytest.fixture(scope="session")
def text(inspection: Inspection) -> str:
    return flat("\n".join(inspection.texts))


def flat(text: str) -> str:
    """One line, compatibility forms resolved, hyphens at line ends joined."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join(re.sub(r"(?<=\w)[-\u00ad]\n(?=\w)", "", text).split())


def test_nothing_is_told_but_the_pending_photograph(essay: tuple[Path, BuildResult]) -> None:
    assert reported(essay[1]) == PENDING


def test_title_and_authors_come_first(inspection: Inspection) -> None:
    first = flat(inspection.texts[0])
    assert first.startswith(
        "Floating Population in Chinese Independent Cinema Last Train Home and 24 City The Fascicle contributors"
    )


def test_at_least_six_pages_with_embedded_outline_fonts(inspection: Inspection) -> None:
    assert len(inspection.texts) >= 6
    assert inspection.fonts
    assert all(font.embedded for font in inspection.fonts)
    assert all("Type3" not in font.kind for font in inspection.fonts)


@pytest.mark.parametrize("han", HAN)
def test_han_characters_can_be_read_again(text: str, han: str) -> None:
    assert han in text


def test_every_cited_work_is_in_the_list(text: str) -> None:
    listed = text[text.rindex("References") :]
    positions = [listed.index(name) for name in CITED]
    assert positions == sorted(positions), "the list is not in the order of names"


def test_bookmarks_and_links_land(inspection: Inspection) -> None:
    titles = [bookmark.title for bookmark in inspection.outlines]
    assert "Introduction: The Count and the Sentence" in titles
    assert "References" in titles
    assert inspection.links
    assert all(link.target for link in (*inspection.outlines, *inspection.links))


def test_xmp_says_what_the_publication_says(inspection: Inspection) -> None:
    xmp = inspection.xmp
    assert xmp["dc:title"] == {
        "x-default": "Floating Population in Chinese Independent Cinema: Last Train Home and 24 City",
        "en-GB": "Floating Population in Chinese Independent Cinema: Last Train Home and 24 City",
    }
    assert xmp["dc:creator"] == ["The Fascicle contributors"]
    assert xmp["dc:language"] == ["en-GB"]
    assert "docufiction" in xmp["dc:subject"]
    assert inspection.info["Title"].startswith("Floating Population")


def test_every_promise_of_the_screen_edition_is_kept(essay: tuple[Path, BuildResult]) -> None:
    need("qpdf")
    need_verapdf()
    found = examine_edition(Request(essay[0]), "screen", None, verapdf=True)
    verdicts = {one.check.name: one.verdict for one in found.results}
    assert [
        name for name, verdict in verdicts.items() if verdict in (Verdict.BROKEN, Verdict.UNCHECKED)
    ] == []
    assert {"text", "citations", "verapdf", "sound", "colours", "glyphs"} <= {
        name for name, verdict in verdicts.items() if verdict is Verdict.KEPT
    }
    assert not found.stale


def test_poppler_sees_the_same_fonts_and_pictures(
    essay: tuple[Path, BuildResult], inspection: Inspection
) -> None:
    need("pdffonts", "pdfimages")
    rows = [
        subprocess.run(
            [program, *more, pdf_of(*essay)], capture_output=True, text=True, check=True
        ).stdout.splitlines()[2:]
        for program, more in (("pdffonts", []), ("pdfimages", ["-list"]))
    ]
    flag = {True: "yes", False: "no"}
    ours = {
        (font.name, flag[font.embedded], flag[font.subset], flag[font.unicode]) for font in inspection.fonts
    }
    assert {(row.split()[0], *row.rsplit(maxsplit=5)[1:4]) for row in rows[0]} == ours
    pictures = [
        (page, placed.pixels) for page, one in enumerate(inspection.painted, 1) for placed in one.pictures
    ]
    assert {(int(row.split()[0]), (int(row.split()[3]), int(row.split()[4]))) for row in rows[1]} == set(
        pictures
    )


def test_another_folder_gives_the_same_bytes(
    essay: tuple[Path, BuildResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")  # the publication's own date counts, not the surroundings'
    other = copy_essay(tmp_path / "a folder with another name")
    first, second = pdf_of(*essay), pdf_of(other, build(other))
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()


LISTS = {
    "chicago-author-date": "References",
    "chicago-notes": "Bibliography",
    "apa": "References",
    "mla": "Works Cited",
    "authoryear": "References",
    "numeric": "References",
}


@pytest.fixture(scope="session")
def styled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of the essay in each style, nothing changed but the one key."""
    texts = {}
    root = copy_essay(tmp_path_factory.mktemp("styles"))
    path = root / "content/publication.yaml"
    original = path.read_text(encoding="utf-8")
    for style in LISTS:
        path.write_text(re.sub(r"citation-style: .*", f"citation-style: {style}", original), encoding="utf-8")
        result = build(root)
        assert reported(result) == PENDING
        pages = PdfReader(pdf_of(root, result)).pages
        texts[style] = flat("\n".join(page.extract_text() for page in pages))
    return texts


@pytest.mark.parametrize("style", LISTS)
def test_each_style_lists_the_films_with_director_and_both_titles(styled: dict[str, str], style: str) -> None:
    listed = styled[style][styled[style].rindex(LISTS[style]) :]
    for title, original, director in zip(
        FILMS, ["归途列车", "二十四城记", "铁西区"], ["Fan", "Jia", "Wang"], strict=True
    ):
        assert title in listed
        assert original in listed
        assert director in listed
    assert re.search(r"\b[Dd]ir\.|[Dd]irect", listed), "no director is named as such"
    assert ", ," not in listed
    assert "Jia, Zhangke" not in listed, "a false comma in a Chinese name"


def test_styles_differ_in_the_text(styled: dict[str, str]) -> None:
    assert "(Li et al. 2012, 174)" in styled["chicago-author-date"]
    assert re.search(r"\(Li et al\., 2012, p\. 174\)", styled["apa"])
    assert re.search(r"\[\d+, p\. 174\]", styled["numeric"])
    assert len(set(styled.values())) == len(LISTS)
