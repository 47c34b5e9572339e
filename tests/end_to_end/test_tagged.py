"""Tagged PDF: the structure tree says what the text has, the standards are kept, and the page looks as without tags."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops

from fascicle.pdf.preflight import verapdf
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.reading.structure import Element
from fascicle.pipeline import tagging
from fascicle.pipeline.build import BuildResult, build_edition, settings_of
from fascicle.pipeline.run import Request
from fascicle.project import manifest, scaffold
from fascicle.typeset.tagging import capability
from tests.conftest import need_verapdf
from tests.support.publications import SMALL, png, write

pytestmark = [pytest.mark.tagged, pytest.mark.tex, pytest.mark.slow]

SPECIMEN = Path(__file__).parent / "tagged"
DARK = 100
"""A difference of grey, of 255, that is none of rounding."""


def build(folder: Path, edition: str = "screen", tags: str = "on") -> BuildResult:
    settings = {"options": {"tagging": tags}}
    return build_edition(Request(folder, settings=settings), edition, lambda event: None)


def specimen_in(folder: Path) -> Path:
    shutil.copytree(SPECIMEN, folder, dirs_exist_ok=True)
    return write(folder, {"figures/one.png": png(), "figures/two.png": png(600, 300)})


@pytest.fixture(scope="module", autouse=True)
def real_capability() -> Iterator[None]:
    """The other tests build without tags."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagging, "capability", capability)
        yield


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text with everything in it, tagged."""
    folder = specimen_in(tmp_path_factory.mktemp("tagged"))
    result = build(folder)
    codes = {found.code.value for found in result.diagnostics}
    assert not result.failed, [found.message for found in result.diagnostics]
    assert codes <= {"permission-pending"}
    return folder / result.output


@pytest.fixture(scope="module")
def tree(specimen: Path) -> Element:
    """Its structure tree."""
    found = Inspection(specimen).structure
    assert found
    return found


def words(elements: list[Element]) -> list[str]:
    return [" ".join(element.text.split()) for element in elements]


def broken(pdf: Path) -> Iterator[str]:
    claims = {key: str(value) for key, value in Inspection(pdf).xmp.items() if key.startswith("pdf")}
    for flavour in verapdf.flavours(claims):
        yield from (f"{flavour}: {one}" for one in verapdf.failures(pdf.read_bytes(), flavour))


def test_verapdf_finds_both_standards_kept(specimen: Path) -> None:
    need_verapdf()
    said = Inspection(specimen).xmp
    assert (said["pdfuaid:part"], said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "4", "F")
    assert list(broken(specimen)) == []


def test_the_title_and_the_headings_have_their_levels(tree: Element) -> None:
    assert words(tree.all("Title")) == ["Everything at Once"]
    assert [one.tag for one in tree.all("H1", "H2", "H3", "H4", "H5")] == [
        *("H1", "H1", "H2", "H3", "H3", "H4", "H5", "H2", "H2", "H1", "H1")
    ]
    assert words(tree.all("H2")) == ["1.1 Lists", "1.2 Formulas and code", "1.3 A long table"]


def test_tables_have_heads_and_captions_and_no_row_too_many(tree: Element) -> None:
    plain, bare, long, wide = tree.all("Table")
    assert words(plain.all("TH")) == ["Film", "Year", "Length"]
    assert {cell.attributes["Scope"] for cell in tree.all("TH") if cell.kids} == {"Column"}
    assert bare.all("TH") == []
    assert words(long.all("Caption")) == ["Table 2 A long table with a caption."]
    assert sum(isinstance(kid, Element) and kid.tag == "TR" for kid in long.kids) == 46
    assert words(wide.all("TH")) == ["A", "B", "C", "D"]


def test_pictures_are_described_and_plates_too(tree: Element) -> None:
    assert [one.alt for one in tree.all("Figure")] == [
        "A first plate in even grey",
        "A second plate in even grey",
        "Permission pending. What nobody may print yet",
        "A first plate in even grey",
        "A second plate in even grey",
    ]


def test_notes_hang_on_their_marks(tree: Element) -> None:
    marks = [one for one in tree.all("Lbl") if one.own == "footnotemark"]
    assert words(marks) == ["1", "2", "3", "4", "5", "6"]
    assert all(any(inner.destination for inner in mark.walk()) for mark in marks)
    notes = words(tree.all("FENote"))
    assert notes[1].startswith("1 The first note, with (Small 2001, 3) and")
    assert notes[4:] == ["4 In a list.", "5 In a caption.", "6 In a cell."]


def test_languages_lists_verse_code_and_formulas(tree: Element) -> None:
    languages = {one.language for one in tree.walk() if one.language}
    assert {"zh-Hans", "he", "de", "en-GB"} <= languages
    numbering = [one.attributes.get("ListNumbering") for one in tree.all("L")]
    assert numbering.count("Ordered") == 4
    assert words(tree.all("Code")) == ['def hello(): print("as typed")', "plain code"]
    assert [one.own for one in tree.all("BlockQuote")] == ["epigraph", "quote", "quote", "verse", "epigraph"]
    assert all(one.all("math") for one in tree.all("Formula"))
    assert words(tree.all("Strong")) == ["strong words"]


def test_ornaments_are_not_read(tree: Element) -> None:
    assert [one for one in words(tree.all("P")) if set(one) <= {"*", " "} and one] == []


def test_the_works_have_no_empty_labels(tree: Element) -> None:
    assert [one for one in tree.all("Lbl") if not one.text.strip()] == []


def test_pages_look_as_they_do_without_tags(specimen: Path, tmp_path: Path) -> None:
    folder = specimen_in(tmp_path)
    plain = build(folder, tags="off")
    first, second = (pypdfium2.PdfDocument(path) for path in (specimen, folder / plain.output))
    assert len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        images = [page.render(scale=1).to_pil().convert("L") for page in (one, other)]
        differing = sum(ImageChops.difference(*images).histogram()[DARK:])
        assert differing < 0.002 * images[0].width * images[0].height
    first.close()
    second.close()


def test_a_reviewers_copy_with_numbered_lines_is_tagged(tmp_path: Path) -> None:
    folder = specimen_in(tmp_path)
    result = build(folder, "review")
    assert not result.failed, [found.message for found in result.diagnostics]
    need_verapdf()
    assert list(broken(folder / result.output)) == []


def test_the_starter_is_tagged(tmp_path: Path) -> None:
    folder = tmp_path / "starter"
    scaffold.write(folder)
    result = build(folder)
    assert not result.failed, [found.message for found in result.diagnostics]
    need_verapdf()
    assert list(broken(folder / result.output)) == []


def test_the_essay_is_tagged(essay: Path) -> None:
    result = build(essay)
    assert not result.failed, [found.message for found in result.diagnostics]
    need_verapdf()
    assert list(broken(essay / result.output)) == []


FAILS = "`\\ifdefined\\tagstructbegin\\errmessage{no tags}\\fi`{=latex} and words."


def test_what_fails_with_tags_alone_is_made_without_and_told(tmp_path: Path) -> None:
    stated = f"{SMALL['content/publication.yaml']}trust: {{raw-latex: true}}\n"
    section = f"---\ntitle: One\n---\n\n{FAILS}\n"
    folder = write(tmp_path, {"content/publication.yaml": stated, "content/01-one.md": section})
    result = build(folder, tags="auto")
    assert (bool(result.output), result.untagged) == (True, "it fails with tags")
    assert [found.code.value for found in result.diagnostics] == ["tags-forgone"]
    assert build(folder).failed


def test_whoever_watches_gets_pages_without_tags_and_the_next_build_makes_them(tmp_path: Path) -> None:
    folder = write(tmp_path, SMALL)
    watched = build_edition(Request(folder, hurried=True), "screen", lambda event: None)
    assert watched.untagged == "not while it is watched"
    last = manifest.load(folder / "build", "screen")
    assert last
    assert not manifest.is_fresh(last, folder, settings_of(Request(folder)))


def test_babel_asks_for_no_package_of_the_language(tmp_path: Path) -> None:
    stated = SMALL["content/publication.yaml"].replace("en-GB", "de")
    result = build(write(tmp_path, {**SMALL, "content/publication.yaml": stated}))
    assert [found.message for found in result.diagnostics] == []
