"""Pictures in the formats that journals ask for: drawings stay drawings, pixels have the resolution asked for."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from fascicle.core.system.ghostscript import GhostscriptError, is_installed
from fascicle.journals import eps as postscript
from fascicle.journals.image_formats import converted, kind_for
from fascicle.journals.profile import FigureFormat, Resolution
from tests.conftest import need
from tests.support.publications import png

EPS, PDF, PNG, JPG, TIF = (FigureFormat[name] for name in ("EPS", "PDF", "PNG", "JPG", "TIF"))
ASKED = Resolution(photograph=300, combination=600, line=1200)


def drawing(folder: Path, colour: str = "0 g 0 G") -> Path:
    """A line of 60 points in a box of 72 by 36, with a word."""
    writer = PdfWriter()
    page = writer.add_blank_page(72, 36)
    content = DecodedStreamObject()
    content.set_data(f"{colour} 2 w 6 6 m 66 30 l S BT /F1 8 Tf 10 24 Td (Word) Tj ET".encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    path = folder / "drawing.pdf"
    writer.write(path)
    return path


def acting(folder: Path) -> Path:
    """The same with a program that a click starts, a script that opening starts, and a file inside."""
    writer = PdfWriter(clone_from=drawing(folder))
    launch = {"/S": NameObject("/Launch"), "/F": TextStringObject("/bin/sh")}
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    started, run = (DictionaryObject({NameObject(k): v for k, v in one.items()}) for one in (launch, script))
    kind = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/A": started}
    link = DictionaryObject({NameObject(key): value for key, value in kind.items()})
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): run})
    writer.root_object[NameObject("/OpenAction")] = run
    writer.add_attachment("a.exe", b"MZ")
    path = folder / "acting.pdf"
    writer.write(path)
    return path


def test_a_drawing_that_acts_is_handed_on_without_that(tmp_path: Path) -> None:
    sent = converted(acting(tmp_path), PDF, ASKED)
    for sign in (b"Launch", b"JavaScript", b"EmbeddedFile", b"OpenAction", b"/AA", b"MZ"):
        assert sign in acting(tmp_path).read_bytes()
        assert sign not in sent
    assert PdfReader(BytesIO(sent)).pages[0].extract_text() == "Word"


def test_one_that_does_not_is_handed_on_as_it_is(tmp_path: Path) -> None:
    file = drawing(tmp_path)
    assert converted(file, PDF, ASKED) == file.read_bytes()


def pixels(folder: Path) -> Path:
    path = folder / "photograph.png"
    path.write_bytes(png(600, 300))
    return path


@pytest.mark.parametrize(
    ("name", "wanted", "sent"),
    [
        ("a.pdf", (), PDF),
        ("a.pdf", (EPS, PDF, TIF), EPS),
        ("a.pdf", (TIF, PDF), PDF),
        ("a.pdf", (TIF, JPG), TIF),
        ("a.png", (EPS, PDF, TIF, JPG), TIF),
        ("a.png", (TIF, PNG), PNG),
        ("a.png", (EPS,), EPS),
        ("a.png", (PDF,), PDF),
        ("a.jpeg", (EPS, JPG), JPG),
    ],
)
def test_the_kind_that_a_picture_is_sent_as(
    name: str, wanted: tuple[FigureFormat, ...], sent: FigureFormat
) -> None:
    assert kind_for(Path(name), wanted) is sent


def image(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_line_art_as_tiff(tmp_path: Path) -> None:
    made = image(converted(drawing(tmp_path), TIF, ASKED))
    assert (made.mode, made.size, made.info["compression"]) == ("1", (1200, 600), "group4")
    assert made.info["dpi"] == (1200, 1200)
    assert made.getextrema() == (0, 255)


def test_a_drawing_in_colours_as_tiff(tmp_path: Path) -> None:
    made = image(converted(drawing(tmp_path, "1 0 0 rg 1 0 0 RG"), TIF, ASKED))
    assert (made.mode, made.size, made.info["dpi"]) == ("RGB", (600, 300), (600, 600))


def test_a_photograph_keeps_its_pixels(tmp_path: Path) -> None:
    made = image(converted(pixels(tmp_path), TIF, ASKED))
    assert (made.mode, made.size) == ("L", (600, 300))
    assert [round(value) for value in made.info["dpi"]] == [300, 300]


def size(eps: bytes, tmp_path: Path) -> tuple[int, int]:
    """Pixels at 72 an inch of what Ghostscript draws from an EPS file."""
    (tmp_path / "in.eps").write_bytes(eps)
    command = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dEPSCrop", "-sDEVICE=png16m", "-r72"]
    subprocess.run([*command, "-sOutputFile=out.png", "in.eps"], cwd=tmp_path, check=True)
    return image((tmp_path / "out.png").read_bytes()).size


def test_a_drawing_as_eps(tmp_path: Path) -> None:
    need("gs")
    path = drawing(tmp_path)
    made = converted(path, EPS, ASKED)
    assert made.startswith(b"%!PS-Adobe-3.0 EPSF-3.0")
    assert made == converted(path, EPS, ASKED)
    assert str(tmp_path).encode() not in made
    assert b"CreationDate" not in made
    width, height = size(made, tmp_path)
    assert 58 <= width <= 64
    assert 22 <= height <= 30


def test_a_photograph_as_eps_has_its_own_size(tmp_path: Path) -> None:
    need("gs")
    assert size(converted(pixels(tmp_path), EPS, ASKED), tmp_path) == (144, 72)


def test_a_photograph_as_pdf_is_the_same_bytes(tmp_path: Path) -> None:
    made = converted(pixels(tmp_path), PDF, ASKED)
    page = PdfReader(BytesIO(made)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (144, 72)
    assert b"CreationDate" not in made


def test_what_is_no_drawing_and_no_ghostscript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("gs")
    with pytest.raises(GhostscriptError):
        postscript.eps(b"no drawing")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_installed()
    with pytest.raises(GhostscriptError, match="is not installed"):
        postscript.eps(b"%PDF-1.4\n")
