"""The checks of tags on a file of one page, made by hand: what they read of its tree, and each fault that they catch."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from fascicle.core.diagnostics import Span
from fascicle.document.expected_tags import ExpectedTag
from fascicle.document.expected_text import BlockText, Flow
from fascicle.pdf.expectations import Promises
from fascicle.pdf.finish.finish import Finishing
from fascicle.pdf.metadata import Metadata
from fascicle.pdf.preflight.check import Broken, CheckContext
from fascicle.pdf.preflight.checks.tags import read_as_written, tagged_as_written
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.standards.table import STANDARDS

HERE = Span("content/01-one.md", 3, 1)
HEADING, PARAGRAPH = "The heading of the text", "A paragraph of words that follows the heading"
PROMISES = Promises(
    texts=(
        BlockText("heading", Flow.BODY, HERE, (HEADING,)),
        BlockText("paragraph", Flow.BODY, HERE, (PARAGRAPH,)),
    ),
    tags=(ExpectedTag("heading of level 1", "H1", HERE, (HEADING,)),),
)
Kids = list[DictionaryObject]


def dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def made(change: Callable[[PdfWriter, Kids], None] = lambda writer, kids: None) -> Inspection:
    """A page with a heading, a paragraph and a page number, and their tree; `change` spoils it."""
    writer = PdfWriter()
    page = writer.add_blank_page(400, 200)
    font = dictionary(
        Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica")
    )
    page[NameObject("/Resources")] = dictionary(Font=dictionary(F1=writer._add_object(font)))
    shown = [
        ("/Title <</MCID 0>>", 150, HEADING),
        ("/P <</MCID 1>>", 100, PARAGRAPH),
        ("/Artifact <<>>", 20, "7"),
    ]
    content = DecodedStreamObject()
    content.set_data(
        "\n".join(
            f"{mark} BDC BT /F1 12 Tf 20 {y} Td ({words}) Tj ET EMC" for mark, y, words in shown
        ).encode()
    )
    page[NameObject("/Contents")] = writer._add_object(content)
    kids = [
        dictionary(S=NameObject(tag), K=NumberObject(number), Pg=page.indirect_reference or NullObject())
        for number, tag in enumerate(("/section", "/P"))
    ]
    change(writer, kids)
    root = dictionary(
        Type=NameObject("/StructTreeRoot"),
        RoleMap=dictionary(section=NameObject("/H1")),
        K=ArrayObject([writer._add_object(kid) for kid in kids]),
    )
    if kids:
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(root)
    writer.root_object[NameObject("/MarkInfo")] = dictionary(Marked=BooleanObject(True))
    data = BytesIO()
    writer.write(data)
    return Inspection(data.getvalue())


def told(file: Inspection) -> list[str]:
    wanted = Finishing(
        metadata=Metadata(title="T", language="en"), standard=STANDARDS["ua-2"], promises=PROMISES
    )
    proof = CheckContext(file, wanted)
    found = [*tagged_as_written(proof), *read_as_written(proof)]
    return [one.message if isinstance(one, Broken) else one for one in found]


def test_a_tree_is_read_with_its_words_and_the_standard_types_behind_its_own() -> None:
    tree = made().structure
    assert tree
    heading, paragraph = tree.all("H1", "P")
    assert (heading.own, heading.text, paragraph.text) == ("section", HEADING, PARAGRAPH)


def test_a_sound_tree_lacks_nothing() -> None:
    assert told(made()) == []


def empty(writer: PdfWriter, kids: Kids) -> None:
    kids.clear()


def retagged(writer: PdfWriter, kids: Kids) -> None:
    kids[0][NameObject("/S")] = NameObject("/H2")


def dropped(writer: PdfWriter, kids: Kids) -> None:
    del kids[1]


def swapped(writer: PdfWriter, kids: Kids) -> None:
    kids.reverse()


def replaced(writer: PdfWriter, kids: Kids) -> None:
    kids[1][NameObject("/ActualText")] = TextStringObject("Something else altogether, of the same length")


HEADING_LACKS = f"a heading of level 1 '{HEADING}' is not tagged: the structure tree has no H1 for it"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (empty, "the file has no tags"),
        (retagged, HEADING_LACKS),
        (dropped, "a paragraph is not read out from the tags as it was written"),
        (swapped, "a heading is not read out from the tags as it was written"),
        (replaced, "a paragraph is not read out from the tags as it was written"),
    ],
)
def test_each_fault_is_told(change: Callable[[PdfWriter, Kids], None], message: str) -> None:
    assert told(made(change)) == [message]
