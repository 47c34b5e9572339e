"""Word documents brought in: citations, changes, captions, hidden text, limits."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from fascicle.importers.draft import ImportRefusedError
from tests.support.importing import bring_in, field, paragraph, picture, word

DOE = {
    "type": "book",
    "title": "One",
    "author": [{"family": "Doe", "given": "J."}],
    "issued": {"date-parts": [[2019]]},
}
ROE = {
    "type": "book",
    "title": "Two",
    "author": [{"family": "Doe", "given": "K."}],
    "issued": {"date-parts": [[2019]]},
}


WORD_CODE = r"CITATION Smi09 \p 12 \l 1033"


def zotero(*items: dict[str, object]) -> str:
    """A code as Zotero writes it."""
    return f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps({'citationItems': list(items)})}"


def item(number: int, uri: str, data: dict[str, object], **more: object) -> dict[str, object]:
    """One item of a code."""
    return {"id": number, "uris": [uri], "itemData": data, **more}


def test_zotero_libraries_with_equal_ids(tmp_path: Path) -> None:
    """Two works that two libraries call by one number stay two; places and words go along."""
    code = zotero(item(5, "http://zotero.org/users/1/A", DOE, locator="12-15", prefix="see", suffix="passim"))
    other = zotero(
        item(5, "http://zotero.org/users/2/B", ROE, label="chapter", locator="3", **{"suppress-author": True})
    )
    body = f"<w:p><w:r><w:t>Said </w:t></w:r>{field(code, '(Doe)')}<w:r><w:t>. And </w:t></w:r>{field(other, '(2019)')}</w:p>"
    done = bring_in(tmp_path, {"t.docx": word(body)})
    assert done.body == "Said [see @doe2019, pp. 12-15, passim]. And [-@doe2019a, ch. 3]"
    titles = {each["id"]: each["title"] for each in json.loads(done.text("bib/imported.json"))}
    assert titles == {"doe2019": "One", "doe2019a": "Two"}
    assert done.errors == []


@pytest.mark.parametrize("number", ["1", "77", "9" * 5000])
def test_marks_of_ours_in_the_text_itself(tmp_path: Path, number: str) -> None:
    """They name no citation, and stay the author's characters."""
    mark = f"\ue0f0{number}\ue0f1"
    body = f"<w:p><w:r><w:t>Said{mark} </w:t></w:r>{field(zotero(item(5, 'http://zotero.org/users/1/A', DOE)), '(Doe)')}</w:p>"
    done = bring_in(tmp_path, {"t.docx": word(body)})
    assert done.body == f"Said{mark} [@doe2019]"


def test_a_link_in_a_note(tmp_path: Path) -> None:
    """The text itself has no link: what its part declares must not go, for the notes are read by it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = "http://schemas.openxmlformats.org/package/2006/relationships"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    link = '<w:hyperlink r:id="rId9"><w:r><w:t>the site</w:t></w:r></w:hyperlink>'
    notes = f'<w:footnotes xmlns:w="{space}" xmlns:r="{office}"><w:footnote w:id="2"><w:p>{link}</w:p></w:footnote></w:footnotes>'
    target = f'<Relationship Id="rId9" Type="{office}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    body = '<w:p><w:r><w:t>See</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts = {
        "word/footnotes.xml": notes,
        "word/_rels/footnotes.xml.rels": f'<Relationships xmlns="{relation}">{target}</Relationships>',
    }
    tied = f'<Relationship Id="rId3" Type="{office}/footnotes" Target="footnotes.xml"/>'
    done = bring_in(tmp_path, {"t.docx": word(body, parts, tied)})
    assert "[the site](https://example.org/)" in done.body


def test_a_list_with_more_works_than_are_cited(tmp_path: Path) -> None:
    """Reference managers' lists may hold what nothing cites: it is not lost with the list."""
    cited = field(
        zotero(item(1, "http://zotero.org/users/1/A", DOE | {"title": "The Weight of Rivers"})), "(Doe 2019)"
    )
    begin, code, end = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:instrText xml:space="preserve"> ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    first = "Doe, J. 2019. The Weight of Rivers. Leeds: Tern Press."
    second = "Roe, Kim. 1999. Harbours of the North. Leeds: Tern Press."
    listed = (
        f'<w:p>{begin}{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{first}</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>{second}</w:t></w:r>{end}</w:p>"
    )
    done = bring_in(tmp_path, {"t.docx": word(f"<w:p><w:r><w:t>Said </w:t></w:r>{cited}</w:p>{listed}")})
    titles = {each["title"]: each["id"] for each in json.loads(done.text("bib/imported.json"))}
    assert titles.keys() == {"The Weight of Rivers", "Harbours of the North"}
    assert f"nocite:\n  - {titles['Harbours of the North']}" in done.facts
    assert done.body == f"Said [@{titles['The Weight of Rivers']}]"


def test_mendeley_keys_by_record(tmp_path: Path) -> None:
    """Mendeley calls the first work of each citation ITEM-1: the records tell them apart."""
    codes = [
        f"ADDIN CSL_CITATION {json.dumps({'citationItems': [{'id': 'ITEM-1', 'itemData': {**data, 'id': 'ITEM-1'}}]})}"
        for data in (DOE, ROE, DOE)
    ]
    body = "".join(f"<w:p><w:r><w:t>See </w:t></w:r>{field(code, '(x)')}</w:p>" for code in codes)
    done = bring_in(tmp_path, {"t.docx": word(body)})
    assert done.body == "See [@doe2019].\n\nSee [@doe2019a].\n\nSee [@doe2019].".replace("].", "]")


def test_endnote(tmp_path: Path) -> None:
    """EndNote keeps its records as XML in the code."""
    record = (
        '<record><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Li, An</style>'
        "</author></authors></contributors><titles><title>On x</title><secondary-title>J</secondary-title></titles>"
        "<dates><year>2012</year></dates></record>"
    )
    code = f"ADDIN EN.CITE <EndNote><Cite><Author>Li</Author><Year>2012</Year><RecNum>7</RecNum><Pages>174</Pages>{record}</Cite></EndNote>"
    done = bring_in(tmp_path, {"t.docx": word(f"<w:p>{field(code, '(Li 2012)')}</w:p>")})
    assert done.body == "[@li2012, p. 174]"
    assert json.loads(done.text("bib/imported.json"))[0]["container-title"] == "J"


def test_words_own_citations(tmp_path: Path) -> None:
    """Word's own sources stand in a part of their own."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
    sources = (
        f'<b:Sources xmlns:b="{space}"><b:Source><b:Tag>Smi09</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Work</b:Title>'
        "<b:Year>2009</b:Year><b:Author><b:Author><b:NameList><b:Person><b:Last>Smith</b:Last><b:First>Ann</b:First></b:Person>"
        "</b:NameList></b:Author></b:Author></b:Source></b:Sources>"
    )
    done = bring_in(
        tmp_path,
        {
            "t.docx": word(
                f"<w:p>{field(WORD_CODE, '(Smith)')}</w:p>",
                {"customXml/item1.xml": sources},
            )
        },
    )
    assert done.body == "[@smith2009, p. 12]"


def test_unreadable_code_keeps_what_was_shown(tmp_path: Path) -> None:
    """A code that cannot be read leaves what Word showed, told."""
    done = bring_in(
        tmp_path,
        {"t.docx": word(f"<w:p>{field('ADDIN ZOTERO_ITEM CSL_CITATION {broken', '(Doe 2019)')}</w:p>")},
    )
    assert done.body == "(Doe 2019)"
    assert "a citation whose code cannot be read" in done.report


CHANGED = (
    '<w:p><w:r><w:t xml:space="preserve">A </w:t></w:r><w:ins w:id="1" w:author="Ann" w:date="2024-01-01T00:00:00Z"><w:r><w:t>new</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="Ann" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> word.</w:t></w:r></w:p>'
)


@pytest.mark.parametrize(
    ("changes", "body"),
    [("accept", "A new word."), ("reject", "A old word."), ("keep", "A new~~old~~ word.")],
)
def test_tracked_changes(changes: str, body: str, tmp_path: Path) -> None:
    """Tracked changes are accepted, rejected or kept, and told."""
    done = bring_in(tmp_path, {"t.docx": word(CHANGED)}, changes=changes)
    assert done.body == body
    assert "“new” (Ann)" in done.report


def test_hidden_text_stays_out(tmp_path: Path) -> None:
    """Hidden text is told and not printed."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret words</w:t></w:r>"
    done = bring_in(tmp_path, {"t.docx": word(f"<w:p><w:r><w:t>Seen.</w:t></w:r>{hidden}</w:p>")})
    assert done.body == "Seen."
    assert "hidden text" in done.report
    assert "secret words" in done.report


def test_old_text_boxes(tmp_path: Path) -> None:
    """The words of a text box of the old kind stand after its paragraph."""
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('In the box.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    done = bring_in(tmp_path, {"t.docx": word(f"<w:p><w:r><w:t>Before.</w:t></w:r>{box}</w:p>")})
    assert done.body == "Before.\n\nIn the box."


DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="P" descr="A map of the town"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId7"/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="914400" cy="914400"/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)


def test_pictures_and_captions(tmp_path: Path) -> None:
    """A picture with its alt text, and the caption below without the number that the program counts."""
    relation = '<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/>'
    body = DRAWING + paragraph("Figure 3. The town.", "Caption")
    done = bring_in(tmp_path, {"t.docx": word(body, {"word/media/image1.png": picture()}, relation)})
    assert done.body == "![The town.](figures/image1.png){width=1in height=1in}"
    assert "alt: A map of the town" in done.text("figures/figures.yaml")
    assert done.errors == []


STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style></w:styles>'
)


@pytest.mark.parametrize("typed", ["Figure 3. ", "Figure 3, ", "Figure 3", "Figure 3: "])
def test_captions_by_the_style_of_that_name(typed: str, tmp_path: Path) -> None:
    """Pandoc joins them with their picture itself; their number goes, too, however it is set off."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        f'<Relationship Id="rId7" Type="{kind}/image" Target="media/image1.png"/>'
        f'<Relationship Id="rId8" Type="{kind}/styles" Target="styles.xml"/>'
    )
    parts = {"word/media/image1.png": picture(), "word/styles.xml": STYLES}
    done = bring_in(
        tmp_path, {"t.docx": word(DRAWING + paragraph(f"{typed}The town.", "Caption"), parts, relations)}
    )
    assert done.body == "![The town.](figures/image1.png){width=1in height=1in}"


def test_typed_references(tmp_path: Path) -> None:
    """A typed list becomes records, and mentions that fit one of them citations."""
    texts = [
        "It is so (Li et al. 2012: 174), or not (Deppman, 2014: 189; Wang B., 2002).",
        "Deppman (2014, p. 189) says it; nobody (Smith 1999) does. Wang's (2002) too.",
    ]
    works = [
        "Deppman, Hsiu-Chuang. 2014. “Reading Docufiction.” Journal of Chinese Cinemas 8 (3): 188–208.",
        "Li, An, Bo Chen, and Cai Du. 2012. Cities in Motion. London: Routledge.",
        "Wang, Bing. 2002. West of the Tracks. Beijing: House.",
        "Wang, Ann. 2002. East of the Tracks. Beijing: House.",
    ]
    body = (
        "".join(paragraph(text) for text in texts)
        + paragraph("Works Cited")
        + "".join(paragraph(work) for work in works)
    )
    done = bring_in(tmp_path, {"t.docx": word(body)})
    assert done.body == (
        "It is so [@li2012, p. 174], or not [@deppman2014, p. 189; @wang2002].\n\n"
        "Deppman [-@deppman2014, p. 189] says it; nobody (Smith 1999) does. Wang’s (2002) too.".replace(
            "’", "'"
        )
    )
    items = {each["id"]: each for each in json.loads(done.text("bib/imported.json"))}
    assert items["deppman2014"]["container-title"] == "Journal of Chinese Cinemas"
    assert items["deppman2014"]["page"] == "188–208"
    assert items["li2012"]["publisher"] == "Routledge"
    assert "a mention that fits no record" in done.report
    assert "a mention that fits several records" in done.report
    assert "East of the Tracks" in done.report
    assert done.errors == []


def refused(tmp_path: Path, name: str, data: bytes) -> str:
    """What is said of a file that cannot be brought in; nothing is left behind."""
    with pytest.raises(ImportRefusedError) as error:
        bring_in(tmp_path, {name: data})
    assert [path.name for path in tmp_path.iterdir()] == ["source"]
    return str(error.value)


def test_bombs_and_broken_files(tmp_path: Path) -> None:
    """Zip bombs, broken files, passwords and old formats are refused."""
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"a" * 60_000_000)
    assert "unpacks to more" in refused(tmp_path / "a", "t.docx", bomb.getvalue())
    assert "is damaged" in refused(tmp_path / "b", "t.docx", b"PK\x03\x04 nothing")
    assert "protected by a password" in refused(
        tmp_path / "c", "t.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"
    )
    assert "Word 97" in refused(tmp_path / "d", "t.doc", b"old")
    entities = word("<w:p/>").replace(b"zzz", b"")
    made = BytesIO(entities)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/footnotes.xml", '<!DOCTYPE a [<!ENTITY b "c">]><w:a xmlns:w="x">&b;</w:a>')
    assert "declares entities" in refused(tmp_path / "e", "t.docx", made.getvalue())


CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
INNER = "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{}</w:tr><w:tr>{}</w:tr></w:tbl>".format(
    CELL.format("Year") + CELL.format("Births"), CELL.format("1900") + CELL.format("12")
)


def test_a_table_in_a_frame_of_one_cell_is_kept(tmp_path: Path) -> None:
    """Quarto writes each table so, its caption in the frame."""
    caption = paragraph("Births by year")
    frame = (
        f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{caption}{INNER}<w:p/></w:tc></w:tr></w:tbl>"
    )
    done = bring_in(tmp_path, {"t.docx": word(paragraph("Before.") + frame + paragraph("After."))})
    assert "Births by year" in done.body
    assert "| 1900 | 12 |" in done.body
    assert "may not be here" not in done.report


def test_a_table_in_a_cell_of_another_keeps_its_words(tmp_path: Path) -> None:
    outer = f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{CELL.format('Left')}<w:tc>{INNER}<w:p/></w:tc></w:tr></w:tbl>"
    done = bring_in(tmp_path, {"t.docx": word(paragraph("Before.") + outer)})
    assert all(each in done.body for each in ("Left", "Year", "Births", "1900", "12"))


def test_a_raised_number_is_no_part_of_a_word(tmp_path: Path) -> None:
    """The second count sees the word and the number, as they stand in the text."""
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>16</w:t></w:r>'
    body = f"<w:p><w:r><w:t>The games</w:t></w:r>{raised}<w:r><w:t> end.</w:t></w:r></w:p>"
    done = bring_in(tmp_path, {"t.docx": word(body)})
    assert "4 words of the source by an independent count, of which 4 are here" in done.report
