"""PDF/X on small files: headers, claims, boxes, marks, and what is taken out or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

from fascicle.core.diagnostics import Collector
from fascicle.pdf.expectations import Promises
from fascicle.pdf.finish.finish import Finishing, finish
from fascicle.pdf.standards.output_intent import Intent
from fascicle.pdf.standards.table import STANDARDS
from fascicle.project.page_geometry import MARK_LENGTH, MARK_ROOM, Room, Sheet, mark_offset
from tests.support.pdf_samples import METADATA, changed, finished, icc_profile, names, raw_pdf

RAW = raw_pdf()
LEVELS = {
    "x-4": ("1.6", "PDF/X-4", None),
    "x-3": ("1.4", "PDF/X-3:2003", None),
    "x-3-2002": ("1.3", "PDF/X-3:2002", None),
    "x-1a": ("1.4", "PDF/X-1a:2003", None),
    "x-1a-2001": ("1.3", "PDF/X-1:2001", "PDF/X-1a:2001"),
}
OPAQUE = [level for level in LEVELS if level != "x-4"]


def wishes_of(level: str, folder: Path, **changes: object) -> Finishing:
    profile = folder / "press.icc"
    profile.write_bytes(icc_profile(b"CMYK", b"prtr"))
    intent = Intent(profile, "FOGRA39", info="Coated FOGRA39")
    moment = datetime(2024, 2, 29, tzinfo=UTC)
    output_options = Finishing(metadata=METADATA, standard=STANDARDS[level], intent=intent, moment=moment)
    return replace(output_options, **changes)


@pytest.fixture(params=LEVELS)
def level(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(level: str, folder: Path, raw: bytes = RAW, **changes: object) -> PdfReader:
    return PdfReader(BytesIO(finished(raw, wishes_of(level, folder, **changes))))


def test_header_and_claims(level: str, tmp_path: Path) -> None:
    version, title, conformance = LEVELS[level]
    data = finished(RAW, wishes_of(level, tmp_path))
    info = PdfReader(BytesIO(data)).metadata
    assert data.startswith(f"%PDF-{version}\n".encode())
    assert (info["/GTS_PDFXVersion"], info.get("/GTS_PDFXConformance")) == (title, conformance)
    assert info["/Trapped"] == "/False"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20240229000000Z"
    xmp = PdfReader(BytesIO(data)).root_object["/Metadata"].get_data()
    assert b"<pdf:Trapped>False</pdf:Trapped>" in xmp
    assert (b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in xmp) == (level == "x-4")


def test_files_before_1_5_have_no_object_streams(level: str, tmp_path: Path) -> None:
    packed = b"/ObjStm" in finished(RAW, wishes_of(level, tmp_path))
    assert packed == (level == "x-4")


def test_output_intent(level: str, tmp_path: Path) -> None:
    intents = opened(level, tmp_path).root_object["/OutputIntents"]
    assert len(intents) == 1
    intent = intents[0].get_object()
    assert (intent["/S"], intent["/OutputConditionIdentifier"]) == ("/GTS_PDFX", "FOGRA39")
    assert (intent["/Info"], intent["/RegistryName"]) == ("Coated FOGRA39", "http://www.color.org")
    assert intent["/DestOutputProfile"]["/N"] == 4


def test_nothing_acts_or_lies_over_the_page(level: str, tmp_path: Path) -> None:
    reader = opened(level, tmp_path)
    data = finished(RAW, wishes_of(level, tmp_path))
    assert all("/Annots" not in page for page in reader.pages)
    assert "/OpenAction" not in reader.root_object
    assert b"/GoTo" not in data
    assert b"/JavaScript" not in data


def test_bookmarks_lead_to_their_pages_without_an_action(level: str, tmp_path: Path) -> None:
    def with_action(writer: PdfWriter) -> None:
        first = writer.root_object["/Outlines"]["/First"]
        place = first.pop("/Dest", None) or first["/A"]["/D"]
        first.pop("/A", None)
        first[NameObject("/A")] = names(S="/GoTo", D=place)

    reader = opened(level, tmp_path, changed(RAW, with_action))
    assert "/A" not in reader.root_object["/Outlines"]["/First"]
    assert [reader.get_destination_page_number(reader.outline[0])] == [0]


def test_bookmarks_are_left_out_where_they_are_forbidden(tmp_path: Path) -> None:
    reader = opened("x-1a", tmp_path, promises=Promises(bookmarks=False))
    assert "/Outlines" not in reader.root_object
    assert reader.root_object["/PageMode"] == "/UseNone"


# -- Sheets ------------------------------------------------------------------------------------------------

SHEET = Sheet(400, 600, 9, True, False, Room(20, 20, 30))


def box(page: DictionaryObject, key: str) -> tuple[float, ...]:
    return tuple(float(side) for side in page[key])


def test_boxes_are_exact_and_alone(tmp_path: Path) -> None:
    def cropped(writer: PdfWriter) -> None:
        for page in writer.pages:
            page[NameObject("/CropBox")] = ArrayObject([FloatObject(1)] * 4)
            page[NameObject("/Rotate")] = NumberObject(90)

    reader = opened("x-4", tmp_path, changed(RAW, cropped), sheet=SHEET)
    for page in reader.pages:
        assert box(page, "/MediaBox") == (0, 0, 440, 660)
        assert box(page, "/BleedBox") == (11, 21, 429, 639)
        assert box(page, "/TrimBox") == (20, 30, 420, 630)
        assert not {"/CropBox", "/ArtBox", "/Rotate"} & page.keys()


def test_without_bleed_at_the_bind_pages_mirror_each_other(tmp_path: Path) -> None:
    sheet = Sheet(400, 600, 9, False, False, Room(0, 9, 9))
    right, left, *_ = opened("x-4", tmp_path, sheet=sheet).pages
    assert box(right, "/TrimBox") == (0, 9, 400, 609)
    assert box(left, "/TrimBox") == (9, 9, 409, 609)
    assert box(right, "/BleedBox") == box(left, "/BleedBox") == box(left, "/MediaBox") == (0, 0, 409, 618)


def test_marks_stand_outside_the_bleed_and_inside_the_sheet(tmp_path: Path) -> None:
    room = mark_offset(9) + MARK_ROOM
    sheet = Sheet(400, 600, 9, True, True, Room(room, room, room))
    page = opened("x-1a", tmp_path, sheet=sheet).pages[0]
    drawn = page["/Contents"][0].get_object().get_data().decode()
    assert drawn.startswith("q ")
    assert drawn.rstrip().endswith("Q")
    space = page["/Resources"]["/ColorSpace"]["/FascicleAll"]
    assert (space[0], space[1], space[2]) == ("/Separation", "/All", "/DeviceCMYK")
    media, bleed = box(page, "/MediaBox"), box(page, "/BleedBox")
    for line in drawn.splitlines()[1:9]:
        x1, y1, _, x2, y2, *_ = line.split()
        ends = [(float(x1), float(y1)), (float(x2), float(y2))]
        assert all(0 <= x <= media[2] and 0 <= y <= media[3] for x, y in ends)
        assert not any(bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3] for x, y in ends)
        assert abs(ends[0][0] - ends[1][0]) + abs(ends[0][1] - ends[1][1]) == pytest.approx(
            MARK_LENGTH, abs=1e-3
        )


@pytest.mark.parametrize(
    ("multiple", "blank", "count"),
    [(1, False, 3), (4, False, 4), (2, True, 4), (1, True, 4), (16, False, 16)],
)
def test_blank_pages_fill_up_a_multiple(tmp_path: Path, multiple: int, blank: bool, count: int) -> None:
    promises = Promises(pages_multiple=multiple, last_page_blank=blank)
    pages = opened("x-4", tmp_path, sheet=SHEET, promises=promises).pages
    assert len(pages) == count
    assert all("/Contents" not in page for page in pages[3:])
    assert {box(page, "/TrimBox") for page in pages} == {(20, 30, 420, 630)}


# -- Transparency ------------------------------------------------------------------------------------------


def transparent(kind: str, used: bool = True) -> bytes:
    """The sample with something transparent on its first page."""

    def add(writer: PdfWriter) -> None:
        page = writer.pages[0]
        held: DictionaryObject = page["/Resources"]
        if kind == "group":
            page[NameObject("/Group")] = names(S="/Transparency", CS="/DeviceRGB")
            return
        entries = {
            "alpha": {"ca": FloatObject(0.5)},
            "stroke": {"CA": FloatObject(0.99)},
            "blend": {"BM": "/Multiply"},
            "blends": {"BM": ArrayObject([NameObject("/Screen")])},
            "mask": {"SMask": names(S="/Luminosity")},
            "opaque": {"ca": FloatObject(1), "BM": "/Normal", "SMask": "/None"},
        }[kind]
        state = writer._add_object(names(Type="/ExtGState", **entries))
        held[NameObject("/ExtGState")] = names(G0=state)

    return changed(RAW, add)


@pytest.mark.parametrize("level", OPAQUE)
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("alpha", "a colour that is partly transparent"),
        ("stroke", "a colour that is partly transparent"),
        ("blend", "a blend mode"),
        ("blends", "a blend mode"),
        ("mask", "a soft mask"),
    ],
)
def test_transparency_is_refused_before_x_4(level: str, tmp_path: Path, kind: str, said: str) -> None:
    problems = Collector()
    finish(transparent(kind), wishes_of(level, tmp_path), problems)
    assert [one.message for one in problems] == [
        f"the standard allows no transparency, and a picture has {said}"
    ]


@pytest.mark.parametrize("kind", ["group", "opaque"])
def test_what_is_only_called_transparent_is_made_plain(tmp_path: Path, kind: str) -> None:
    data = finished(transparent(kind), wishes_of("x-1a", tmp_path))
    for key in (b"/Transparency", b"/BM", b"/SMask", b"/ca "):
        assert key not in data


@pytest.mark.parametrize("kind", ["group", "alpha", "blend", "mask"])
def test_x_4_keeps_transparency(tmp_path: Path, kind: str) -> None:
    reader = PdfReader(BytesIO(finished(transparent(kind), wishes_of("x-4", tmp_path))))
    page = reader.pages[0]
    assert "/Group" in page or "/ExtGState" in page["/Resources"]


def test_the_same_input_gives_the_same_bytes(level: str, tmp_path: Path) -> None:
    output_options = wishes_of(level, tmp_path, sheet=replace(SHEET, marks=True))
    assert finished(RAW, output_options) == finished(RAW, output_options)
