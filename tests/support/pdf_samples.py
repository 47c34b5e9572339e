"""Small PDFs made with pypdf, as TeX would leave them, and what an edition wants of them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from fascicle.core.diagnostics import Collector
from fascicle.pdf.finish.finish import Finishing, finish
from fascicle.pdf.metadata import Metadata
from fascicle.pdf.standards.output_intent import Intent
from fascicle.pdf.standards.table import STANDARDS

METADATA = Metadata(
    title="Who moves? The floating population: 流动人口 & <film>",
    language="en-GB",
    creators=("Jia Zhangke", "Österle, Ana", "贾樟柯"),
    description="The first paragraph.\n\nThe second, with “quotes”.",
    keywords=("hukou", "cinema; film", "户口"),
    date=date(2024, 2, 29),
    version="1.2",
    publisher="A Press",
    doi="10.1234/float.2024",
    url="https://doi.org/10.1234/float.2024",
    rights="© 2024 Jia Zhangke",
    license="CC-BY-4.0",
    license_url="https://creativecommons.org/licenses/by/4.0/",
    publication_name="Journal of Floating",
    issn="0378-5955",
    volume="12",
    number="3–4",
    starting_page="47",
    ending_page="49",
)
CHARACTERS = b"""begincmap
1 beginbfchar <0001> <0041> endbfchar
2 beginbfrange <0002> <00FE> <0042>
<0100> <0101> [<00660069> <4E00>] endbfrange
endcmap"""
"""Characters of the sample font's glyphs, but none of the glyphs 00FF, 0102 and beyond."""
PLAIN = Finishing(metadata=METADATA)


def wishes_for(standard: str, folder: Path, **changes: object) -> Finishing:
    """What an edition of `standard` wants, with a small profile written into `folder`."""
    profile = folder / "small.icc"
    profile.write_bytes(icc_profile())
    return replace(PLAIN, standard=STANDARDS[standard], intent=Intent(profile), **changes)


def icc_profile(space: bytes = b"RGB ", kind: bytes = b"mntr") -> bytes:
    """The header of an ICC profile: enough for everything that reads no colours."""
    head = bytearray(128)
    head[0:4] = struct.pack(">I", 132)
    head[12:16], head[16:20], head[36:40] = kind, space, b"acsp"
    return bytes(head) + bytes(4)


def stream(data: bytes, **entries: str) -> DecodedStreamObject:
    """A stream with names as entries."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in entries.items()})
    return made


def names(**entries: object) -> DictionaryObject:
    """A dictionary; texts that begin with `/` become names."""
    return DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(value) if isinstance(value, str) and value[:1] == "/" else value
            for key, value in entries.items()
        }
    )


def font(writer: PdfWriter, title: str = "ABCDEF+Sample-Regular") -> DictionaryObject:
    """A composite font as LuaTeX writes it, with a font program that nobody reads."""
    add = writer._add_object
    program = stream(f"program of {title}".encode(), Subtype="CIDFontType0C")
    descriptor = names(
        Type="/FontDescriptor", FontName=f"/{title}", FontFile3=add(program), CIDSet=add(stream(b"\xff"))
    )
    descendant = names(
        Type="/Font", Subtype="/CIDFontType0", BaseFont=f"/{title}", FontDescriptor=add(descriptor)
    )
    return names(
        Type="/Font",
        Subtype="/Type0",
        BaseFont=f"/{title}",
        Encoding="/Identity-H",
        DescendantFonts=ArrayObject([add(descendant)]),
        ToUnicode=add(stream(CHARACTERS)),
    )


def link(**entries: object) -> DictionaryObject:
    """A link annotation."""
    corners = ArrayObject(FloatObject(side) for side in (10, 10, 50, 20))
    return names(Type="/Annot", Subtype="/Link", Rect=corners, **entries)


def raw_pdf(pages: int = 3, bookmarks: bool = True) -> bytes:
    """A file as TeX leaves it: links, bookmarks, an OpenAction, TeX's own keys with a path, a clock, random ids."""
    writer = PdfWriter()
    add = writer._add_object
    shared = add(font(writer))
    picture = stream(b"BT ET", Type="XObject", Subtype="Form")
    picture[NameObject("/PTEX.FileName")] = TextStringObject("/home/ana/secret/x.pdf")
    picture[NameObject("/PieceInfo")] = names(Illustrator=TextStringObject("private"))
    picture[NameObject("/Metadata")] = add(stream(b"<old/>", Type="Metadata", Subtype="XML"))
    held = add(picture)
    for number in range(1, pages + 1):
        page = writer.add_blank_page(width=420, height=595)
        page[NameObject("/Resources")] = names(Font=names(F1=shared), XObject=names(X1=held))
        page[NameObject("/Contents")] = add(
            stream(f"BT /F1 12 Tf <{number % 250 + 1:04X}> Tj ET ".encode() * 9)
        )
    places = [writer.pages[index].indirect_reference for index in range(pages)]
    tree = ArrayObject()
    destinations = {f"section.{number}": place for number, place in enumerate(places, start=1)}
    for name, place in sorted(destinations.items()):  # newer qpdfs look for the order
        tree.extend((TextStringObject(name), ArrayObject([place, NameObject("/XYZ"), *[NullObject()] * 3])))
    writer.root_object[NameObject("/Names")] = names(Dests=add(names(Names=tree)))
    writer.pages[0][NameObject("/Annots")] = ArrayObject(
        [
            add(link(A=names(S="/GoTo", D=TextStringObject("section.2")))),
            add(link(A=names(S="/URI", URI=TextStringObject("https://example.org/")))),
            add(link(Dest=ArrayObject([places[-1], NameObject("/Fit")]), F=NumberObject(2))),
        ]
    )
    if bookmarks:
        above = writer.add_outline_item(title="First – 一", page_number=0)
        writer.add_outline_item(title="Second", page_number=1, parent=above)
    writer.root_object[NameObject("/OpenAction")] = names(
        S="/JavaScript", JS=TextStringObject("app.alert(1)")
    )
    writer.add_metadata(
        {"/Title": "old", "/PTEX.FullBanner": "This is LuaHBTeX in /home/ana", "/Producer": "LuaTeX-1.15.0"}
    )
    writer.pdf_header = "%PDF-1.5"
    writer.generate_file_identifiers()
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """The writer's file as pypdf itself writes it."""
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def finished(raw: bytes, output_options: Finishing = PLAIN) -> bytes:
    """`raw`, finished without a word."""
    problems = Collector()
    result = finish(raw, output_options, problems)
    assert list(problems) == []
    assert result is not None
    return result


def changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """`data` after `change`, its header and identifiers kept."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)), keep_initial_header=True)
    change(writer)
    return written(writer)
