"""Content streams read operator by operator, and what pages paint."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject

from fascicle.pdf.reading.colour_spaces import space_of
from fascicle.pdf.reading.content_streams import operations
from fascicle.pdf.reading.interpreter import Painted, painted
from tests.support.pdf_samples import names, stream
from tests.support.press_sample import picture


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"1 0 0 rg", [("rg", [1.0, 0.0, 0.0])]),
        (b"-.5 +3. 4 m", [("m", [-0.5, 3.0, 4.0])]),
        (b"/F1 9 Tf [<0041>-3<42>] TJ", [("Tf", ["/F1", 9.0]), ("TJ", [])]),
        (b"[(a) -3 (b\\)c(d)e)] TJ 1 g", [("TJ", [[b"a", -3.0, b"b\\)c(d)e"]]), ("g", [1.0])]),
        (b"(a (nested) rg) Tj", [("Tj", [b"a (nested) rg"])]),
        (b"% 1 0 0 rg\n0 g", [("g", [0.0])]),
        (b"[[1 2] 3] 0 d", [("d", [[[1.0, 2.0], 3.0], 0.0])]),
        (b"BI /W 2 /IM true ID \x00)(q EI Q", [("BI", ["/W", 2.0, "/IM", "true"]), ("Q", [])]),
        (
            b"/P <</MCID 0>> BDC f* EMC",
            [("BDC", ["/P", b"<<", "/MCID", 0.0, b">>"]), ("f*", []), ("EMC", [])],
        ),
        (b"(never closed 1 g", []),
        (b"] ) > } f", [("f", [])]),
    ],
)
def test_operators_and_their_operands(data: bytes, expected: list) -> None:
    assert list(operations(data)) == expected


@given(st.binary(max_size=200))
def test_any_bytes_come_to_an_end(data: bytes) -> None:
    assert len(list(operations(data))) <= len(data)


def page(content: bytes, **resources: object) -> Painted:
    writer = PdfWriter()
    made = writer.add_blank_page(width=400, height=400)
    held = {
        kind: names(**{key: writer._add_object(value) for key, value in table.items()})
        for kind, table in resources.items()
    }
    made[NameObject("/Resources")] = names(**held)
    made[NameObject("/Contents")] = writer._add_object(stream(content))
    return painted(made)


@pytest.mark.parametrize(
    ("placing", "resolution"),
    [
        (b"72 0 0 72 0 0 cm", 100),
        (b"36 0 0 72 0 0 cm", 100),
        (b"0 36 -36 0 9 9 cm", 200),
        (b"2 0 0 2 0 0 cm 18 0 0 18 0 0 cm", 200),
        (b"25.456 25.456 -25.456 25.456 0 0 cm", 200),
        (b"0 0 0 0 5 5 cm", math.inf),
    ],
)
def test_a_pictures_resolution_follows_every_matrix(placing: bytes, resolution: float) -> None:
    found = page(b"q " + placing + b" /Im Do Q", XObject={"Im": picture(100, 100)})
    assert found.pictures[0].resolution == pytest.approx(resolution, rel=1e-3)


def test_a_kept_state_comes_back() -> None:
    found = page(
        b"q 9 0 0 9 0 0 cm 1 0 0 rg Q 72 0 0 72 0 0 cm /Im Do 0 0 1 1 re f", XObject={"Im": picture(100, 100)}
    )
    assert found.pictures[0].size == (72, 72)
    assert {colour.space.family for colour in found.areas} == {"gray"}


def test_a_forms_matrix_and_size_are_known() -> None:
    form = stream(b"36 0 0 36 0 0 cm /Im Do", Type="XObject", Subtype="Form")
    form[NameObject("/Matrix")] = ArrayObject(FloatObject(value) for value in (2, 0, 0, 2, 0, 0))
    form[NameObject("/BBox")] = ArrayObject(NumberObject(value) for value in (0, 0, 120, 80))
    form[NameObject("/Resources")] = names(XObject=names(Im=picture(100, 100)))
    found = page(b"/X Do", XObject={"X": form})
    assert found.pictures[0].size == (72, 72)
    assert found.pictures[0].forms == ((120, 80),)


def test_a_form_that_calls_itself_comes_to_an_end() -> None:
    writer = PdfWriter()
    made = writer.add_blank_page(width=9, height=9)
    form = stream(b"/X Do /X Do 0 0 1 1 re f", Type="XObject", Subtype="Form")
    held = writer._add_object(form)
    form[NameObject("/Resources")] = names(XObject=names(X=held))
    made[NameObject("/Resources")] = names(XObject=names(X=held))
    made[NameObject("/Contents")] = writer._add_object(stream(b"/X Do"))
    assert painted(made).marks > 0


def test_invisible_text_leaves_no_mark() -> None:
    assert page(b"BT 3 Tr (unseen) Tj ET").marks == 0
    assert page(b"BT (seen) Tj ET").marks == 1


@pytest.mark.parametrize(
    ("space", "family", "channels"),
    [
        ("/DeviceRGB", "rgb", 3),
        ("/Unheard", "unknown", 1),
        (ArrayObject([NameObject("/ICCBased"), names(N=NumberObject(4))]), "icc", 4),
        (ArrayObject([NameObject("/Indexed"), NameObject("/DeviceCMYK")]), "cmyk", 4),
        (ArrayObject([NameObject("/Separation"), NameObject("/Gold"), NameObject("/DeviceCMYK")]), "spot", 1),
        (ArrayObject([NameObject("/Pattern"), NameObject("/DeviceRGB")]), "rgb", 3),
        (ArrayObject([NameObject("/CalRGB")]), "icc", 3),
        (ArrayObject(), "unknown", 1),
    ],
)
def test_colour_spaces(space: object, family: str, channels: int) -> None:
    found = space_of(NameObject(space) if isinstance(space, str) else space, names())
    assert (found.family, found.channels) == (family, channels)
