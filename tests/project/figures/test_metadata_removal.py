"""Copies of pictures tell nothing, and show the same."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from fascicle.project.figures.metadata_removal import clean_jpeg, clean_pdf, clean_png, without_traces
from tests.support import review_publication as sample

TRACES = [
    text.encode(code) for text in ("Müller", "Mueller", "Na Li", "Ivanov") for code in ("utf-8", "latin-1")
]


def reported(data: bytes) -> list[bytes]:
    return [trace for trace in TRACES if trace in data]


@pytest.mark.parametrize("restarts", [0, 3])
def test_jpeg_keeps_pixels_profile_and_resolution(restarts: int) -> None:
    image = Image.open(BytesIO(sample.jpeg()))
    out = BytesIO()
    settings = {"restart_marker_blocks": restarts} if restarts else {}
    image.save(
        out, "JPEG", exif=image.getexif(), icc_profile=image.info["icc_profile"], dpi=(300, 300), **settings
    )
    for data in (sample.jpeg(), out.getvalue()):
        clean = clean_jpeg(data)
        before, after = Image.open(BytesIO(data)), Image.open(BytesIO(clean))
        assert after.tobytes() == before.tobytes()
        assert after.info["icc_profile"] == before.info["icc_profile"]
        assert after.info["dpi"] == before.info["dpi"]
        assert not after.getexif()
        assert reported(clean) == []
    assert reported(sample.jpeg()), "the control tells"


def test_adobe_marker_of_cmyk_stays() -> None:
    out = BytesIO()
    Image.new("CMYK", (40, 30), (10, 200, 30, 5)).save(out, "JPEG", comment=b"by Mueller")
    clean = clean_jpeg(out.getvalue())
    assert b"Adobe" in clean
    assert reported(clean) == []
    assert Image.open(BytesIO(clean)).tobytes() == Image.open(BytesIO(out.getvalue())).tobytes()


def test_png_keeps_pixels_and_resolution() -> None:
    clean = clean_png(sample.png())
    before, after = Image.open(BytesIO(sample.png())), Image.open(BytesIO(clean))
    assert after.tobytes() == before.tobytes()
    assert after.info["dpi"] == before.info["dpi"]
    assert set(after.info) == {"dpi"}
    assert b"prIv" not in clean


def test_pdf_shows_the_same_and_tells_nothing() -> None:
    clean = clean_pdf(sample.drawing())
    pictures = [
        pypdfium2.PdfDocument(data)[0].render().to_pil().tobytes() for data in (sample.drawing(), clean)
    ]
    assert pictures[0] == pictures[1]
    assert reported(clean) == []
    reader = PdfReader(BytesIO(clean))
    assert not reader.attachments
    assert "/Author" not in (reader.metadata or {})
    assert reported(reader.pages[0].images[0].data) == []


def test_nothing_stays_in_the_file_to_which_nothing_leads() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(72, 72)
    told, form = DecodedStreamObject(), DecodedStreamObject()
    told.set_data(b"drawn by Mueller")
    form.set_data(b"0 0 m 9 9 l S")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/Metadata")] = writer._add_object(told)
    drawn = DictionaryObject({NameObject("/X"): writer._add_object(form)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    made = BytesIO()
    writer.write(made)
    assert b"Mueller" in made.getvalue()
    clean = clean_pdf(made.getvalue())
    assert b"Mueller" not in clean
    assert b"9 9 l" in clean


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00", b"no picture", sample.jpeg()[:400]]
)
def test_what_is_cut_off_does_no_harm(data: bytes) -> None:
    assert reported(clean_jpeg(data)) == []
    assert clean_png(data) == data


def test_the_copy_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "mueller.jpg").write_bytes(sample.jpeg())
    first = without_traces(tmp_path / "mueller.jpg", tmp_path / "made")
    stamp = first.stat().st_mtime_ns
    assert without_traces(tmp_path / "mueller.jpg", tmp_path / "made") == first
    assert first.stat().st_mtime_ns == stamp
    assert "mueller" not in first.name
