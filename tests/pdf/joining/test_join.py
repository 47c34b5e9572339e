"""PDFs joined: names, bookmarks, labels and tags of each part keep to themselves."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    Fit,
    NameObject,
    NumberObject,
    TextStringObject,
)

from fascicle.core.diagnostics import Collector
from fascicle.pdf.joining.join import Joined, join
from fascicle.pdf.joining.parts import LINK, Part
from fascicle.pdf.objects import array, entry, follow


def sample(pages: int, *, tagged: bool = True, address: str = "") -> bytes:
    """A file of empty pages with a named place, a bookmark, a link to the place, and one tag for each page."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=300)
    writer.add_named_destination(title="here", page_number=pages - 1)
    writer.add_outline_item(title="Here", page_number=pages - 1)
    goto = DictionaryObject(
        {NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): TextStringObject("here")}
    )
    link = Link(rect=(0, 0, 10, 10), target_page_index=0, fit=Fit.fit())
    link.pop("/Dest", None)
    link[NameObject("/A")] = goto
    writer.add_annotation(page_number=0, annotation=link)
    if address:
        writer.add_annotation(page_number=0, annotation=Link(rect=(0, 0, 10, 10), url=address))
    if tagged:
        _tag(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _tag(writer: PdfWriter) -> None:
    tree = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    root = writer._add_object(tree)
    document = DictionaryObject(
        {NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/Document")}
    )
    top = writer._add_object(document)
    document[NameObject("/P")] = root
    numbers, kids = ArrayObject(), ArrayObject()
    for number, page in enumerate(writer.pages):
        page[NameObject("/StructParents")] = NumberObject(number)
        own = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/P"),
                NameObject("/P"): top,
                NameObject("/ID"): ByteStringObject(b"ID.%d" % number),
                NameObject("/Pg"): page.indirect_reference,
                NameObject("/K"): NumberObject(0),
            }
        )
        reference = writer._add_object(own)
        kids.append(reference)
        numbers.extend((NumberObject(number), ArrayObject([reference])))
    document[NameObject("/K")] = kids
    tree[NameObject("/K")] = top
    tree[NameObject("/ParentTree")] = writer._add_object(DictionaryObject({NameObject("/Nums"): numbers}))
    writer.root_object[NameObject("/StructTreeRoot")] = root


def joined(*parts: Part, blank_after: int = 0) -> tuple[Joined, PdfReader]:
    """The parts joined, and the result opened."""
    problems = Collector()
    found = join(parts, problems, blank_after=blank_after)
    assert not list(problems)
    assert found is not None
    return found, PdfReader(BytesIO(found.pdf))


def test_each_link_leads_into_its_own_part_and_the_contents_into_others() -> None:
    front = Part(name="front", pdf=sample(1, address=f"{LINK}b:start"), style="r", leads=True)
    whole, reader = joined(
        front,
        Part(name="a", pdf=sample(2), title="A"),
        Part(name="b", pdf=sample(3), title="B", blank_before=1),
    )
    assert len(reader.pages) == 7
    assert whole.starts == (0, 1, 4)
    places = {
        str(name): reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    assert places == {"front:here": 0, "front:start": 0, "a:here": 2, "a:start": 1, "b:here": 6, "b:start": 4}
    led_to = [
        str(link.get_object()["/A"]["/D"]) for page in (0, 1, 4) for link in reader.pages[page]["/Annots"]
    ]
    assert led_to == ["front:here", "b:start", "a:here", "b:here"]


def test_an_address_of_a_stranger_stays_an_address() -> None:
    _, reader = joined(Part(name="a", pdf=sample(1, address=f"{LINK}a")))
    assert reader.pages[0]["/Annots"][1].get_object()["/A"]["/URI"] == f"{LINK}a"


def test_bookmarks_stand_below_their_parts_and_groups() -> None:
    parts = [Part(name=name, pdf=sample(1), title=name.upper(), group="Group") for name in ("a", "b")]
    _, reader = joined(Part(name="front", pdf=sample(1)), *parts)
    here, group, below = reader.outline
    assert (here.title, group.title) == ("Here", "Group")
    assert [item.title if not isinstance(item, list) else item[0].title for item in below] == [
        "A",
        "Here",
        "B",
        "Here",
    ]
    assert group["/Count"] == 2
    assert below[0]["/Count"] == -1


def test_tags_are_one_tree_whose_keys_and_ids_do_not_clash() -> None:
    whole, reader = joined(Part(name="a", pdf=sample(2), language="de"), Part(name="b", pdf=sample(1)))
    assert whole.tagged
    tree = entry(reader.root_object, "/StructTreeRoot")
    (document,) = (follow(one) for one in array(tree, "/K"))
    parts = [follow(one) for one in array(document, "/K")]
    assert [(one["/S"], one.get("/Lang")) for one in parts] == [("/Part", "de"), ("/Part", None)]
    numbers = array(entry(tree, "/ParentTree"), "/Nums")
    keys = [int(number) for number in numbers[::2]]
    assert keys == [0, 1, 2]
    assert [page["/StructParents"] for page in reader.pages] == keys
    for page, value in zip(reader.pages, numbers[1::2], strict=True):
        assert follow(follow(value)[0])["/Pg"] == page
    ids = [follow(one).original_bytes for one in array(entry(tree, "/IDTree"), "/Names")[::2]]
    assert ids == [b"a:ID.0", b"a:ID.1", b"b:ID.0"]


@pytest.mark.parametrize("tagged", [(True, False), (False, False)])
def test_half_a_tree_is_none(tagged: tuple[bool, bool]) -> None:
    parts = [Part(name=f"p{number}", pdf=sample(1, tagged=one)) for number, one in enumerate(tagged)]
    whole, reader = joined(*parts)
    assert not whole.tagged
    assert "/StructTreeRoot" not in reader.root_object
    assert not any("/StructParents" in page for page in reader.pages)


def test_blank_pages_have_the_boxes_of_their_side() -> None:
    whole, reader = joined(Part(name="a", pdf=sample(3)), blank_after=1)
    assert [page.mediabox for page in reader.pages][-1] == reader.pages[0].mediabox
    assert [label.start for label in whole.labels] == [0]
