"""Step 7: one fault at a time in a file that was good, each caught by the check that names it, and by no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.errors import LimitReachedError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pdf.preflight.check import Check, CheckContext
from fascicle.pdf.preflight.preflight import CHECKS, preflight
from tests.support.pdf_samples import changed, finished, font, link, names, raw_pdf, stream, wishes_for

Fault = Callable[[PdfWriter], object]
FAULTS: dict[str, tuple[str, Fault]] = {}


def fault(check: str) -> Callable[[Fault], Fault]:
    """Register a fault under the check that is to catch it."""

    def register(change: Fault) -> Fault:
        FAULTS[change.__name__] = (check, change)
        return change

    return register


def put(holder, key: str, value: object) -> None:
    holder[NameObject(f"/{key}")] = value


def new_font(writer: PdfWriter, page: int = 1):
    """A second font of one page."""
    made = font(writer, "GHIJKL+Second")
    put(writer.pages[page]["/Resources"], "Font", names(F2=writer._add_object(made)))
    return made


def edit_xmp(writer: PdfWriter, old: bytes, new: bytes) -> None:
    metadata = writer.root_object["/Metadata"]
    assert old in metadata.get_data()
    metadata.set_data(metadata.get_data().replace(old, new))


def repack(writer: PdfWriter, change: Callable[[bytes], bytes]) -> None:
    """Change the packed bytes of the second page's content."""
    content = writer.pages[1]["/Contents"]
    assert content["/Filter"] == "/FlateDecode"
    content._data = change(content._data)


@fault("streams")
def a_content_stream_is_cut(writer):
    repack(writer, lambda data: data[:-9])


@fault("streams")
def a_content_stream_is_empty(writer):
    repack(writer, lambda data: b"")


@fault("readable")
def no_page_is_left(writer):
    for _ in range(3):
        writer.remove_page(0)
    for key in ("/Outlines", "/Names", "/PageLabels"):
        writer.root_object.pop(key, None)
    put(writer.root_object, "PageLabels", names(Nums=ArrayObject([NumberObject(0), names(S="/D")])))


@fault("version")
def header_of_another_version(writer):
    writer.pdf_header = "%PDF-1.4"


@fault("quiet")
def a_script_at_opening(writer):
    put(writer.root_object, "OpenAction", names(S="/JavaScript", JS=TextStringObject("1")))


@fault("quiet")
def a_named_script(writer):
    put(writer.root_object["/Names"], "JavaScript", names(Names=ArrayObject()))


@fault("quiet")
def an_additional_action(writer):
    put(writer.root_object, "AA", names(WP=names(S="/JavaScript")))


@fault("actions")
def a_link_that_starts_a_program(writer):
    put(writer.pages[0]["/Annots"][1].get_object(), "A", names(S="/Launch", F=TextStringObject("x.exe")))


@fault("actions")
def a_page_that_starts_a_script(writer):
    put(writer.pages[2], "AA", names(O=names(S="/JavaScript", JS=TextStringObject("1"))))


@fault("fonts-embedded")
def a_font_without_its_program(writer):
    descendant = new_font(writer)["/DescendantFonts"][0]
    del descendant["/FontDescriptor"]["/FontFile3"]


@fault("fonts-embedded")
def a_standard_font_that_nobody_embedded(writer):
    helvetica = names(Type="/Font", Subtype="/Type1", BaseFont="/Helvetica", Encoding="/WinAnsiEncoding")
    put(writer.pages[0]["/Resources"], "Font", names(F3=helvetica))


@fault("fonts-embedded")
def a_font_missing_inside_a_picture(writer):
    bare = names(Type="/Font", Subtype="/Type1", BaseFont="/Times-Roman", Encoding="/WinAnsiEncoding")
    inner = stream(b"BT ET", Type="XObject", Subtype="Form")
    put(inner, "Resources", names(Font=names(F1=bare)))
    outer = stream(b"/X Do", Type="XObject", Subtype="Form")
    put(outer, "Resources", names(XObject=names(X=writer._add_object(inner))))
    put(writer.pages[2]["/Resources"], "XObject", names(X5=writer._add_object(outer)))


@fault("no-bitmap-fonts")
def a_font_of_bitmaps(writer):
    drawn = names(Type="/Font", Subtype="/Type3", Name="/Bitmap", ToUnicode=writer._add_object(stream(b"x")))
    put(writer.pages[1]["/Resources"], "Font", names(F3=drawn))


@fault("characters")
def a_composite_font_without_unicode(writer):
    del new_font(writer)["/ToUnicode"]


@fault("characters")
def a_symbol_font_without_unicode(writer):
    descriptor = names(Type="/FontDescriptor", Flags=NumberObject(4))
    put(descriptor, "FontFile2", writer._add_object(stream(b"p")))
    symbols = names(Type="/Font", Subtype="/TrueType", BaseFont="/MNOPQR+Symbols", FontDescriptor=descriptor)
    put(writer.pages[1]["/Resources"], "Font", names(F4=symbols))


@fault("links")
def a_link_to_a_name_that_is_not_there(writer):
    aim = names(S="/GoTo", D=TextStringObject("section.9"))
    writer.pages[1][NameObject("/Annots")] = ArrayObject([writer._add_object(link(A=aim, F=NumberObject(4)))])


@fault("links")
def a_link_to_a_page_that_is_not_there(writer):
    aim = ArrayObject([NullObject(), NameObject("/Fit")])
    writer.pages[1][NameObject("/Annots")] = ArrayObject(
        [writer._add_object(link(Dest=aim, F=NumberObject(4)))]
    )


@fault("links")
def a_destination_on_a_page_outside_the_tree(writer):
    lost = writer._add_object(names(Type="/Page"))
    names_of = writer.root_object["/Names"]["/Dests"]["/Names"]
    names_of[3] = ArrayObject([lost, NameObject("/Fit")])


@fault("bookmarks")
def a_bookmark_that_leads_nowhere(writer):
    first = writer.root_object["/Outlines"]["/First"]
    for key in ("/A", "/Dest"):
        first.pop(key, None)


@fault("bookmarks")
def bookmarks_that_are_not_shown(writer):
    put(writer.root_object, "PageMode", NameObject("/UseNone"))


@fault("page-labels")
def labels_that_begin_on_the_second_page(writer):
    put(writer.root_object, "PageLabels", names(Nums=ArrayObject([NumberObject(1), names(S="/D")])))


@fault("page-labels")
def labels_out_of_order(writer):
    order = [item for start in (0, 2, 1) for item in (NumberObject(start), names(S="/D"))]
    put(writer.root_object, "PageLabels", names(Nums=ArrayObject(order)))


@fault("page-labels")
def no_labels(writer):
    del writer.root_object["/PageLabels"]


@fault("info")
def another_author(writer):
    writer.add_metadata({"/Author": "Somebody Else"})


@fault("info")
def another_day(writer):
    writer.add_metadata({"/ModDate": "D:20250101000000Z"})


@fault("info")
def the_banner_of_tex(writer):
    writer.add_metadata({"/PTEX.FullBanner": "This is LuaHBTeX"})


@fault("xmp")
def authors_in_another_order(writer):
    edit_xmp(writer, "Österle, Ana".encode(), b"Ana")


@fault("xmp")
def a_doi_that_differs(writer):
    edit_xmp(writer, b"<prism:doi>10.1234", b"<prism:doi>10.9999")


@fault("xmp")
def a_rights_statement_that_is_gone(writer):
    edit_xmp(writer, b"<xmpRights:Marked>True</xmpRights:Marked>", b"")


@fault("title")
def a_title_that_is_not_shown(writer):
    put(writer.root_object["/ViewerPreferences"], "DisplayDocTitle", BooleanObject(False))


@fault("title")
def no_preferences(writer):
    del writer.root_object["/ViewerPreferences"]


@fault("language")
def no_language(writer):
    del writer.root_object["/Lang"]


@fault("language")
def another_language(writer):
    put(writer.root_object, "Lang", TextStringObject("de"))


@fault("claims")
def a_lesser_claim(writer):
    edit_xmp(writer, b"<pdfaid:conformance>U", b"<pdfaid:conformance>B")


@fault("claims")
def a_claim_that_nobody_asked_for(writer):
    claim = b'<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>'
    edit_xmp(writer, b"<pdfaid:part>", claim + b"<pdfaid:part>")


@fault("claims")
def no_output_intent(writer):
    del writer.root_object["/OutputIntents"]


@fault("claims")
def an_output_intent_without_profile(writer):
    del writer.root_object["/OutputIntents"][0].get_object()["/DestOutputProfile"]


@fault("glyphs")
def a_glyph_without_character(writer):
    put(writer.pages[1], "Contents", writer._add_object(stream(b"BT /F1 9 Tf [<0001>-3<0102>] TJ ET")))


@fault("glyphs")
def a_glyph_without_character_inside_a_picture(writer):
    form = stream(b"BT /F1 9 Tf (\\001\\002) Tj ET", Type="XObject", Subtype="Form")
    put(writer.pages[2]["/Resources"], "XObject", names(X7=writer._add_object(form)))


@fault("colours")
def a_picture_for_printing_presses(writer):
    picture = stream(b"0000", Type="XObject", Subtype="Image", ColorSpace="DeviceCMYK")
    put(writer.pages[2]["/Resources"], "XObject", names(X8=writer._add_object(picture)))
    put(writer.pages[2], "Contents", writer._add_object(stream(b"q 9 0 0 9 9 9 cm /X8 Do Q")))


@fault("annotations")
def a_hidden_link(writer):
    put(writer.pages[0]["/Annots"][0].get_object(), "F", NumberObject(6))


@fault("annotations")
def a_link_that_is_not_printed(writer):
    del writer.pages[0]["/Annots"][1].get_object()["/F"]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory):
    output_options = wishes_for("a-2u", tmp_path_factory.mktemp("profile"))
    return finished(raw_pdf(), output_options), output_options


@pytest.mark.parametrize("title", FAULTS)
def test_each_fault_is_caught_by_its_check_alone(title: str, good) -> None:
    data, output_options = good
    check, change = FAULTS[title]
    problems = Collector()
    results = preflight(changed(data, change), output_options, problems)
    assert {result.check.name: result.broken for result in results if result.broken}.keys() == {check}
    codes = {item.name: item.code for item in CHECKS}
    assert {found.code for found in problems} == {codes[check]}


def test_an_unchanged_file_passes(good) -> None:
    data, output_options = good
    problems = Collector()
    assert not [
        item
        for item in preflight(changed(data, lambda writer: None), output_options, problems)
        if item.broken
    ]
    assert len(problems) == 0


def test_a_file_without_wishes_is_checked_for_what_needs_none(good) -> None:
    problems = Collector()
    results = preflight(good[0], None, problems)
    assert len(problems) == 0
    assert {"readable", "fonts-embedded", "links"} <= {item.check.name for item in results}
    assert all(item.left_out for item in results if item.check.needs_wishes)


def test_an_encrypted_file(good) -> None:
    problems = Collector()
    sealed = changed(good[0], lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    results = preflight(sealed, good[1], problems)
    assert [item.check.name for item in results if item.broken] == ["open"]


def test_a_file_locked_by_a_password(good) -> None:
    problems = Collector()
    assert (
        preflight(changed(good[0], lambda w: w.encrypt("secret", algorithm="RC4-128")), good[1], problems)
        == ()
    )
    assert [found.code.value for found in problems] == ["unreadable-pdf"]


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_off_is_told_and_not_raised(part: float, good) -> None:
    data, output_options = good
    problems = Collector()
    results = preflight(data[: int(len(data) * part)], output_options, problems)
    assert not results or any(item.broken for item in results)
    assert problems.failed


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    problems = Collector()
    assert preflight(tmp_path / "none.pdf", None, problems) == ()
    assert [found.code.value for found in problems] == ["unreadable-pdf"]


def test_a_garbled_stream_is_told_beside_what_it_hides(good) -> None:
    problems = Collector()
    garbled = changed(good[0], lambda w: repack(w, lambda data: data[:20] + b"\xff\xff\xff\xff" + data[24:]))
    results = preflight(garbled, good[1], problems)
    assert "streams" in {item.check.name for item in results if item.broken}
    assert "pdf-repaired" in {found.code.value for found in problems}


def test_a_drawing_too_large_to_look_into_is_no_error(good, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plot of a million points: a reader has a limit, and the page is as it should be."""

    def large(proof: CheckContext) -> Iterator[str]:
        raise LimitReachedError("Limit reached while decompressing.")
        yield ""

    check = Check("glyphs", "Glyphs", Code.TEXT_WITHOUT_UNICODE, large)
    monkeypatch.setattr("fascicle.pdf.preflight.preflight.CHECKS", (check,))
    problems = Collector()
    preflight(good[0], good[1], problems)
    assert ["cannot look into a drawing" in found.message for found in problems] == [True]
    assert not problems.failed


def test_damaged_xmp(good) -> None:
    data, output_options = good
    problems = Collector()
    broken = changed(data, lambda writer: edit_xmp(writer, b"</rdf:RDF>", b""))
    results = preflight(broken, output_options, problems)
    assert {item.check.name for item in results if item.broken} == {"xmp", "claims"}


def test_no_xmp(good) -> None:
    data, output_options = good

    def drop(writer):
        del writer.root_object["/Metadata"]

    results = preflight(changed(data, drop), output_options, Collector())
    assert {item.check.name for item in results if item.broken} == {"xmp", "claims"}


def test_a_message_names_the_font_and_its_pages(good) -> None:
    data, output_options = good

    def bare(writer):
        for page in writer.pages:
            put(page["/Resources"], "Font", names(F=names(Type="/Font", Subtype="/Type3", Name="/Dots")))

    problems = Collector()
    preflight(changed(data, bare), output_options, problems)
    assert "the font Dots is a Type 3 font (pages 1, 2, 3)" in [found.message for found in problems]


def test_content_is_a_stream_of_several_parts(good) -> None:
    def split(writer):
        part = DecodedStreamObject()
        part.set_data(b"q Q")
        put(writer.pages[0], "Contents", ArrayObject([writer._add_object(part), writer._add_object(part)]))

    assert not [item for item in preflight(changed(good[0], split), good[1], Collector()) if item.broken]
