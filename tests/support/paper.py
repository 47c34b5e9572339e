"""Small PDFs made without TeX: lines of Helvetica on pages, and a grey square where one is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

WIDTH, HEIGHT = 300.0, 400.0
LEFT, TOP, LEADING = 40.0, 50.0, 14.0
"""Where the first line stands, in points from the page's upper left corner, and how far below it the next one."""

_FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)


def pdf(pages: Sequence[Sequence[str]], title: str = "", square: float | None = None) -> bytes:
    """A PDF with these lines on its pages; `square` draws one so many points down the first page."""
    writer = PdfWriter()
    for number, lines in enumerate(pages):
        page = writer.add_blank_page(width=WIDTH, height=HEIGHT)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): _FONT})}
        )
        stream = DecodedStreamObject()
        stream.set_data(_content(lines, square if number == 0 else None))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title})
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def _content(lines: Sequence[str], square: float | None) -> bytes:
    parts = [f"BT /F1 10 Tf {LEADING} TL {LEFT} {HEIGHT - TOP} Td"]
    parts += [f"({line}) Tj T*" for line in lines]
    parts.append("ET")
    if square is not None:
        parts.append(f"0.5 g 150 {HEIGHT - square - 40} 40 40 re f")
    return "\n".join(parts).encode("latin-1")


def prose(count: int, start: int = 0) -> list[str]:
    """Lines that are all different."""
    return [
        f"Line {number} tells of the year {1900 + number} and no other"
        for number in range(start, start + count)
    ]
