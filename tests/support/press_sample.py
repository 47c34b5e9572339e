"""A small file as a press wants it, with text that can be read: what the faults of print are put into."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from fascicle.core.diagnostics import Span
from fascicle.document.expected_text import BlockText, Flow, Gap
from fascicle.pdf.expectations import Promises, SourcePicture
from fascicle.pdf.finish.finish import Finishing
from fascicle.pdf.standards.output_intent import Intent
from fascicle.pdf.standards.table import STANDARDS
from tests.support.pdf_samples import PLAIN, font, icc_profile, names, stream, written

LINES = {
    1: [
        "Ana Author       A Short Title",
        "One",
        "The population that floats (流动人口) is low-",
        "paid, and counted from a great height by people",
        "who never leave home.1 A second sentence goes on",
        "1 Notes have their own place at the foot of a page.",
        "1",
    ],
    2: [
        "Ana Author       A Short Title",
        "Figure 1 A crowd before the ticket hall. Photograph: Ana",
        "City Year Workers",
        "Chengdu 1958 4000",
        "over the page and ends with a citation (Li 2012, 174).",
        "Two",
        "Another paragraph, quite short, and the last of them all.",
        "2",
    ],
    3: ["Ana Author       A Short Title", "References", "Li, Na. 2012. A Book of Numbers. Leeds.", "3"],
    4: [],
}
"""The lines of every page, running heads and page numbers among them."""
HERE = Span("content/01-one.md", 5, 1)
TEXTS = (
    BlockText("heading", Flow.BODY, HERE, ("One",)),
    BlockText(
        "paragraph",
        Flow.BODY,
        Span("content/01-one.md", 7, 1),
        (
            "The population that floats (流动人口) is low-paid, and counted from a great height by people "
            "who never leave home.",
            Gap(4),
            " A second sentence goes on over the page and ends with a citation ",
            Gap(200),
            ".",
        ),
    ),
    BlockText(
        "note",
        Flow.NOTE,
        Span("content/01-one.md", 20, 1),
        ("Notes have their own place at the foot of a page.",),
    ),
    BlockText("caption", Flow.FLOAT, HERE, ("A crowd before the ticket hall. Photograph: Ana",)),
    BlockText("row of a table", Flow.FLOAT, HERE, ("CityYearWorkers",)),
    BlockText("row of a table", Flow.FLOAT, HERE, ("Chengdu19584000",)),
    BlockText("heading", Flow.BODY, HERE, ("Two",)),
    BlockText("paragraph", Flow.BODY, HERE, ("Another paragraph, quite short, and the last of them all.",)),
)
"""The texts that are promised."""
BOXES = {
    "/MediaBox": (0.0, 0.0, 320.0, 420.0),
    "/BleedBox": (10.0, 10.0, 310.0, 410.0),
    "/TrimBox": (18.5, 18.5, 301.5, 401.5),
}
PROMISES = Promises(
    texts=TEXTS,
    listed={"li2012": "work.1"},
    pictures=(SourcePicture("figures/crowd.tif", (100, 80)), SourcePicture("figures/line.png", (50, 50))),
    boxes=(BOXES,),
    min_resolution=300,
    min_line_resolution=600,
    max_ink=240,
    max_megabytes=0.1,
    annotations=False,
    bookmarks=False,
    pages_multiple=2,
    last_page_blank=True,
    blank_pages=False,
)


def output_options(folder: Path, standard: str = "x-1a") -> Finishing:
    """What a print edition wants, with the head of a press's profile written into `folder`."""
    profile = folder / "press.icc"
    profile.write_bytes(icc_profile(b"CMYK", b"prtr"))
    return replace(PLAIN, standard=STANDARDS[standard], intent=Intent(profile, "FOGRA39"), promises=PROMISES)


def shown(line: str) -> bytes:
    """A line as a page shows it: its characters' numbers are its codes."""
    return f"<{line.encode('utf-16-be').hex()}> Tj".encode()


def page_content(lines: list[str], more: bytes = b"") -> bytes:
    """Lines from the top of a page down, and `more` below them."""
    if not lines:
        return more
    text = b" 0 -14 Td\n".join(shown(line) for line in lines)
    return b"q BT /F1 10 Tf 40 380 Td\n" + text + b"\nET Q\n" + more


def picture(width: int, height: int, space: str = "DeviceCMYK", bits: int = 8) -> StreamObject:
    """A picture of one mild colour."""
    channels = {"DeviceCMYK": 4, "DeviceRGB": 3, "DeviceGray": 1}[space]
    made = DecodedStreamObject()
    made.set_data(b"\x20" * (height * ((width * channels * bits + 7) // 8)))
    made.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image")})
    made[NameObject("/ColorSpace")] = NameObject(f"/{space}")
    for key, value in (("Width", width), ("Height", height), ("BitsPerComponent", bits)):
        made[NameObject(f"/{key}")] = NumberObject(value)
    return made


def press_pdf() -> bytes:
    """The file as TeX leaves it, its boxes set."""
    writer = PdfWriter()
    add = writer._add_object
    made = font(writer)
    letters = sorted({letter for lines in LINES.values() for letter in "".join(lines)} | set("éx贾"))
    rows = "\n".join(f"<{ord(letter):04X}> <{ord(letter):04X}>" for letter in letters)
    made[NameObject("/ToUnicode")] = add(
        stream(f"begincmap\n{len(letters)} beginbfchar\n{rows}\nendbfchar\nendcmap".encode())
    )
    shared = add(made)
    pictures = names(Im1=add(picture(100, 80)), Im2=add(picture(50, 50, "DeviceGray", 1)))
    drawn = {
        2: b"q 24 0 0 19.2 40 100 cm /Im1 Do Q 0 0 0 1 k 40 90 50 5 re f",
        3: b"q 6 0 0 6 40 100 cm /Im2 Do Q",
    }
    for number, lines in LINES.items():
        page = writer.add_blank_page(width=320, height=420)
        page[NameObject("/Resources")] = names(Font=names(F1=shared), XObject=pictures, ExtGState=names())
        page[NameObject("/Contents")] = add(stream(page_content(lines, drawn.get(number, b""))))
        for key, box in BOXES.items():
            page[NameObject(key)] = ArrayObject(FloatObject(side) for side in box)
    place = ArrayObject([writer.pages[2].indirect_reference, NameObject("/XYZ"), *[NullObject()] * 3])
    tree = names(Names=ArrayObject([TextStringObject("work.1"), place]))
    writer.root_object[NameObject("/Names")] = names(Dests=add(tree))
    writer.add_metadata({"/Producer": "LuaTeX-1.15.0", "/Trapped": NameObject("/False")})
    writer.pdf_header = "%PDF-1.5"
    return written(writer)


def content_of(writer: PdfWriter, page: int) -> bytes:
    """What page `page`, counted from 1, paints."""
    return writer.pages[page - 1]["/Contents"].get_data()


def paint(writer: PdfWriter, page: int, content: bytes) -> None:
    """Let page `page` paint `content` alone."""
    held = stream(zlib.compress(content), Filter="FlateDecode")
    writer.pages[page - 1][NameObject("/Contents")] = writer._add_object(held)


def paint_more(writer: PdfWriter, page: int, content: bytes) -> None:
    """Let page `page` paint `content`, too."""
    paint(writer, page, content_of(writer, page) + b"\n" + content)


def reword(writer: PdfWriter, page: int, old: str, new: str) -> None:
    """Print `new` where a line of page `page` has `old`."""
    content = content_of(writer, page)
    one, two = (text.encode("utf-16-be").hex().encode() for text in (old, new))
    assert content.count(one) == 1, "the line that was to be changed is not there once"
    paint(writer, page, content.replace(one, two))


def without(wanted: Finishing, **changes: object) -> Finishing:
    """The same wishes with some of them changed."""
    return replace(wanted, **changes)
