"""Pictures taken in as they come: misnamed, turned, in formats TeX cannot place."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from fascicle.core.diagnostics import Collector, Span
from fascicle.project.figures.conversion import FigureConverter
from fascicle.project.figures.images import probe
from fascicle.project.figures.intake import Taken, embedded, take_in
from fascicle.project.sources import Sources

SPAN = Span("content/01.md", 3, 1, 3, 9)


def raster(form: str, size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    """A picture whose upper left corner is red."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, 10, 10))
    written = BytesIO()
    image.save(written, form, **how)
    return written.getvalue()


def taken(tmp_path: Path, name: str, data: bytes) -> tuple[Taken | None, list[str]]:
    """What becomes of a picture, and what is told."""
    file = tmp_path / name.partition("#")[0]
    file.write_bytes(data)
    problems = Collector()
    figure_converter = FigureConverter(Sources(tmp_path), tmp_path / "made", scripts=False, epoch=0)
    made = take_in(name, file, "digest", SPAN, figure_converter, problems)
    return made, [f"{problem.span}: {problem.message} {problem.causes}" for problem in problems]


@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.JPEG", "JPEG"), ("a.tif", "TIFF")])
def test_what_is_right_stays(tmp_path: Path, name: str, form: str) -> None:
    made, reported = taken(tmp_path, name, raster(form))
    assert made == Taken(name, tmp_path / name, "digest")
    assert reported == []


@pytest.mark.parametrize(
    ("name", "form", "ending"),
    [
        ("a.jpg", "PNG", ".png"), ("a.png", "JPEG", ".jpg"), ("a.webp", "WEBP", ".png"), ("a.gif", "GIF", ".png"),
        ("a.png", "WEBP", ".png"), ("a.bmp", "BMP", ".png"), ("a.pdf", "PNG", ".png"),
    ],
)  # fmt: skip
def test_a_picture_gets_the_right_name_and_format(tmp_path: Path, name: str, form: str, ending: str) -> None:
    made, reported = taken(tmp_path, name, raster(form))
    assert made is not None
    assert (made.file.suffix, made.name, reported) == (ending, f"a{ending}", [])
    problems = Collector()
    found = probe(made.file, made.name, SPAN, problems)
    assert found is not None
    assert round(found.width / found.height, 2) == 1.5
    assert not list(problems)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_camera_that_was_turned(tmp_path: Path, form: str) -> None:
    exif = Image.Exif()
    exif[0x112] = 6  # to be turned by a quarter, clockwise
    made, _ = taken(tmp_path, f"a.{form.lower()}", raster(form, exif=exif))
    assert made is not None
    with Image.open(made.file) as image:
        assert image.size == (40, 60)
        red, green, _ = image.convert("RGB").getpixel((36, 4))
        assert red > 200 > 100 > green


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(("dpi", "kept"), [((1, 1), False), ((300, 300), True)])
def test_a_resolution_of_a_dot_an_inch(tmp_path: Path, form: str, dpi: tuple[int, int], kept: bool) -> None:
    """A picture that says it is metres wide stops TeX; what can be believed stays."""
    written = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(written, form, dpi=dpi)
    made, found = taken(tmp_path, f"a.{form.lower()}", written.getvalue())
    assert made is not None
    assert not list(found)
    with Image.open(made.file) as image:
        assert image.size == (60, 40)
        assert ("dpi" in image.info and round(image.info["dpi"][0]) == 300) is kept


def test_the_page_of_a_pdf(tmp_path: Path) -> None:
    writer = PdfWriter()
    for width in (100, 200, 300):
        writer.add_blank_page(width, 50)
    written = BytesIO()
    writer.write(written)
    made, reported = taken(tmp_path, "a.pdf#page=2", written.getvalue())
    assert made is not None
    assert [page.mediabox.width for page in PdfReader(made.file).pages] == [200]
    made, reported = taken(tmp_path, "a.pdf#page=9", written.getvalue())
    assert made is None
    assert reported == [
        "content/01.md:3:1: the picture a.pdf#page=9 cannot be read ('it has 3 pages, and page 9 is asked for',)"
    ]


EPS = b"""%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 10 20 210 120
/Times-Roman findfont 14 scalefont setfont 60 50 moveto (EPS) show
showpage
"""


@pytest.mark.skipif(shutil.which("gs") is None, reason="no Ghostscript")
def test_postscript_becomes_pdf_with_its_fonts(tmp_path: Path) -> None:
    made, reported = taken(tmp_path, "a.eps", EPS)
    assert made is not None
    assert reported == []
    page = PdfReader(made.file).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (200, 100)
    assert page.extract_text().strip() == "EPS"
    font = next(iter(page["/Resources"]["/Font"].values())).get_object()
    assert any(key.startswith("/FontFile") for key in font["/FontDescriptor"])
    first = made.file.read_bytes()
    assert embedded(EPS, "in.eps", "-dEPSCrop") == first


def test_postscript_without_ghostscript_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    made, reported = taken(tmp_path, "a.eps", EPS)
    assert made is None
    assert reported == ["content/01.md:3:1: gs is needed to print a.eps and is not there ()"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.gif", b"GIF89a"),
        ("a.eps", b"%!PS-Adobe\n("),
        ("a.pdf#page=2", b"%PDF-1.4"),
    ],
)
def test_a_broken_picture_is_told_and_leaves_nothing(tmp_path: Path, name: str, data: bytes) -> None:
    made, reported = taken(tmp_path, name, data)
    assert made is None
    assert len(reported) == 1
    assert reported[0].startswith("content/01.md:3:1: ")
    assert not list((tmp_path / "made").glob("*"))
