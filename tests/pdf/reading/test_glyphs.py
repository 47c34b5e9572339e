"""Codes that a page shows without a character for them; the quick reading agrees with the thorough one."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

from fascicle.pdf.reading import glyphs
from tests.support.pdf_samples import changed, font, names, raw_pdf, stream

RAW = raw_pdf(1)


def missing(content: bytes) -> dict[str, set[int]]:
    """What is missing on a page of `content` with fonts F1 and F2."""

    def put(writer):
        page = writer.pages[0]
        page[NameObject("/Contents")] = writer._add_object(stream(content))
        page[NameObject("/Resources")] = names(
            Font=names(F1=font(writer, "AAAAAA+One"), F2=font(writer, "BBBBBB+Two"))
        )

    reader = PdfReader(BytesIO(changed(RAW, put)))
    return glyphs.Glyphs(reader).without_character(reader.pages[0])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"BT /F1 9 Tf <00010002> Tj ET", {}),
        (b"BT /F1 9 Tf <000100FF> Tj ET", {"AAAAAA+One": {255}}),
        (b"BT /F1 9 Tf [<0100>-20<01010102>]TJ ET", {"AAAAAA+One": {258}}),
        (b"BT /F1 9 Tf q /F2 9 Tf <00FF> Tj Q <0102> Tj ET", {"BBBBBB+Two": {255}, "AAAAAA+One": {258}}),
        (b"BT /F1 9 Tf (\\000\\377) Tj ET", {"AAAAAA+One": {255}}),
        (b"BT /F1 9 Tf (\\000\\377) ' 1 2 (\\001\\002) \" ET", {"AAAAAA+One": {255, 258}}),
        (b"/Span <</ActualText <FEFF0058>>> BDC BT /F1 9 Tf <0001> Tj ET EMC", {}),
        (b"/Span <</ActualText (x)>> BDC BT /F1 9 Tf <0102> Tj ET EMC", {"AAAAAA+One": {258}}),
        (b"% <00FF> is no text\nBT /F1 9 Tf <0001> Tj ET", {}),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI BT /F1 9 Tf <00FF> Tj ET", {"AAAAAA+One": {255}}),
        (b"BT /F9 9 Tf <00FF> Tj ET", {}),
        (b"BT /F1 9 Tf <00 FF> Tj ET", {"AAAAAA+One": {255}}),
        (b"", {}),
    ],
)
def test_codes_without_a_character(content: bytes, expected: dict[str, set[int]]) -> None:
    assert missing(content) == expected


operators = st.one_of(
    st.sampled_from([b"q", b"Q", b"/F1 9 Tf", b"/F2 10.5 Tf", b"1 0 0 rg", b"0 -12 Td"]),
    st.binary(max_size=6).map(lambda data: b"<%s> Tj" % data.hex().encode()),
    st.lists(st.binary(max_size=4), max_size=3).map(
        lambda parts: b"[%s] TJ" % b"-20".join(b"<%s>" % part.hex().upper().encode() for part in parts)
    ),
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    b"a",
                    b"Z",
                    b" q ",
                    b"/F1 9 Tf",
                    b"<61>",
                    b"\\(",
                    b"\\)",
                    b"\\\\",
                    b"\\n",
                    b"\\t",
                    b"%",
                    b"8",
                ]
            ),
            st.binary(min_size=1, max_size=1).map(lambda data: b"\\%03o" % data[0]),
        ),
        max_size=5,
    ).map(lambda parts: b"(%s) Tj" % b"".join(parts)),
)


@given(st.lists(operators, max_size=12))
def test_the_quick_reading_agrees_with_the_thorough_one(parts: list[bytes]) -> None:
    plain = b" ".join(parts) + b" "
    assert not glyphs.UNUSUAL.search(glyphs.LITERAL.sub(b"", plain))
    thorough = b"% a comment\n" + plain
    assert glyphs.UNUSUAL.search(glyphs.LITERAL.sub(b"", thorough))
    fonts = {f"/F{number}": names(Subtype="/Type0", Encoding="/Identity-H") for number in (1, 2)}

    def used(data: bytes) -> dict[str, set[int]]:
        content = DecodedStreamObject()
        content.set_data(data)
        codes = glyphs._used(glyphs.ContentStream(content, None), fonts)
        return {key: found for key, found in codes.items() if key and found}

    assert used(plain) == used(thorough)
