"""Step 6 on small files: what is set, what is kept, what is gone, and always the same bytes."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, NameObject, StreamObject, TextStringObject

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pdf.finish.finish import CREATOR, Finishing, PageLabels, finish
from fascicle.pdf.objects import reachable
from fascicle.pdf.preflight.preflight import preflight
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.standards.output_intent import Intent
from fascicle.pdf.standards.standard import Standard
from fascicle.pdf.standards.table import STANDARDS
from tests.support.pdf_samples import (
    METADATA,
    PLAIN,
    changed,
    finished,
    icc_profile,
    link,
    names,
    raw_pdf,
    stream,
    wishes_for,
)

RAW = raw_pdf()


def everything(data: bytes) -> str:
    """All that the file holds: each object with its strings decoded, each stream unpacked."""
    reader = PdfReader(BytesIO(data))
    objects = reachable([reader.trailer.raw_get("/Root"), reader.trailer.raw_get("/Info")]).values()
    streams = [item.get_data().decode("latin-1") for item in objects if isinstance(item, StreamObject)]
    return "\n".join([*map(repr, objects), *streams])


@pytest.fixture(params=["plain", "a-2b", "a-2u"])
def output_options(request: pytest.FixtureRequest, tmp_path: Path) -> Finishing:
    return wishes_for(request.param, tmp_path)


def test_keeps_every_promise(output_options: Finishing) -> None:
    problems = Collector()
    results = preflight(finished(RAW, output_options), output_options, problems)
    assert [result.check.name for result in results if result.broken] == []
    assert list(problems) == []
    assert len(results) > 10


def test_the_same_input_gives_the_same_bytes(output_options: Finishing) -> None:
    assert finished(RAW, output_options) == finished(RAW, output_options)


def test_identifiers_follow_the_content(output_options: Finishing) -> None:
    first, second = (PdfReader(BytesIO(finished(raw, output_options))) for raw in (RAW, raw_pdf(4)))
    assert first.trailer["/ID"] != second.trailer["/ID"]
    other = replace(output_options, metadata=replace(METADATA, volume="13"))
    assert first.trailer["/ID"] != PdfReader(BytesIO(finished(RAW, other))).trailer["/ID"]


def test_random_identifiers_of_the_input_leave_no_trace() -> None:
    again = raw_pdf()
    assert again != RAW
    assert finished(again) == finished(RAW)


def test_document_id_is_shared_by_versions_and_instance_id_is_not() -> None:
    one, two = (
        Inspection(finished(RAW, replace(PLAIN, metadata=replace(METADATA, version=version)))).xmp
        for version in ("1", "2")
    )
    assert one["xmpMM:DocumentID"] == two["xmpMM:DocumentID"]
    assert one["xmpMM:InstanceID"] != two["xmpMM:InstanceID"]


def test_info(output_options: Finishing) -> None:
    info = Inspection(finished(RAW, output_options)).info
    assert info == {
        "Title": METADATA.title,
        "Author": "Jia Zhangke; Österle, Ana; 贾樟柯",
        "Subject": METADATA.description,
        "Keywords": "hukou; cinema; film; 户口",
        "Creator": CREATOR,
        "Producer": "LuaTeX-1.15.0",
        "CreationDate": "D:20240229000000Z",
        "ModDate": "D:20240229000000Z",
        "Trapped": "/False",
    }


def test_a_moment_given_outranks_the_day_of_publication() -> None:
    asked = replace(PLAIN, moment=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC))
    file = Inspection(finished(RAW, asked))
    assert file.info["ModDate"] == "D:20250304050607Z"
    assert file.xmp["xmp:CreateDate"] == "2025-03-04T05:06:07Z"
    assert file.xmp["dc:date"] == ["2024-02-29"]


def test_without_a_date_there_is_none() -> None:
    file = Inspection(finished(RAW, replace(PLAIN, metadata=replace(METADATA, date=None))))
    assert not {"CreationDate", "ModDate"} & file.info.keys()
    assert not {"xmp:CreateDate", "xmp:ModifyDate", "dc:date"} & file.xmp.keys()


def test_traces_are_gone(output_options: Finishing) -> None:
    before, after = everything(RAW), everything(finished(RAW, output_options))
    for trace in ("PTEX", "/home/ana", "Illustrator", "<old/>", "app.alert", "'old'"):
        assert trace in before, "the sample does not hold what the test looks for"
        assert trace not in after


def test_links_outlines_and_text_are_kept(output_options: Finishing) -> None:
    before, after = Inspection(RAW), Inspection(finished(RAW, output_options))
    assert after.links == before.links
    assert [(mark.title, mark.level, mark.target) for mark in after.outlines] == [
        ("First – 一", 0, 1),
        ("Second", 1, 2),
    ]
    assert [page.get_contents().get_data() for page in after.reader.pages] == [
        page.get_contents().get_data() for page in before.reader.pages
    ]
    assert after.boxes == before.boxes


def test_structure_and_replacement_text_are_kept(output_options: Finishing) -> None:
    def tag(writer):
        element = names(Type="/StructElem", S="/Figure", ActualText=TextStringObject("a map"))
        element[NameObject("/A")] = names(O="/Layout", Placement="/Block")
        tree = names(Type="/StructTreeRoot", K=writer._add_object(element))
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(tree)

    root = Inspection(finished(changed(RAW, tag), output_options)).root
    assert root["/StructTreeRoot"]["/K"]["/ActualText"] == "a map"
    assert root["/StructTreeRoot"]["/K"]["/A"]["/O"] == "/Layout"


def test_catalogue(output_options: Finishing) -> None:
    file = Inspection(finished(RAW, output_options))
    assert file.root["/PageMode"] == "/UseOutlines"
    assert "/OpenAction" not in file.root
    assert file.language == "en-GB"
    assert file.version == "1.7"
    assert Inspection(finished(raw_pdf(bookmarks=False), output_options)).root["/PageMode"] == "/UseNone"


def test_viewer_preferences_of_tex_are_kept() -> None:
    def prefer(writer):
        writer.root_object[NameObject("/ViewerPreferences")] = names(Duplex="/DuplexFlipLongEdge")

    preferences = Inspection(finished(changed(RAW, prefer))).root["/ViewerPreferences"]
    assert preferences["/Duplex"] == "/DuplexFlipLongEdge"
    assert preferences["/DisplayDocTitle"].value is True


def test_page_labels_asked_for() -> None:
    labels = (PageLabels(0, "r"), PageLabels(1, "D", "A–", 47))
    data = finished(RAW, replace(PLAIN, page_labels=labels))
    assert PdfReader(BytesIO(data)).page_labels == ["i", "A–47", "A–48"]


def test_page_labels_of_tex_are_kept_and_missing_ones_made() -> None:
    assert PdfReader(BytesIO(finished(RAW))).page_labels == ["1", "2", "3"]
    assert "/PageLabels" in Inspection(finished(RAW)).root
    labelled = changed(RAW, lambda writer: writer.set_page_label(0, 2, style="/R", start=4))
    assert PdfReader(BytesIO(finished(labelled))).page_labels == ["IV", "V", "VI"]


def test_output_intent_and_flags_of_an_archive_file(tmp_path: Path) -> None:
    file = Inspection(finished(RAW, wishes_for("a-2u", tmp_path)))
    (intent,) = file.root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3
    assert intent["/DestOutputProfile"].get_data() == icc_profile()
    assert [note["/F"] for note in file.reader.pages[0]["/Annots"]] == [4, 4, 4]
    assert file.xmp["pdfaid:part"] == "2"
    assert file.xmp["pdfaid:conformance"] == "U"


def test_an_archive_file_loses_what_its_standard_forbids(tmp_path: Path) -> None:
    def offend(writer):
        page, add = writer.pages[1], writer._add_object
        image = stream(b"\0" * 3, Type="XObject", Subtype="Image")
        image[NameObject("/Interpolate")] = BooleanObject(True)
        page["/Resources"]["/XObject"][NameObject("/X2")] = add(image)
        page["/Resources"][NameObject("/ExtGState")] = names(G=names(Type="/ExtGState", TR="/Identity"))
        page[NameObject("/AA")] = names(O=names(S="/Named", N="/NextPage"))
        page[NameObject("/Annots")] = ArrayObject(
            [
                add(link(A=names(S="/Launch", F=TextStringObject("calc.exe")))),
                add(link(A=names(S="/Named", N="/NextPage"))),
                add(link(A=names(S="/Named", N="/Print"))),
            ]
        )

    problems = Collector()
    data = finish(changed(RAW, offend), wishes_for("a-2u", tmp_path), problems)
    page = PdfReader(BytesIO(data)).pages[1]
    assert [found.code for found in problems] == [Code.PDF_ACTION_DROPPED] * 2
    assert ["/A" in note.get_object() for note in page["/Annots"]] == [False, True, False]
    assert "/AA" not in page
    assert "/TR" not in page["/Resources"]["/ExtGState"]["/G"]
    assert page["/Resources"]["/XObject"]["/X2"]["/Interpolate"].value is False
    descendant = page["/Resources"]["/Font"]["/F1"]["/DescendantFonts"][0]
    assert "/CIDSet" not in descendant["/FontDescriptor"]


def test_truetype_glyph_numbers_are_stated(tmp_path: Path) -> None:
    def leave_out(writer):
        descendant = writer.pages[0]["/Resources"]["/Font"]["/F1"]["/DescendantFonts"][0].get_object()
        descendant[NameObject("/Subtype")] = NameObject("/CIDFontType2")
        descriptor = descendant["/FontDescriptor"]
        descriptor[NameObject("/FontFile2")] = descriptor.pop("/FontFile3")

    file = Inspection(finished(changed(RAW, leave_out), wishes_for("a-2u", tmp_path)))
    font = file.reader.pages[0]["/Resources"]["/Font"]["/F1"]["/DescendantFonts"][0].get_object()
    assert font["/CIDToGIDMap"] == "/Identity"


@pytest.mark.parametrize("name", ["none.icc", "text.icc", "link.icc", "grey-scanner.icc"])
def test_a_bad_profile_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "text.icc").write_text("not a profile" * 20)
    (tmp_path / "link.icc").write_bytes(icc_profile(kind=b"link"))
    (tmp_path / "grey-scanner.icc").write_bytes(icc_profile(space=b"GRAY", kind=b"scnr"))
    problems = Collector()
    asked = replace(PLAIN, standard=STANDARDS["a-2u"], intent=Intent(tmp_path / name))
    data = finish(RAW, asked, problems)
    (found,) = problems
    assert found.code is Code.BAD_COLOUR_PROFILE
    assert name in found.message
    reported = Collector()
    preflight(data, asked, reported)
    assert [item.code for item in reported] == [Code.CLAIM_NOT_KEPT], "the claim is there, the profile is not"


def test_no_profile_at_all_is_told() -> None:
    problems = Collector()
    finish(RAW, replace(PLAIN, standard=STANDARDS["a-2u"]), problems)
    assert [found.code for found in problems] == [Code.BAD_COLOUR_PROFILE]


@pytest.mark.parametrize("raw", [b"", b"not a PDF", RAW[: len(RAW) // 2], b"%PDF-1.5\n%%EOF"])
def test_what_cannot_be_read_is_told_and_not_raised(raw: bytes) -> None:
    problems = Collector()
    assert finish(raw, PLAIN, problems) is None
    assert Code.UNREADABLE_PDF in [found.code for found in problems]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    problems = Collector()
    assert finish(tmp_path / "none.pdf", PLAIN, problems) is None
    assert [found.code for found in problems] == [Code.UNREADABLE_PDF]


def test_pypdf_warnings_become_diagnostics(capsys: pytest.CaptureFixture[str]) -> None:
    damaged = RAW.replace(b"startxref\n", b"startxref\n1")
    problems = Collector()
    data = finish(damaged, PLAIN, problems)
    assert data is not None
    assert {found.code for found in problems} == {Code.PDF_REPAIRED}
    assert capsys.readouterr() == ("", "")


def test_objects_are_packed_and_equal_streams_kept_once() -> None:
    def repeat(writer):
        for page in writer.pages:
            own = stream(b"the same picture" * 100, Type="XObject", Subtype="Form")
            page["/Resources"][NameObject("/XObject")] = names(X9=writer._add_object(own))

    data = finished(changed(RAW, repeat))
    assert b"/ObjStm" in data
    assert everything(data).count("the same picture" * 100) == 1
    assert len(Inspection(data).reader.pages[2]["/Resources"]["/XObject"]["/X9"].get_data()) == 1600


def test_a_file_of_many_objects_shrinks() -> None:
    raw = raw_pdf(100)
    assert len(finished(raw)) < 0.6 * len(raw)


def test_old_versions_get_a_plain_table(tmp_path: Path, need_program) -> None:
    need_program("qpdf")
    old = Standard("old", "PDF 1.3", version="1.3")
    data = finished(RAW, replace(PLAIN, standard=old))
    assert b"\nxref\n" in data
    assert b"/ObjStm" not in data
    assert data.startswith(b"%PDF-1.3")
    assert Inspection(data).links == Inspection(RAW).links
    assert_sound(data, tmp_path)


def test_qpdf_finds_no_fault(output_options: Finishing, tmp_path: Path, need_program) -> None:
    need_program("qpdf")
    assert_sound(finished(RAW, output_options), tmp_path)
    assert_sound(finished(raw_pdf(250), output_options), tmp_path)


def assert_sound(data: bytes, folder: Path) -> None:
    file = folder / "made.pdf"
    file.write_bytes(data)
    ran = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No syntax or stream encoding errors found" in ran.stdout


def test_xmp_stays_readable_without_reading_pdf(output_options: Finishing) -> None:
    data = finished(RAW, output_options)
    assert data.count(b"<?xpacket begin=") == 1
    assert METADATA.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode() in data


def test_every_other_stream_is_compressed() -> None:
    reader = PdfReader(BytesIO(finished(raw_pdf(12))))
    large = [
        item
        for number in range(1, reader.trailer["/Size"])
        if isinstance(item := reader.get_object(number), StreamObject) and len(item.get_data()) > 200
    ]
    assert large
    assert all("/Filter" in item or item["/Type"] == "/Metadata" for item in large)
