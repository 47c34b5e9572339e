"""Pictures for the press, each converted for itself: raster by LittleCMS, drawings by Ghostscript."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from fascicle.core.diagnostics import Collector
from fascicle.project.figures.conversion import FigureConverter
from fascicle.project.figures.icc_profiles import SRGB, find_file
from fascicle.project.figures.print_images import placeable
from fascicle.project.figures.raster_inks import ColourConversion, press_picture
from fascicle.project.figures.vector_inks import look_into, to_inks
from fascicle.project.sources import Sources
from tests.conftest import need
from tests.support.diagnostics import codes_and_messages

RED = (192, 48, 32)
RED_INKS = (1, 231, 223, 56)
"""sRGB 192 48 32 on coated paper by FOGRA39, relative colorimetric with black point compensation, of 255."""


@pytest.fixture(scope="module")
def inks() -> ColourConversion:
    need("kpsewhich")
    profile = find_file("FOGRA39L_coated.icc")
    assert profile is not None
    return ColourConversion(profile, "fogra39")


def saved(folder: Path, image: Image.Image, name: str = "picture.png", **more: object) -> Path:
    path = folder / name
    image.save(path, **more)
    return path


def picture(data: bytes) -> tuple[Image.Image, dict[str, object], tuple[float, float]]:
    """The picture of a page that holds nothing else, its dictionary and the page's size in points."""
    page = PdfReader(BytesIO(data)).pages[0]
    held = page["/Resources"]["/XObject"]["/Im0"].get_object()
    mode = {"/DeviceCMYK": "CMYK", "/DeviceGray": "1" if held["/BitsPerComponent"] == 1 else "L"}
    space = held["/ColorSpace"]
    size = (held["/Width"], held["/Height"])
    shown = Image.frombytes(mode.get(str(space), "RGB"), size, held.get_data())
    return shown, dict(held), (float(page.mediabox.width), float(page.mediabox.height))


def test_rgb_becomes_ink_by_the_profile(tmp_path: Path, inks: ColourConversion) -> None:
    path = saved(tmp_path, Image.new("RGB", (300, 150), RED), dpi=(150, 150))
    shown, _, size = picture(press_picture(path, inks))
    assert shown.mode == "CMYK"
    assert max(abs(a - b) for a, b in zip(shown.getpixel((9, 9)), RED_INKS, strict=True)) <= 1
    assert size == pytest.approx((144, 72), abs=0.02)


def test_a_profile_inside_the_picture_is_honoured(tmp_path: Path, inks: ColourConversion) -> None:
    """The same numbers mean more vivid colours in a wider space; a swapped one shows it at its plainest."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    path = saved(tmp_path, Image.new("RGB", (8, 8), RED), icc_profile=bytes(swapped))
    own = picture(press_picture(path, inks))[0].getpixel((1, 1))
    plain = saved(tmp_path, Image.new("RGB", (8, 8), RED[::-1]), "plain.png")
    assert own == picture(press_picture(plain, inks))[0].getpixel((1, 1))


@pytest.mark.parametrize("mode", ["L", "1", "LA", "P", "RGB", "I;16"])
def test_grey_stays_grey(tmp_path: Path, inks: ColourConversion, mode: str) -> None:
    image = Image.new("L", (40, 20), 0)
    image.paste(255, (20, 0, 40, 20))
    grey = (
        image.point(lambda value: value * 257, "I").convert("I;16") if mode == "I;16" else image.convert(mode)
    )
    shown, held, _ = picture(press_picture(saved(tmp_path, grey), inks))
    assert held["/ColorSpace"] == "/DeviceGray"
    assert (shown.getpixel((2, 2)), shown.getpixel((30, 2))) == (0, 255)


def test_transparency_becomes_paper(tmp_path: Path, inks: ColourConversion) -> None:
    image = Image.new("RGBA", (20, 10), (*RED, 0))
    image.paste((*RED, 255), (0, 0, 10, 10))
    shown, held, _ = picture(press_picture(saved(tmp_path, image), inks))
    assert shown.getpixel((15, 5)) == (0, 0, 0, 0)
    assert shown.getpixel((5, 5))[1] > 200
    assert "/SMask" not in held


@pytest.mark.parametrize("adobe", [True, False])
def test_inks_of_a_jpeg_print_as_they_are(tmp_path: Path, inks: ColourConversion, adobe: bool) -> None:
    """Adobe stores inks inverted and marks it; without its mark they are as they stand."""
    wanted = (204, 102, 0, 51)
    image = Image.new("CMYK", (32, 32), wanted)
    path = saved(
        tmp_path, image if adobe else ImageChops.invert(image), "inks.jpg", quality=100, subsampling=0
    )
    data = path.read_bytes()
    start = data.index(b"\xff\xee")
    assert data[start + 4 : start + 9] == b"Adobe"
    if not adobe:
        path.write_bytes(
            data[:start] + data[start + 2 + int.from_bytes(data[start + 2 : start + 4], "big") :]
        )
    shown, held, _ = picture(press_picture(path, inks))
    assert held["/ColorSpace"] == "/DeviceCMYK"
    assert max(abs(a - b) for a, b in zip(shown.getpixel((16, 16)), wanted, strict=True)) <= 3


def test_ink_is_limited_and_black_kept(tmp_path: Path, inks: ColourConversion) -> None:
    image = Image.linear_gradient("L")
    colours = Image.merge("RGB", (image, image.rotate(90), image))
    path = saved(tmp_path, colours)
    limited = ColourConversion(inks.profile, "fogra39", max_ink=240)
    free, held = (picture(press_picture(path, each))[0] for each in (inks, limited))
    most = [max(map(sum, zip(*[iter(shown.tobytes())] * 4, strict=True))) / 2.55 for shown in (free, held)]
    assert most[0] > 300
    assert 225 < most[1] <= 240
    darkest = [max(shown.getchannel("K").getextrema()) for shown in (free, held)]
    assert abs(darkest[0] - darkest[1]) <= 3


def test_rgb_that_is_kept_says_what_it_means(tmp_path: Path, inks: ColourConversion) -> None:
    kept = ColourConversion(inks.profile, "fogra39", keep_rgb=True)
    shown, held, _ = picture(press_picture(saved(tmp_path, Image.new("RGB", (8, 8), RED)), kept))
    assert shown.getpixel((1, 1)) == RED
    space = held["/ColorSpace"]
    assert space[0] == "/ICCBased"
    assert space[1].get_object().get_data()[16:20] == b"RGB "


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path, inks: ColourConversion) -> None:
    path = saved(tmp_path, Image.effect_noise((64, 64), 80).convert("RGB"))
    assert press_picture(path, inks) == press_picture(path, inks)


# -- Drawings ----------------------------------------------------------------------------------------------

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
<rect width="50" height="50" fill="#c03020"/><rect x="60" width="50" height="50" fill="#000"/>
<rect x="120" width="50" height="50" fill="#2030c0" opacity="OPACITY"/>
<text x="10" y="90" font-family="Linux Libertine O" font-size="16">Black</text></svg>"""


def drawing(folder: Path, opacity: float = 1) -> bytes:
    need("rsvg-convert", "gs")
    (folder / "drawing.svg").write_text(DRAWING.replace("OPACITY", str(opacity)))
    command = ["rsvg-convert", "--format=pdf", "-o", folder / "drawing.pdf", folder / "drawing.svg"]
    subprocess.run(command, check=True)
    return (folder / "drawing.pdf").read_bytes()


def rendered(folder: Path, data: bytes) -> Image.Image:
    """The page as inks, a pixel a point."""
    (folder / "shown.pdf").write_bytes(data)
    command = ["gs", "-q", "-o", folder / "shown.tif", "-sDEVICE=tiff32nc", "-r72", folder / "shown.pdf"]
    subprocess.run(command, check=True)
    return Image.open(BytesIO((folder / "shown.tif").read_bytes()))


@pytest.mark.parametrize("opacity", [1, 0.5])
@pytest.mark.parametrize("opaque", [True, False])
def test_drawings_become_ink(tmp_path: Path, inks: ColourConversion, opacity: float, opaque: bool) -> None:
    """As pictures do; black and grey are printed in black ink alone, whatever has to be flattened."""
    wanted = ColourConversion(inks.profile, "fogra39", opaque=opaque, version="1.3" if opaque else "1.6")
    data = to_inks(drawing(tmp_path, opacity), wanted, find_file(SRGB))
    found = look_into(data)
    assert not found.rgb
    assert not found.unembedded
    assert found.transparent == (opacity < 1 and not opaque)
    shown = rendered(tmp_path, data)
    assert max(abs(a - b) for a, b in zip(shown.getpixel((10, 10)), RED_INKS, strict=True)) <= 4
    assert shown.getpixel((60, 10)) == (0, 0, 0, 255)
    text = shown.crop((5, 55, 60, 74))
    assert max(text.getchannel("K").getextrema()) > 150
    assert [text.getchannel(ink).getextrema() for ink in "CMY"] == [(0, 0)] * 3


def test_a_drawing_gives_the_same_bytes_each_time(tmp_path: Path, inks: ColourConversion) -> None:
    data = drawing(tmp_path)
    assert to_inks(data, inks, None) == to_inks(data, inks, None)


# -- What is refused ---------------------------------------------------------------------------------------


def reported(folder: Path, data: bytes, inks: ColourConversion | None) -> tuple[Path | None, list[str]]:
    path = folder / "drawing.pdf"
    path.write_bytes(data)
    problems = Collector()
    figure_converter = FigureConverter(Sources(folder), folder / "made", scripts=False, epoch=0, inks=inks)
    made = placeable("figures/drawing.pdf", path, "digest", None, figure_converter, problems)
    return made, codes_and_messages(problems)


def page(
    content: bytes, change: Callable[[PdfWriter], None] = lambda writer: None, font_name: str = "/Helvetica"
) -> bytes:
    """A PDF of one page with the text font F1, which no file embeds."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject

    writer = PdfWriter()
    made = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(content)
    made[NameObject("/Contents")] = writer._add_object(stream)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": font_name}
    held = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): held}) if b"/F1" in content else DictionaryObject()
    made[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    change(writer)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def test_a_drawing_without_its_fonts_is_refused(tmp_path: Path, inks: ColourConversion) -> None:
    made, said = reported(tmp_path, page(b"BT /F1 12 Tf 1 0 0 rg (A) Tj ET", font_name="/OfOnesOwn"), inks)
    assert made is None
    assert said == ["picture-fonts the drawing figures/drawing.pdf does not hold its fonts (OfOnesOwn)"]


@pytest.mark.parametrize("font", ["/Helvetica", "/Times-BoldItalic", "/Symbol", "/ZapfDingbats"])
def test_the_fonts_of_every_printer_are_put_in(tmp_path: Path, inks: ColourConversion, font: str) -> None:
    made, said = reported(tmp_path, page(b"BT /F1 12 Tf 0 g (A) Tj ET", font_name=font), inks)
    assert said == []
    assert made is not None
    assert look_into(made.read_bytes()).unembedded == ()


def test_links_of_a_drawing_are_noted(tmp_path: Path, inks: ColourConversion) -> None:
    def linked(writer: PdfWriter) -> None:
        from pypdf.annotations import Link

        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.org/"))

    made, said = reported(tmp_path, page(b"0 g 0 0 9 9 re f", linked), inks)
    assert made == tmp_path / "drawing.pdf"
    assert [message.split()[0] for message in said] == ["picture-links"]


@pytest.mark.parametrize("content", [b"0 g 0 0 9 9 re f", b"1 0 0 0 k 0 0 9 9 re f"])
def test_a_drawing_in_inks_is_left_alone(tmp_path: Path, inks: ColourConversion, content: bytes) -> None:
    assert reported(tmp_path, page(content), inks) == (tmp_path / "drawing.pdf", [])


def test_without_ghostscript_only_coloured_drawings_are_refused(
    tmp_path: Path, inks: ColourConversion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fascicle.core.system.ghostscript.PROGRAM", "no-such-program")
    assert reported(tmp_path, page(b"0 g 0 0 9 9 re f"), inks) == (tmp_path / "drawing.pdf", [])
    made, said = reported(tmp_path, page(b"1 0 0 rg 0 0 9 9 re f"), inks)
    assert made is None
    assert said == ["tool-missing the drawing figures/drawing.pdf cannot be converted to printing inks"]


def test_colours_stay_in_editions_for_screens(tmp_path: Path) -> None:
    assert reported(tmp_path, page(b"1 0 0 rg 0 0 9 9 re f"), None) == (tmp_path / "drawing.pdf", [])
