"""Reading a finished PDF: destinations of every kind, fonts wherever they hide, boxes, labels."""

from __future__ import annotations

from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, TextStringObject

from fascicle.pdf.reading.inspection import Font, Inspection, PdfLink
from tests.support.pdf_samples import changed, finished, font, link, names, raw_pdf, stream

RAW = raw_pdf()


def fit(writer, index: int) -> ArrayObject:
    return ArrayObject([writer.pages[index].indirect_reference, NameObject("/Fit")])


def annotate(writer, *annotations) -> None:
    writer.pages[2][NameObject("/Annots")] = ArrayObject([writer._add_object(item) for item in annotations])


def test_links_of_every_kind() -> None:
    def add(writer):
        tree = names(
            Kids=ArrayObject(
                [
                    writer._add_object(names(Names=ArrayObject([TextStringObject("a"), fit(writer, 0)]))),
                    writer._add_object(
                        names(Names=ArrayObject([TextStringObject("b"), names(D=fit(writer, 1))]))
                    ),
                ]
            )
        )
        writer.root_object["/Names"][NameObject("/Dests")] = writer._add_object(tree)
        writer.root_object[NameObject("/Dests")] = names(old=fit(writer, 2))
        annotate(
            writer,
            link(A=names(S="/GoTo", D=TextStringObject("a"))),
            link(Dest=TextStringObject("b")),
            link(Dest="/old"),
            link(Dest=fit(writer, 1)),
            link(Dest=TextStringObject("lost")),
            link(A=names(S="/URI", URI=TextStringObject("https://example.org/"))),
            names(Type="/Annot", Subtype="/Text"),
        )

    found = [item for item in Inspection(changed(RAW, add)).links if item.page == 3]
    assert found == [
        PdfLink(3, "a", 1),
        PdfLink(3, "b", 2),
        PdfLink(3, "old", 3),
        PdfLink(3, "", 2),
        PdfLink(3, "lost", None),
    ]


def test_outlines_that_run_in_a_circle_end() -> None:
    def bend(writer):
        first = writer.root_object["/Outlines"].raw_get("/First")
        first.get_object()[NameObject("/Next")] = first

    assert [mark.title for mark in Inspection(changed(RAW, bend)).outlines] == ["First – 一", "Second"]


def test_a_name_tree_that_runs_in_a_circle_ends() -> None:
    def bend(writer):
        tree = writer.root_object["/Names"].raw_get("/Dests")
        tree.get_object()[NameObject("/Kids")] = ArrayObject([tree])

    assert Inspection(changed(RAW, bend)).links[0] == PdfLink(1, "section.2", 2)


def test_fonts_of_a_page() -> None:
    assert [item for item in Inspection(RAW).fonts if item.page == 2] == [
        Font(2, "ABCDEF+Sample-Regular", "Type0", embedded=True, subset=True, unicode=True)
    ]


def test_fonts_wherever_they_hide() -> None:
    def hide(writer):
        add = writer._add_object
        pattern = stream(b"", Type="Pattern")
        pattern[NameObject("/Resources")] = names(Font=names(A=font(writer, "AAAAAA+Pattern")))
        group = stream(b"", Subtype="Form")
        group[NameObject("/Resources")] = names(Font=names(A=font(writer, "BBBBBB+Mask")))
        state = names(Type="/ExtGState", SMask=names(G=add(group)))
        look = stream(b"", Subtype="Form")
        look[NameObject("/Resources")] = names(Font=names(A=font(writer, "CCCCCC+Note")))
        writer.pages[2][NameObject("/Resources")] = names(
            Pattern=names(P=add(pattern)), ExtGState=names(G=state)
        )
        annotate(writer, names(Type="/Annot", Subtype="/Stamp", AP=names(N=add(look))))

    hidden = {item.name for item in Inspection(changed(RAW, hide)).fonts if item.page == 3}
    assert hidden == {"AAAAAA+Pattern", "BBBBBB+Mask", "CCCCCC+Note"}


def test_a_form_that_holds_itself_ends() -> None:
    def bend(writer):
        form = stream(b"/X Do", Type="XObject", Subtype="Form")
        own = writer._add_object(form)
        form[NameObject("/Resources")] = names(
            XObject=names(X=own), Font=names(F=font(writer, "AAAAAA+Loop"))
        )
        writer.pages[0][NameObject("/Resources")] = names(XObject=names(X=own))

    assert [item.name for item in Inspection(changed(RAW, bend)).fonts if item.page == 1] == ["AAAAAA+Loop"]


def test_simple_fonts_tell_their_characters_by_their_encoding() -> None:
    def add(writer):
        differences = names(Differences=ArrayObject([NumberObject(1), NameObject("/fi")]))
        symbolic = names(Type="/FontDescriptor", Flags=NumberObject(4))
        fonts = {
            "Win": names(Subtype="/Type1", BaseFont="/Win", Encoding="/WinAnsiEncoding"),
            "Named": names(Subtype="/Type1", BaseFont="/Named", Encoding=differences),
            "Symbol": names(
                Subtype="/Type1", BaseFont="/Symbol", Encoding=differences, FontDescriptor=symbolic
            ),
            "Bare": names(Subtype="/TrueType", BaseFont="/Bare"),
        }
        writer.pages[0][NameObject("/Resources")] = names(Font=names(**fonts))

    found = {item.name: item.unicode for item in Inspection(changed(RAW, add)).fonts if item.page == 1}
    assert found == {"Win": True, "Named": True, "Symbol": False, "Bare": False}


def test_boxes_are_exact_and_inherited_ones_count() -> None:
    def trim(writer):
        box = ArrayObject(FloatObject(side) for side in (8.504, 8.504, 411.02, 586.4882))
        writer.pages[1][NameObject("/TrimBox")] = box
        media = writer.pages[2].pop("/MediaBox")
        writer.root_object["/Pages"][NameObject("/MediaBox")] = media

    boxes = Inspection(changed(RAW, trim)).boxes
    assert boxes[0] == {"/MediaBox": (0, 0, 420, 595)}
    assert boxes[1]["/TrimBox"] == (8.504, 8.504, 411.02, 586.4882)
    assert boxes[2] == {"/MediaBox": (0, 0, 420, 595)}


def test_what_the_file_says_of_itself() -> None:
    found = Inspection(finished(RAW))
    assert found.info["Title"] == "Who moves? The floating population: 流动人口 & <film>"
    assert found.xmp["dc:creator"] == ["Jia Zhangke", "Österle, Ana", "贾樟柯"]
    assert found.language == "en-GB"
    assert found.version == "1.7"
    assert Inspection(RAW).xmp == {}
