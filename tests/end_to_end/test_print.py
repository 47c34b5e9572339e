"""The print edition, built for real: the essay at 6 x 9 inches, and a small publication with marks in PDF/X-1a."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from fascicle.pipeline.build import BuildResult, build_edition, check_edition
from fascicle.pipeline.run import Request
from tests.conftest import need
from tests.support.essay import copy_essay
from tests.support.publications import reported, small

pytestmark = [pytest.mark.tex, pytest.mark.release]

MM = 72 / 25.4
Built = tuple[Path, BuildResult]


def build(root: Path, allow_pending: bool = False, **settings: Any) -> BuildResult:
    request = Request(root, allow_pending=allow_pending, settings=settings)
    return build_edition(request, "print", lambda event: None)


def messages(result: BuildResult) -> list[str]:
    return [f"{one.severity.value} {one.code.value} {one.message}" for one in result.diagnostics]


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Built:
    need("gs", "rsvg-convert")
    root = copy_essay(tmp_path_factory.mktemp("print"))
    return root, build(root, allow_pending=True, trim="6x9in", bleed="3mm")


def picture(mode: str, colour: object, suffix: str, size: tuple[int, int] = (300, 300)) -> bytes:
    held = BytesIO()
    Image.new(mode, size, colour).save(held, suffix, dpi=(300, 300), quality=100)
    return held.getvalue()


TEXT = """---
title: One
---

A paragraph with a [link](https://example.org/).

![Red.](figures/red.png){width=20mm}

![Inks.](figures/inks.jpg){width=20mm}

![Grey.](figures/grey.png){width=20mm}
"""
LEDGER = "{red.png: {permission: own, alt: A}, inks.jpg: {permission: own, alt: A}, grey.png: {permission: own, alt: A}}"


def publication(root: Path, **more: str | bytes) -> Path:
    files: Mapping[str, str | bytes] = {
        "content/publication.yaml": "title: A Small Thing\nauthors: [{family: Small, given: Ann}]\ndate: 2024-02-29\n",
        "content/01-one.md": TEXT,
        "figures/figures.yaml": LEDGER,
        "figures/red.png": picture("RGBA", (192, 48, 32, 255), "PNG"),
        "figures/inks.jpg": picture("CMYK", (255, 0, 0, 0), "JPEG"),
        "figures/grey.png": picture("L", 60, "PNG"),
        **more,
    }
    return small(root, **files)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small publication, PDF/X-1a, with marks, no bleed at the bind, a multiple of four pages."""
    need("gs")
    root = publication(tmp_path_factory.mktemp("marked"))
    settings = {"trim": "a5", "bleed": "5mm", "standard": "x-1a", "page-multiple": "4", "bookmarks": "false"}
    return root, build(root, marks="true", **settings)


def reader_of(built: Built) -> PdfReader:
    root, result = built
    assert result.output, messages(result)
    return PdfReader(root / result.output)


def page_images(built: Built, resolution: int = 72) -> list[Image.Image]:
    """Every page as inks."""
    root, result = built
    folder = root / "inks"
    folder.mkdir(exist_ok=True)
    command = ["gs", "-q", "-sDEVICE=tiff32nc", f"-r{resolution}", "-o", folder / f"{resolution}-%02d.tif"]
    subprocess.run([*command, root / result.output], check=True)
    return [Image.open(BytesIO(path.read_bytes())) for path in sorted(folder.glob(f"{resolution}-*.tif"))]


def box(page: Any, key: str) -> tuple[float, ...]:
    return tuple(float(side) for side in page[key])


# -- The essay ---------------------------------------------------------------------------------------------


def test_the_essay_builds_with_its_pending_photograph_alone_noted(essay: Built) -> None:
    """No overfull line, no page that is not filled, no broken promise."""
    assert reported(essay[1]) == ["figures/figures.yaml:28:1 permission-pending"]


def test_boxes_are_exact(essay: Built) -> None:
    bleed = 3 * MM
    for page in reader_of(essay).pages:
        assert box(page, "/MediaBox") == pytest.approx((0, 0, 432 + 2 * bleed, 648 + 2 * bleed), abs=0.01)
        assert box(page, "/BleedBox") == pytest.approx((0, 0, 432 + 2 * bleed, 648 + 2 * bleed), abs=0.01)
        assert box(page, "/TrimBox") == pytest.approx((bleed, bleed, 432 + bleed, 648 + bleed), abs=0.01)
        assert "/CropBox" not in page


def test_it_is_a_sound_pdf_x_4(essay: Built, need_program: Any) -> None:
    need_program("qpdf")
    root, result = essay
    reader = reader_of(essay)
    assert reader.pdf_header == "%PDF-1.6"
    assert reader.metadata is not None
    assert reader.metadata["/GTS_PDFXVersion"] == "PDF/X-4"
    assert reader.root_object["/OutputIntents"][0]["/OutputConditionIdentifier"] == "FOGRA39"
    assert all("/Annots" not in page for page in reader.pages)
    assert reader.outline
    assert subprocess.run(["qpdf", "--check", root / result.output], check=False).returncode == 0


def test_text_is_printed_in_black_ink_alone_inside_the_margins(essay: Built) -> None:
    """The red dots of figure 1 are the only colour; nothing is printed in the outer eighth of an inch."""
    pages = page_images(essay)
    coloured = [max(page.getchannel(ink).getextrema()[1] for ink in "CMY") > 0 for page in pages]
    assert coloured == [False, True, True] + [False] * (len(pages) - 3)
    for page in pages:
        inner = page.getchannel("K").point(lambda value: 255 if value else 0).getbbox()
        assert inner is not None
        left, top, right, low = inner
        margin = 3 * MM + 0.5 * 72 - 1
        assert min(left, top, page.width - right, page.height - low) > margin


def test_margins_mirror_each_other(essay: Built) -> None:
    """The text's inner edge stands where the first lines of right and left pages begin and end."""
    reader = reader_of(essay)
    starts = []
    for number in (4, 5):
        found: list[float] = []
        reader.pages[number].extract_text(
            visitor_text=lambda text, _, matrix, *rest, found=found: (
                found.append(matrix[4]) if text.strip() else None
            )
        )
        starts.append(min(found) - box(reader.pages[number], "/TrimBox")[0])
    right, left = starts
    assert left - right == pytest.approx(0.2 * (432 - 0.76 * 432), abs=1)


def test_no_page_ends_with_a_hyphen_and_none_is_short(essay: Built) -> None:
    """Hyphens are kept from the ends of pages; full pages end on the same line."""
    for page in reader_of(essay).pages[:-1]:
        body = [line for line in page.extract_text().splitlines() if line.strip()][1:-1]
        assert not body[-1].rstrip().endswith("-")


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["a5", "5.5x8.5in", "170x240mm"])
def test_the_essay_has_no_overfull_line_at_other_sizes(essay: Built, trim: str) -> None:
    result = build(essay[0], allow_pending=True, trim=trim)
    assert reported(result) == ["figures/figures.yaml:28:1 permission-pending"]


# -- Marks, X-1a, pictures -------------------------------------------------------------------------------------


def test_marks_and_x_1a(marked: Built, need_program: Any) -> None:
    need_program("qpdf")
    root, result = marked
    assert messages(result) == []
    reader = reader_of(marked)
    assert reader.pdf_header == "%PDF-1.4"
    assert len(reader.pages) == 4
    assert reader.metadata is not None
    assert reader.metadata["/GTS_PDFXVersion"] == "PDF/X-1a:2003"
    assert "/Outlines" not in reader.root_object
    assert subprocess.run(["qpdf", "--check", root / result.output], check=False).returncode == 0


def test_pictures_are_printed_in_their_inks(marked: Built) -> None:
    page = page_images(marked)[0]
    colours = {colour: count for count, colour in page.getcolors(page.width * page.height) if count > 1500}
    plain = [colour for colour in colours if colour != (0, 0, 0, 0)]
    expected = [(255, 0, 0, 0), (1, 231, 223, 56), (0, 0, 0, 195)]
    assert len(plain) == 3
    for wanted in expected:
        assert any(max(abs(a - b) for a, b in zip(wanted, found, strict=True)) <= 4 for found in plain), (
            wanted
        )


def test_marks_meet_the_trimmed_page(marked: Built) -> None:
    """Along the line of each trimmed edge there is a mark on both sides, and none inside the bleed."""
    page, scale = page_images(marked, 288)[0], 4
    trim = [side * scale for side in box(reader_of(marked).pages[0], "/TrimBox")]
    registration = page.getchannel("C").point(lambda value: 255 if value > 128 else 0)
    left, top, right, low = trim[0], page.height - trim[3], trim[2], page.height - trim[1]
    near, far = (5 + 1) * MM * scale, (5 + 1 + 6) * MM * scale
    for x in (left, right):
        strip = registration.crop((round(x - 3), 0, round(x + 3), round(top - near / 2)))
        found = strip.getbbox()
        assert found is not None
        assert (found[1], found[3]) == pytest.approx((top - far, top - near), abs=3)
    for y in (top, low):
        strip = registration.crop((0, round(y - 3), round(left - near / 2), round(y + 3)))
        found = strip.getbbox()
        assert found is not None
        assert (found[0], found[2]) == pytest.approx((left - far, left - near), abs=3)
    bleed = (left - near + 2, top - near + 2, right + near - 2, low + near - 2)
    inside = page.crop(tuple(map(round, bleed)))
    assert not [colour for _, colour in inside.getcolors(1 << 20) if sum(colour) == 4 * 255]


# -- What is refused ---------------------------------------------------------------------------------------


def said(root: Path, edition: str = "print", **settings: Any) -> list[str]:
    """What steps 1 to 4 tell."""
    found = check_edition(Request(root, settings=settings), edition).sorted()
    return [f"{one.span or '-'} {one.severity.value} {one.code.value}" for one in found]


OPEN = """\
red.png: {permission: pending, alt: A, size: 50x50mm}
inks.jpg: {permission: cleared, alt: A, credit: C, expires: 2020-01-01}
grey.png: {permission: cleared}
gone.png: {permission: own, alt: A}
"""


def test_the_ledger_is_settled_before_printing(tmp_path: Path) -> None:
    text = TEXT.replace(
        "![Grey.](figures/grey.png){width=20mm}", "![G.](figures/grey.png)\n\n![H.](figures/gone.png)"
    )
    root = publication(tmp_path, **{"figures/figures.yaml": OPEN, "content/01-one.md": text})
    strict = said(root)
    assert [line.split(" ", 1)[1] for line in strict] == [
        "error missing-credit",
        "error permission-pending",
        "error permission-expired",
        "error missing-credit",
        "error missing-alt",
        "error picture-awaited",
    ]
    assert all(line.startswith("figures/figures.yaml:") for line in strict)
    assert [line.split(" ", 1)[1] for line in said(root, "screen")] == [
        "warning missing-credit",
        "note permission-pending",
        "warning permission-expired",
        "warning missing-credit",
        "warning missing-alt",
        "warning picture-awaited",
    ]


def test_a_profile_of_a_screen_is_no_printing_condition(tmp_path: Path) -> None:
    from PIL import ImageCms

    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yaml = (
        "title: A\nauthors: [{literal: B}]\ndate: 2024-02-29\neditions:\n  print:\n    profile: press.icc\n"
    )
    root = small(tmp_path, **{"press.icc": data, "content/publication.yaml": yaml})
    assert said(root) == ["content/publication.yaml:6:14 error bad-colour-profile"]
    (root / "press.icc").write_bytes(b"no profile at all")
    assert said(root) == ["content/publication.yaml:6:14 error bad-colour-profile"]
    (root / "press.icc").unlink()
    assert said(root) == ["content/publication.yaml:6:14 error missing-file"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("standard: x-5", "error unknown-standard"),
        ("profile: fogra93", "error bad-colour-profile"),
        ("standard: x-1a, colour: keep", "error colours-not-allowed"),
        ("options: {paper: a4}", "warning paper-unused"),
    ],
)
def test_settings_that_mean_nothing_are_told_at_their_place(tmp_path: Path, stated: str, code: str) -> None:
    yaml = f"title: A\nauthors: [{{literal: B}}]\neditions:\n  print: {{{stated}}}\n"
    root = small(tmp_path, **{"content/publication.yaml": yaml})
    (found,) = said(root)
    assert found.startswith("content/publication.yaml:4:")
    assert found.endswith(code)


def test_a_date_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    result = build(small(tmp_path))
    assert reported(result) == ["content/publication.yaml:1:1 date-needed"]
    info = reader_of((tmp_path, result)).metadata
    assert info is not None
    assert info["/CreationDate"] == "D:19700101000000Z"


def test_the_inner_margin_follows_the_number_of_pages(tmp_path: Path) -> None:
    """Set once with the smallest margin; as the pages call for a wider one, once more with that."""
    yaml = (
        "title: A Small Thing\nauthors: [{family: Small, given: Ann}]\ndate: 2024-02-29\n"
        "editions:\n  print: {trim: a5, bleed: 0, gutter-by-pages: {1: 15mm, 2: 30mm, 90: 60mm}}\n"
    )
    text = (
        "---\ntitle: One\n---\n"
        + "\nA paragraph of some words that go on for a while, line after line.\n" * 60
    )
    root = small(tmp_path, **{"content/publication.yaml": yaml, "content/01-one.md": text})
    result = build(root)
    assert reported(result) == []
    reader = reader_of((root, result))
    assert len(reader.pages) > 1
    found: list[float] = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, _, matrix, *rest: found.append(matrix[4]) if text.strip() else None
    )
    assert min(found) == pytest.approx(30 * MM, abs=1)


def test_too_few_pages_for_the_printer(tmp_path: Path) -> None:
    yaml = "title: A\nauthors: [{literal: B}]\ndate: 2024-02-29\neditions:\n  print: {preset: kdp}\n"
    result = build(small(tmp_path, **{"content/publication.yaml": yaml}))
    assert not result.output
    assert "page-count" in {one.code.value for one in result.diagnostics}
