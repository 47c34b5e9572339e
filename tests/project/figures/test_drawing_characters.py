"""Fonts of drawings that do not say which characters they show: named where they can be, told where not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from fascicle.core.diagnostics import Collector
from fascicle.pdf.reading.glyphs import Glyphs
from fascicle.project.figures.conversion import FigureConverter
from fascicle.project.figures.drawing_characters import UNKNOWN, characters_of, with_characters
from fascicle.project.figures.print_images import placeable
from fascicle.project.figures.vector_inks import look_into
from fascicle.project.sources import Sources
from tests.support.diagnostics import codes_and_messages

GLYPHS = {"/alpha": 97, "/uni0416": 98, "/zero.taboldstyle": 99, "/G17": 100}
CHARACTERS = {97: "α", 98: "Ж", 99: "0", 100: UNKNOWN}


def drawing(names: dict[str, int]) -> bytes:
    """A page with one word in a Type 3 font, as plotting programs write them: glyphs with names, and no map."""
    writer = PdfWriter()
    page = writer.add_blank_page(60, 30)

    def stream(content: bytes) -> DecodedStreamObject:
        made = DecodedStreamObject()
        made.set_data(content)
        return made

    square = writer._add_object(stream(b"600 0 d0 0 0 500 500 re f"))
    differences = ArrayObject([NumberObject(97), *map(NameObject, names)])
    encoding = DictionaryObject({NameObject("/Type"): NameObject("/Encoding")})
    encoding[NameObject("/Differences")] = differences
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
    font[NameObject("/Subtype")] = NameObject("/Type3")
    font[NameObject("/Name")] = NameObject("/Plot")
    font[NameObject("/FontBBox")] = ArrayObject(map(NumberObject, (0, 0, 500, 500)))
    font[NameObject("/FontMatrix")] = ArrayObject(
        [NumberObject(1), NumberObject(0), NumberObject(0), NumberObject(1), NumberObject(0), NumberObject(0)]
    )
    font[NameObject("/CharProcs")] = DictionaryObject({NameObject(name): square for name in names})
    font[NameObject("/Encoding")] = encoding
    font[NameObject("/FirstChar")] = NumberObject(97)
    font[NameObject("/LastChar")] = NumberObject(96 + len(names))
    font[NameObject("/Widths")] = ArrayObject([NumberObject(600)] * len(names))
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = bytes(names.values())
    page[NameObject("/Contents")] = writer._add_object(stream(b"BT /F1 0.01 Tf (" + shown + b") Tj ET"))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def only_font(data: bytes) -> DictionaryObject:
    return PdfReader(BytesIO(data)).pages[0]["/Resources"]["/Font"]["/F1"].get_object()


def reported(folder: Path, data: bytes) -> tuple[bytes, list[str]]:
    path, problems = folder / "plot.pdf", Collector()
    path.write_bytes(data)
    figure_converter = FigureConverter(Sources(folder), folder / "made", scripts=False, epoch=0)
    made = placeable("figures/plot.pdf", path, "digest", None, figure_converter, problems)
    assert made is not None
    return made.read_bytes(), codes_and_messages(problems)


def test_the_names_of_glyphs_tell_their_characters() -> None:
    assert characters_of(only_font(drawing(GLYPHS))) == CHARACTERS


def test_every_glyph_has_a_character_afterwards() -> None:
    made = with_characters(drawing(GLYPHS))
    reader = PdfReader(BytesIO(made))
    assert Glyphs(reader).without_character(reader.pages[0]) == {}
    assert not look_into(made).silent
    assert reader.pages[0].extract_text() == "αЖ0" + UNKNOWN


def test_a_drawing_whose_glyphs_have_names_is_placed_with_its_characters(tmp_path: Path) -> None:
    made, said = reported(tmp_path, drawing({"/alpha": 97, "/beta": 98}))
    assert said == []
    assert PdfReader(BytesIO(made)).pages[0].extract_text() == "αβ"


def test_glyphs_that_nobody_knows_are_told_and_the_drawing_is_placed(tmp_path: Path) -> None:
    made, said = reported(tmp_path, drawing(GLYPHS))
    assert said == [
        "picture-characters the drawing figures/plot.pdf does not tell which characters its text is made of (Plot)"
    ]
    assert not look_into(made).silent


def test_a_drawing_that_tells_its_characters_is_left_alone(tmp_path: Path) -> None:
    data = with_characters(drawing({"/alpha": 97}))
    assert reported(tmp_path, data) == (data, [])


@pytest.mark.parametrize(
    ("program", "characters"),
    [(b"dup 11 /alpha put\ndup 12 /beta put\ncurrentfile eexec dup 13 /gamma put", "αβ" + UNKNOWN)],
)
def test_the_names_of_a_font_program_count(program: bytes, characters: str) -> None:
    stream = DecodedStreamObject()
    stream.set_data(program)
    descriptor = DictionaryObject({NameObject("/FontFile"): stream, NameObject("/Flags"): NumberObject(4)})
    font = DictionaryObject(
        {NameObject("/FontDescriptor"): descriptor, NameObject("/FirstChar"): NumberObject(11)}
    )
    font[NameObject("/LastChar")] = NumberObject(13)
    assert "".join(characters_of(font).values()) == characters
