"""Step 7 for print: one fault at a time in a file that a press would take, each caught by its check and by no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from fascicle.core.diagnostics import Collector
from fascicle.pdf.preflight.external_tools import ToolRunner
from fascicle.pdf.preflight.preflight import CHECKS, preflight
from tests.pdf.preflight import test_preflight
from tests.support import press_sample
from tests.support.pdf_samples import changed, finished, icc_profile, link, names, stream
from tests.support.press_sample import content_of, page_content, paint, paint_more, picture, reword

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


def resource(writer: PdfWriter, page: int, kind: str, key: str, value: object) -> None:
    """Give page `page` a resource of its own."""
    held = writer.pages[page - 1]["/Resources"]
    own = names(**{name[1:]: held[name] for name in held})
    table = names(**{name[1:]: held[f"/{kind}"].raw_get(name) for name in held.get(f"/{kind}", {})})
    put(table, key, writer._add_object(value))
    put(own, kind, table)
    put(writer.pages[page - 1], "Resources", own)


def box(writer: PdfWriter, page: int, key: str, *sides: float) -> None:
    put(writer.pages[page - 1], key, ArrayObject(FloatObject(side) for side in sides))


# -- Text --------------------------------------------------------------------------------------------------

for title, page, old, new in (
    ("a_word_is_dropped", 1, "from a great height", "from a height"),
    ("a_word_is_printed_twice", 1, "from a great height", "from a great great height"),
    ("two_characters_are_swapped", 2, "paragraph", "pargaraph"),
    ("a_han_character_is_missing", 1, "流动人口", "流人口"),
    ("another_han_character", 1, "流动人口", "流动人贾"),
    ("an_accent_too_many", 2, "quite short", "quité short"),
    ("a_word_inside_a_line_is_hyphenated", 2, "Another", "Ano-ther"),
    ("a_letter_of_a_note_is_lost", 1, "own place", "own plac"),
    ("a_caption_differs", 2, "ticket hall", "ticket hal"),
    ("a_cell_differs", 2, "1958", "1985"),
    ("a_heading_is_lost", 2, "Two", ""),
    ("the_text_before_a_citation_differs", 2, "ends with", "ends in"),
):
    change = partial(reword, page=page, old=old, new=new)
    FAULTS[title] = ("text", change)


@fault("text")
def a_hyphen_is_lost(writer):
    reword(writer, 1, "is low-", "is low")


@fault("text")
def a_line_over_the_page_is_lost(writer):
    reword(writer, 2, "over the page and ends with a citation (Li 2012, 174).", "")


@fault("text")
def a_paragraph_is_printed_twice(writer):
    reword(writer, 3, "References", "References " + press_sample.LINES[2][6])


@fault("text")
def blocks_change_places(writer):
    lines = list(press_sample.LINES[2])
    lines[4], lines[6] = lines[6], lines[4]
    paint(writer, 2, page_content(lines, content_of(writer, 2).split(b"ET Q\n")[1]))


@fault("citations")
def a_cited_work_is_not_listed(writer):
    writer.root_object["/Names"]["/Dests"]["/Names"][0] = TextStringObject("work.2")


# -- Colours -----------------------------------------------------------------------------------------------


@fault("colours")
def an_area_in_rgb(writer):
    paint_more(writer, 2, b"q 1 0 0 rg 40 80 9 9 re f Q")


@fault("colours")
def text_in_rgb(writer):
    paint_more(writer, 1, b"q .5 .1 .1 rg BT /F1 9 Tf 40 60 Td <0031> Tj ET Q")


@fault("colours")
def a_line_in_a_profiled_space(writer):
    space = ArrayObject([NameObject("/ICCBased"), writer._add_object(stream(icc_profile()))])
    space[1].get_object()[NameObject("/N")] = NumberObject(3)
    resource(writer, 2, "ColorSpace", "CS0", space)
    paint_more(writer, 2, b"q /CS0 CS .2 .3 .4 SC 40 80 m 60 80 l S Q")


@fault("colours")
def a_picture_in_rgb(writer):
    resource(writer, 2, "XObject", "Im9", picture(100, 100, "DeviceRGB"))
    paint_more(writer, 2, b"q 24 0 0 24 90 100 cm /Im9 Do Q")


@fault("colours")
def an_inline_picture_in_rgb(writer):
    paint_more(writer, 2, b"q 1 0 0 1 90 100 cm BI /W 9 /H 9 /BPC 8 /CS /RGB ID " + b"abc" * 81 + b" EI Q")


@fault("colours")
def a_palette_of_rgb(writer):
    indexed = picture(100, 100, "DeviceGray")
    space = [NameObject("/Indexed"), NameObject("/DeviceRGB"), NumberObject(0), ByteStringObject(b"abc")]
    put(indexed, "ColorSpace", ArrayObject(space))
    resource(writer, 2, "XObject", "Im9", indexed)
    paint_more(writer, 2, b"q 24 0 0 24 90 100 cm /Im9 Do Q")


@fault("colours")
def rgb_inside_a_form_inside_a_form(writer):
    inner = writer._add_object(stream(b"0 1 0 RG 0 0 m 9 9 l S", Type="XObject", Subtype="Form"))
    outer = stream(b"q /X Do Q", Type="XObject", Subtype="Form")
    put(outer, "Resources", names(XObject=names(X=inner)))
    resource(writer, 2, "XObject", "X9", outer)
    paint_more(writer, 2, b"/X9 Do")


@fault("colours")
def rgb_inside_a_pattern(writer):
    tile = stream(b"1 0 0 rg 0 0 4 4 re f", Type="Pattern")
    put(tile, "PatternType", NumberObject(1))
    put(tile, "Resources", names())
    resource(writer, 2, "Pattern", "P9", tile)
    paint_more(writer, 2, b"q /Pattern cs /P9 scn 40 60 9 9 re f Q")


@fault("colours")
def a_shading_in_rgb(writer):
    resource(writer, 2, "Shading", "S9", names(ShadingType=NumberObject(2), ColorSpace="/DeviceRGB"))
    paint_more(writer, 2, b"/S9 sh")


def profile(writer: PdfWriter):
    return writer.root_object["/OutputIntents"][0].get_object()["/DestOutputProfile"]


@fault("profile")
def a_profile_of_a_scanner(writer):
    profile(writer).set_data(icc_profile(b"CMYK", b"scnr"))


@fault("profile")
def a_profile_of_a_screen(writer):
    profile(writer).set_data(icc_profile(b"CMYK", b"mntr"))


@fault("profile")
def a_profile_of_other_channels(writer):
    profile(writer).set_data(icc_profile(b"RGB ", b"prtr"))


@fault("profile")
def a_profile_that_is_cut_off(writer):
    profile(writer).set_data((9000).to_bytes(4, "big") + icc_profile(b"CMYK", b"prtr")[4:])


@fault("profile")
def a_profile_that_is_none(writer):
    profile(writer).set_data(b"no profile" * 20)


@fault("profile")
def an_intent_without_a_name(writer):
    del writer.root_object["/OutputIntents"][0].get_object()["/OutputConditionIdentifier"]


@fault("black-text")
def black_text_of_four_inks(writer):
    paint_more(writer, 3, b"q .6 .4 .4 1 k BT /F1 9 Tf 40 60 Td <0033> Tj ET Q")


@fault("black-text")
def black_text_of_three_inks(writer):
    paint_more(writer, 3, b"q 1 1 1 0 k BT /F1 9 Tf 40 60 Td <0033> Tj ET Q")


@fault("overprint")
def white_over_others(writer):
    resource(
        writer, 2, "ExtGState", "G9", names(Type="/ExtGState", OP=BooleanObject(True), op=BooleanObject(True))
    )
    paint_more(writer, 2, b"q /G9 gs 0 0 0 0 k 40 60 9 9 re f Q")


@fault("transparency")
def an_opacity(writer):
    resource(writer, 2, "ExtGState", "G9", names(Type="/ExtGState", ca=FloatObject(0.5)))
    paint_more(writer, 2, b"q /G9 gs 0 0 0 1 k 40 60 9 9 re f Q")


@fault("transparency")
def a_blend_mode(writer):
    resource(writer, 2, "ExtGState", "G9", names(Type="/ExtGState", BM="/Multiply"))
    paint_more(writer, 2, b"q /G9 gs 0 0 0 1 k 40 60 9 9 re f Q")


@fault("transparency")
def a_soft_mask(writer):
    masked = picture(100, 100)
    put(masked, "SMask", writer._add_object(picture(100, 100, "DeviceGray")))
    resource(writer, 2, "XObject", "Im9", masked)
    paint_more(writer, 2, b"q 24 0 0 24 90 100 cm /Im9 Do Q")


@fault("transparency")
def a_transparency_group(writer):
    form = stream(b"0 0 0 1 k 0 0 9 9 re f", Type="XObject", Subtype="Form")
    put(form, "Group", names(S="/Transparency"))
    resource(writer, 2, "XObject", "X9", form)
    paint_more(writer, 2, b"/X9 Do")


@fault("ink")
def too_much_ink(writer):
    paint_more(writer, 2, b"q .9 .8 .8 .1 k 40 60 9 9 re f Q")


# -- Pictures and pages ------------------------------------------------------------------------------------


@fault("resolution")
def a_picture_printed_too_large(writer):
    paint(writer, 2, content_of(writer, 2).replace(b"24 0 0 19.2", b"96 0 0 76.8"))


@fault("resolution")
def a_line_drawing_printed_too_large(writer):
    paint(writer, 3, content_of(writer, 3).replace(b"6 0 0 6", b"12 0 0 12"))


@fault("resolution")
def a_turned_picture_printed_too_large(writer):
    paint_more(writer, 2, b"q 0 40 -40 0 140 100 cm /Im1 Do Q")


@fault("resolution")
def a_picture_in_an_enlarged_form(writer):
    form = stream(b"q 24 0 0 19.2 0 0 cm /Im1 Do Q", Type="XObject", Subtype="Form")
    put(
        form, "Resources", names(XObject=names(Im1=writer.pages[1]["/Resources"]["/XObject"].raw_get("/Im1")))
    )
    resource(writer, 2, "XObject", "X9", form)
    paint_more(writer, 2, b"q 2 0 0 2 90 100 cm /X9 Do Q")


@fault("boxes")
def a_page_without_trim(writer):
    del writer.pages[1]["/TrimBox"]


@fault("boxes")
def a_trim_larger_than_the_bleed(writer):
    box(writer, 2, "TrimBox", 5, 18.5, 301.5, 401.5)


@fault("boxes")
def a_bleed_larger_than_the_media(writer):
    box(writer, 2, "BleedBox", -5, 10, 310, 410)


@fault("page-size")
def a_page_cut_a_little_off(writer):
    box(writer, 3, "TrimBox", 18.52, 18.5, 301.5, 401.5)


@fault("page-size")
def a_larger_sheet(writer):
    box(writer, 1, "MediaBox", 0, 0, 330, 420)


@fault("blank-pages")
def an_empty_page_inside(writer):
    writer.insert_blank_page(320, 420, index=2)
    added = writer.pages[2]
    for key, value in press_sample.BOXES.items():
        put(added, key[1:], ArrayObject(FloatObject(side) for side in value))
    put(added, "Contents", writer._add_object(stream(b"q Q")))
    writer.add_page(writer.pages[-1])


@fault("page-count")
def an_odd_number_of_pages(writer):
    writer.add_page(writer.pages[-1])


@fault("page-count")
def a_last_page_that_is_not_blank(writer):
    paint(writer, 4, b"0 0 0 1 k 40 60 9 9 re f")


# -- What printers forbid ----------------------------------------------------------------------------------


def annotate(writer: PdfWriter, page: int, **entries: object) -> None:
    put(writer.pages[page - 1], "Annots", ArrayObject([writer._add_object(link(**entries))]))


@fault("laid-over")
def a_link_on_the_page(writer):
    annotate(writer, 2, A=names(S="/URI", URI=TextStringObject("https://example.org/")))


@fault("no-bookmarks")
def bookmarks_for_a_printer(writer):
    writer.add_outline_item(title="One", page_number=0)
    put(writer.root_object, "PageMode", NameObject("/UseOutlines"))


@fault("press-facts")
def trapping_unknown(writer):
    writer._info[NameObject("/Trapped")] = NameObject("/Unknown")


@fault("press-safe")
def a_form_to_fill_in(writer):
    put(writer.root_object, "AcroForm", names(Fields=ArrayObject()))


@fault("press-safe")
def an_attachment(writer):
    put(writer.root_object["/Names"], "EmbeddedFiles", names(Names=ArrayObject()))


@fault("press-safe")
def layers(writer):
    put(writer.root_object, "OCProperties", names())


@fault("press-safe")
def a_transfer_function(writer):
    resource(writer, 2, "ExtGState", "G9", names(Type="/ExtGState", TR=names(FunctionType=NumberObject(4))))


@fault("press-safe")
def a_picture_elsewhere(writer):
    form = stream(b"", Type="XObject", Subtype="Form")
    put(form, "OPI", names())
    resource(writer, 2, "XObject", "X9", form)


@fault("press-safe")
def a_picture_with_another(writer):
    other = picture(9, 9)
    put(other, "Alternates", ArrayObject())
    resource(writer, 2, "XObject", "Im9", other)


@fault("press-safe")
def a_picture_of_sixteen_bits(writer):
    deep = picture(9, 9, bits=16)
    resource(writer, 2, "XObject", "Im9", deep)


@fault("press-safe")
def postscript(writer):
    resource(writer, 2, "XObject", "X9", stream(b"showpage", Type="XObject", Subtype="PS"))


@fault("size")
def a_file_too_large(writer):
    import random

    noise = random.Random(1).randbytes(120_000)
    put(writer.root_object, "Noise", writer._add_object(stream(noise)))


@fault("fonts-subset")
def a_whole_font(writer):
    held = writer.pages[0]["/Resources"]["/Font"]["/F1"]
    put(held, "BaseFont", NameObject("/Sample-Regular"))


@fault("actions")
def a_bookmark_that_starts_a_program(writer):
    writer.add_outline_item(title="One", page_number=0)
    item = writer.root_object["/Outlines"]["/First"].get_object()
    put(item, "A", names(S="/GoTo", D=item.pop("/Dest", None) or item["/A"]["/D"], Next=names(S="/Launch")))
    put(writer.root_object, "PageMode", NameObject("/UseOutlines"))


# -- The tests ---------------------------------------------------------------------------------------------

ALSO = {"a_bookmark_that_starts_a_program": {"no-bookmarks"}, "an_attachment": {"actions"}}
"""Faults that cannot be made without breaking a second promise of this edition."""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory):
    wanted = press_sample.output_options(tmp_path_factory.mktemp("press"))
    as_it_is = replace(
        wanted.promises, pages_multiple=1, last_page_blank=False
    )  # the last page is there already
    return finished(press_sample.press_pdf(), replace(wanted, promises=as_it_is)), wanted


def broken(data: bytes, wanted, *, slow: bool = False) -> dict[str, list[str]]:
    results = preflight(data, wanted, Collector(), ToolRunner() if slow else None)
    assert results
    return {item.check.name: [one.message for one in item.broken] for item in results if item.broken}


def test_an_unchanged_file_passes(press, need_program) -> None:
    need_program("gs", "qpdf")
    data, wanted = press
    assert broken(changed(data, lambda writer: None), wanted, slow=True) == {}


@pytest.mark.parametrize("title", FAULTS)
def test_each_fault_is_caught_by_its_check_alone(title: str, press, need_program) -> None:
    data, wanted = press
    check, change = FAULTS[title]
    if check == "ink":
        need_program("gs")
    found = broken(changed(data, change), wanted, slow=check == "ink")
    assert found.keys() == {check} | ALSO.get(title, set()), found


def test_every_check_has_a_fault_that_it_catches() -> None:
    elsewhere = {"open", "sound", "verapdf", "anonymity", "tags", "reading-order"}
    caught = {check for faults in (FAULTS, test_preflight.FAULTS) for check, _ in faults.values()}
    assert caught | elsewhere == {check.name for check in CHECKS}
    assert len(FAULTS) + len(test_preflight.FAULTS) >= 80
