"""Fingerprints of pages that LuaLaTeX has set: equal means equal pixels, and an edit changes those of its pages alone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject

from fascicle.pdf.reading.page_digests import sheets
from fascicle.watch.preview.page_images import draw
from fascicle.watch.preview.pages import Book, Page
from fascicle.watch.state import Layer
from tests.support.publications import SOUND, build, png, write

PAGES = 6
"""Sections, each of about a page."""


def text(number: int, word: str = "nothing") -> str:
    def sentences(first: int, last: int) -> str:
        counted = range(number * 100 + first, number * 100 + last)
        return " ".join(f"The count of the {one} who move is kept by those who stay." for one in counted)

    paragraphs = (sentences(0, 25), f"Here stands {word} of note in part {number}.", sentences(25, 45))
    return f"---\ntitle: Part {number}\n---\n\n" + "\n\n".join(paragraphs) + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same publication with one thing changed each time."""
    root = write(tmp_path_factory.mktemp("fingerprints"), SOUND)
    for number in range(2, 2 + PAGES):
        write(root, {f"content/{number:02}-part.md": text(number)})

    def built(**files: str | bytes) -> bytes:
        write(root, {name.replace("__", "/"): content for name, content in files.items()})
        result = build(root)
        assert not result.failed, result.diagnostics
        return Path(root, result.output).read_bytes()

    section = "content/04-part.md"
    return {
        "first": built(),
        "word": built(**{section: text(4, "nobody!")}),
        "letter": built(
            **{section: text(4, "noþinǥ")}
        ),  # letters that no page had before: the font's subset changes
        "picture": built(**{"figures/plate.png": darker()}),
    }


def darker() -> bytes:
    stream = BytesIO()
    Image.open(BytesIO(png())).point(lambda shade: shade - 30).save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


def pages(pdf: bytes) -> tuple[Page, ...]:
    return Book().take([Layer(pdf)]).pages


def same(one: Page, other: Page) -> bool:
    left, right = draw(one, 1200), draw(other, 1200)
    return left.size == right.size and ImageChops.difference(left, right).getbbox() is None


def differing(made: dict[str, bytes], one: str, other: str) -> list[int]:
    """Pages whose fingerprint differs; those of the others are compared pixel by pixel on the way."""
    left, right = pages(made[one]), pages(made[other])
    assert len(left) == len(right) > PAGES
    found = []
    for index, (before, after) in enumerate(zip(left, right, strict=True)):
        equal = before.fingerprint == after.fingerprint
        assert equal == same(before, after), f"page {index + 1}"
        if not equal:
            found.append(index)
    return found


@pytest.mark.tex
@pytest.mark.parametrize("change", ["word", "letter"])
def test_an_edited_paragraph_changes_its_page_alone(made: dict[str, bytes], change: str) -> None:
    assert len(differing(made, "first", change)) == 1


@pytest.mark.tex
def test_a_picture_changes_the_page_that_it_is_on(made: dict[str, bytes]) -> None:
    assert differing(made, "letter", "picture") == [0]


@pytest.mark.tex
def test_pages_that_look_different_have_different_fingerprints(made: dict[str, bytes]) -> None:
    found = [page.fingerprint for page in pages(made["first"])]
    assert len(set(found)) == len(found)


@pytest.mark.tex
def test_a_file_written_anew_keeps_its_fingerprints(made: dict[str, bytes]) -> None:
    """Streams are packed anew and objects numbered anew by whoever finishes a file; its pages look as before."""
    stream = BytesIO()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made["first"])))
    for page in writer.pages:
        page.compress_content_streams(level=1)
    writer.write(stream)
    assert stream.getvalue() != made["first"]
    assert sheets(stream.getvalue()) == sheets(made["first"])


def test_a_turned_page_is_shown_turned() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=200)
    turned = writer.add_blank_page(width=100, height=200)
    turned[NameObject("/Rotate")] = NumberObject(90)
    stream = BytesIO()
    writer.write(stream)
    upright, lying = sheets(stream.getvalue())
    assert (upright.width, upright.height) == (100, 200)
    assert (lying.width, lying.height) == (200, 100)
    assert upright.fingerprint != lying.fingerprint
    page = pages(stream.getvalue())[1]
    assert draw(page, 400).size == (400, 200)
