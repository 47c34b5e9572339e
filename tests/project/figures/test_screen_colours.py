"""Pictures in printing inks in an edition for screens: turned into sRGB, by their own profile or the usual one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from fascicle.core.diagnostics import Collector
from fascicle.project.figures.conversion import FigureConverter
from fascicle.project.figures.print_images import placeable
from fascicle.project.figures.screen_colours import drawing_in_inks, screen_raster
from fascicle.project.sources import Sources
from tests.conftest import need
from tests.support.diagnostics import codes_and_messages


def drawing(content: bytes) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def placed(folder: Path, name: str, *, rgb: bool = True) -> tuple[Path | None, list[str]]:
    problems = Collector()
    figure_converter = FigureConverter(Sources(folder), folder / "made", scripts=False, epoch=0, rgb=rgb)
    made = placeable(f"figures/{name}", folder / name, "digest", None, figure_converter, problems)
    return made, codes_and_messages(problems)


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_a_raster_picture_is_converted(tmp_path: Path, name: str) -> None:
    need("kpsewhich")
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(tmp_path / name, dpi=(300, 300))
    made, said = placed(tmp_path, name)
    assert said == []
    assert made is not None
    with Image.open(made) as shown:
        red, green, blue = shown.getpixel((9, 9))
        assert (shown.mode, shown.size) == ("RGB", (60, 40))
        assert shown.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert red > 200
    assert max(green, blue) < 80


def test_paper_stays_white_and_full_inks_become_black(tmp_path: Path) -> None:
    image = Image.new("CMYK", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (255, 255, 255, 255))
    image.save(tmp_path / "a.tif")
    with Image.open(BytesIO(screen_raster(tmp_path / "a.tif"))) as shown:
        assert shown.getpixel((0, 0)) == (255, 255, 255)
        assert max(shown.getpixel((1, 0))) < 30


def test_a_picture_in_rgb_is_left_alone(tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), (200, 30, 30)).save(tmp_path / "a.jpg")
    assert placed(tmp_path, "a.jpg") == (tmp_path / "a.jpg", [])


def test_other_editions_keep_inks(tmp_path: Path) -> None:
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(tmp_path / "a.jpg")
    assert placed(tmp_path, "a.jpg", rgb=False) == (tmp_path / "a.jpg", [])


@pytest.mark.parametrize(
    ("content", "inks"),
    [
        (b"0 1 1 0 k 0 0 9 9 re f", True),
        (b"1 0 0 rg 0 0 9 9 re f", False),
        (b"/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f", True),
    ],
)
def test_inks_of_a_drawing_are_seen(content: bytes, inks: bool) -> None:
    assert drawing_in_inks(drawing(content)) is inks


def test_a_drawing_is_converted(tmp_path: Path) -> None:
    need("gs")
    (tmp_path / "a.pdf").write_bytes(drawing(b"0 1 1 0 k 0 0 90 90 re f"))
    made, said = placed(tmp_path, "a.pdf")
    assert said == []
    assert made is not None
    assert not drawing_in_inks(made.read_bytes())


def test_a_picture_that_cannot_be_read_is_told_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_file: Path) -> bytes:
        raise ValueError("no such profile")

    Image.new("CMYK", (60, 40)).save(tmp_path / "a.jpg")
    monkeypatch.setattr("fascicle.project.figures.print_images.screen_raster", broken)
    assert placed(tmp_path, "a.jpg") == (
        None,
        [
            "picture-not-converted the printing inks of figures/a.jpg cannot be turned into colours of a screen"
        ],
    )
