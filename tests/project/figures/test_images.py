"""Pictures: sizes are true, damage is found, scripts are run once and only when trusted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import FigureData
from fascicle.core.system import sandbox
from fascicle.core.system.sandbox import Tier
from fascicle.journals.image_formats import converted
from fascicle.journals.profile import FigureFormat, Resolution
from fascicle.pdf.expectations import source_pictures
from fascicle.project.figures import images
from fascicle.project.figures.conversion import FigureConverter, begin, convert, draw
from fascicle.project.figures.images import Probe, probe, stated_size
from fascicle.project.figures.print_permission import prepare
from fascicle.project.sources import Sources

HERE = Span("content/01-one.md", 3, 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"><rect width="9" height="9"/></svg>'


def probed(path: Path) -> tuple[Probe | None, list[Code]]:
    problems = Collector()
    found = probe(path, f"figures/{path.name}", HERE, problems)
    assert all(item.span == HERE for item in problems)
    return found, [item.code for item in problems]


def picture(path: Path, size: tuple[int, int] = (300, 150), mode: str = "RGB", **options: object) -> Path:
    Image.new(mode, size, 128 if mode == "L" else None).save(path, **options)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.JPEG", "a.tif"])
def test_raster_without_resolution_counts_300_dots_an_inch(tmp_path: Path, name: str) -> None:
    found, codes = probed(picture(tmp_path / name))
    assert not codes
    assert found is not None
    assert (found.width, found.height) == pytest.approx((72.27, 36.135))


def test_stated_resolution_is_believed(tmp_path: Path) -> None:
    found, _ = probed(picture(tmp_path / "a.png", dpi=(150, 150)))
    assert found is not None
    assert found.width == pytest.approx(2 * 72.27, rel=1e-3)


def test_pdf_size_and_rotation(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(144, 72).rotate(90)
    writer.write(tmp_path / "a.pdf")
    found, _ = probed(tmp_path / "a.pdf")
    assert found == Probe("PDF", pytest.approx(72.27), pytest.approx(144.54))


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.pdf", "a.tif"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01 no picture", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert probed(tmp_path / name) == (None, [Code.CORRUPT_PICTURE])


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_picture_cut_off(tmp_path: Path, name: str) -> None:
    whole = Image.effect_noise((200, 200), 90)
    whole.save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    assert probed(tmp_path / name) == (None, [Code.CORRUPT_PICTURE])


def test_a_name_that_lies(tmp_path: Path) -> None:
    picture(tmp_path / "a.png").rename(tmp_path / "a.jpg")
    assert probed(tmp_path / "a.jpg") == (None, [Code.CORRUPT_PICTURE])


def test_encrypted_pdf(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.encrypt("secret")
    writer.write(tmp_path / "a.pdf")
    assert probed(tmp_path / "a.pdf") == (None, [Code.CORRUPT_PICTURE])


def test_unknown_format(tmp_path: Path) -> None:
    (tmp_path / "a.webp").write_bytes(b"x")
    assert probed(tmp_path / "a.webp") == (None, [Code.UNKNOWN_PICTURE_FORMAT])


def test_huge_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 10_000)
    assert probed(picture(tmp_path / "a.png", (101, 100))) == (None, [Code.HUGE_PICTURE])


def test_stated_size() -> None:
    assert stated_size("25.4x50.8mm") == pytest.approx((72.27, 144.54))


def figure_converter(root: Path, *, scripts: bool = True) -> FigureConverter:
    return FigureConverter(Sources(root), root / "build/figures", scripts=scripts, epoch=1_700_000_000)


def drawing(root: Path, script: str) -> FigureData:
    (root / "figures").mkdir(exist_ok=True)
    (root / "figures/graph.py").write_text(script)
    return FigureData.model_validate({"script": "graph.py", "permission": "own"})


def drawn(root: Path, data: FigureData, *, scripts: bool = True) -> tuple[Path | None, list[str]]:
    problems = Collector()
    span = Span("figures/figures.yaml", 1)
    result = draw("graph.svg", data, span, figure_converter(root, scripts=scripts), problems)
    return result, [f"{item.span} {item.code.value} {item.message}" for item in problems]


def test_a_script_runs_once_for_each_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox._standing, "tier", Tier.OPEN)  # a script that leaves traces
    count = "import sys, pathlib\np = pathlib.Path('count'); p.write_text(p.read_text() + '.' if p.exists() else '.')\n"
    data = drawing(tmp_path, count + f"pathlib.Path(sys.argv[1]).write_text('''{SVG}''')\n")
    first, reported = drawn(tmp_path, data)
    assert (first is not None, reported) == (True, [])
    assert drawn(tmp_path, data) == (first, [])
    assert (tmp_path / "figures/count").read_text() == "."
    second, _ = drawn(
        tmp_path, drawing(tmp_path, (tmp_path / "figures/graph.py").read_text() + "# changed\n")
    )
    assert second != first
    assert (tmp_path / "figures/count").read_text() == ".."


def test_a_script_that_is_not_trusted_does_not_run(tmp_path: Path) -> None:
    data = drawing(tmp_path, "open('ran', 'w')")
    result, reported = drawn(tmp_path, data, scripts=False)
    assert result is None
    assert reported[0].startswith("figures/figures.yaml:1:1 script-not-trusted")
    assert not (tmp_path / "figures/ran").exists()


def test_a_failing_script_is_told_at_its_own_line(tmp_path: Path) -> None:
    data = drawing(tmp_path, "a = 1\n\nb = a / 0\n")
    result, reported = drawn(tmp_path, data)
    assert result is None
    assert reported == [
        "figures/graph.py:3:1 script-failed the script figures/graph.py failed: ZeroDivisionError: division by zero"
    ]


# Each script says that it runs, and waits until the other one does.
TOGETHER = """
import pathlib, sys, time
result = pathlib.Path(sys.argv[1])
pathlib.Path(result.name).with_suffix(".runs").touch()
until = time.monotonic() + 20
while len(list(pathlib.Path().glob("*.runs"))) < 2:
    assert time.monotonic() < until, "alone"
    time.sleep(0.01)
"""


def test_scripts_draw_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(sandbox._standing, "tier", Tier.OPEN)  # scripts that see each other
    data = drawing(tmp_path, f"{TOGETHER}result.write_text({SVG!r})\n")
    place, problems = figure_converter(tmp_path), Collector()
    both = [("one.svg", data, None), ("two.svg", data, None)]
    begin(both, place)
    made = [draw(name, data, None, place, problems) for name, _, _ in both]
    assert list(problems) == []
    assert [path and path.read_text() for path in made] == [SVG, SVG]
    begin(both, place)
    assert place.begun == {}


def test_what_is_wrong_with_a_script_begun_early_is_told(tmp_path: Path) -> None:
    data = drawing(tmp_path, "a = 1 / 0\n")
    place, problems = figure_converter(tmp_path), Collector()
    begin([("graph.svg", data, None)], place)
    assert draw("graph.svg", data, None, place, problems) is None
    assert [item.code for item in problems] == [Code.SCRIPT_FAILED]


def test_a_script_that_is_not_trusted_is_not_begun(tmp_path: Path) -> None:
    place = figure_converter(tmp_path, scripts=False)
    begin([("graph.svg", drawing(tmp_path, "open('ran', 'w')"), None)], place)
    assert place.begun == {}


def test_a_script_that_writes_nothing(tmp_path: Path) -> None:
    result, reported = drawn(tmp_path, drawing(tmp_path, "pass\n"))
    assert result is None
    assert "wrote no picture" in reported[0]


def test_svg_becomes_the_same_pdf_each_time(tmp_path: Path, need_program) -> None:
    need_program("rsvg-convert")
    made = []
    for name in ("one", "two"):
        root = tmp_path / name
        root.mkdir()
        (root / "a.svg").write_text(SVG)
        problems = Collector()
        result = convert("a.svg", root / "a.svg", "digest", HERE, figure_converter(root), problems)
        assert not list(problems)
        assert result is not None
        made.append(result.read_bytes())
    assert made[0] == made[1]
    found, _ = probed(result)
    assert found is not None
    assert found.width == pytest.approx(72.27, abs=1)


def test_broken_svg(tmp_path: Path, need_program) -> None:
    need_program("rsvg-convert")
    (tmp_path / "a.svg").write_text("<svg")
    problems = Collector()
    assert convert("a.svg", tmp_path / "a.svg", "d", HERE, figure_converter(tmp_path), problems) is None
    assert [item.code for item in problems] == [Code.CORRUPT_PICTURE]


@pytest.mark.parametrize(("mode", "suffix"), [("RGB", ".png"), ("L", ".png"), ("CMYK", ".jpg")])
def test_tiff_keeps_its_size(tmp_path: Path, mode: str, suffix: str) -> None:
    path = picture(tmp_path / "a.tif", mode=mode, dpi=(150, 150))
    result = convert("a.tif", path, "digest", HERE, figure_converter(tmp_path), Collector())
    assert result is not None
    assert result.suffix == suffix
    with Image.open(result) as image:
        assert image.size == (300, 150)
        assert image.info["dpi"][0] == pytest.approx(150, abs=1)


def test_a_sound_drawing_is_looked_into_once(
    tmp_path: Path, need_program: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    need_program("rsvg-convert")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/a.svg").write_text(SVG)
    problems = Collector()
    first = prepare("figures/a.svg", HERE, {}, figure_converter(tmp_path), None, problems)
    monkeypatch.setattr("fascicle.project.figures.print_images.placeable", None)
    assert prepare("figures/a.svg", HERE, {}, figure_converter(tmp_path), None, problems) == first
    assert first is not None
    assert first.width == pytest.approx(72.27, rel=1e-3)
    assert {item.code for item in problems} == {Code.MISSING_RIGHTS}
    monkeypatch.undo()
    (note,) = (tmp_path / "build").rglob("*.json")
    for spoilt in ("[0, 9]", "[9, 1e6]", "[9]", "x"):
        note.write_text(spoilt)
        assert prepare("figures/a.svg", HERE, {}, figure_converter(tmp_path), None, problems) == first
    (tmp_path / "figures/a.svg").write_text(SVG.replace("72pt", "144pt"))
    other = prepare("figures/a.svg", HERE, {}, figure_converter(tmp_path), None, problems)
    assert other is not None
    assert other.width == pytest.approx(144.54, rel=1e-3)


@pytest.mark.parametrize("folder", ["figures", "b" * 300])
@pytest.mark.parametrize("stem", ["a" * 300, "c"])
def test_a_name_longer_than_any_files_is_missing_at_its_line(tmp_path: Path, folder: str, stem: str) -> None:
    problems = Collector()
    assert prepare(f"{folder}/{stem}.png", HERE, {}, figure_converter(tmp_path), None, problems) is None
    assert [(item.code, item.span) for item in problems] == [(Code.MISSING_PICTURE, HERE)]


def test_what_is_not_there_is_not_proposed(tmp_path: Path) -> None:
    (tmp_path / "figures/a.png").mkdir(parents=True)
    (tmp_path / "figures/b.png").touch()
    problems = Collector()
    prepare("figures/a.png", HERE, {}, figure_converter(tmp_path), None, problems)
    assert [item.hints for item in problems] == [("did you mean 'figures/b.png'?",)]


def test_pillows_own_limit_holds_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture beyond it and within ours can be placed, measured, converted and searched."""
    file = picture(tmp_path / "a.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(Image.DecompressionBombError):
        Image.open(file)
    assert probed(file)[1] == []
    assert [one.size for one in source_pictures({"a.png": file})] == [(300, 150)]
    assert converted(file, FigureFormat.TIF, Resolution(photograph=300))
    assert converted(file, FigureFormat.PDF, Resolution(photograph=300))
    assert Image.MAX_IMAGE_PIXELS == 100
