"""The texts that print must show: streams, notes, gaps, the language's quotation marks."""

from __future__ import annotations

from pathlib import Path

from fascicle.document.expected_text import BlockText, Flow, Gap, block_texts
from fascicle.pipeline.manuscript import read_manuscript
from fascicle.pipeline.run import Request, Run
from tests.support.publications import small

BIB = "@book{li, author = {Li, Na}, title = {A Book}, date = {2012}, publisher = {P}, location = {L}}\n"


def texts(
    root: Path, markdown: str, yaml: str = "", front: str = "", *, works: bool = False
) -> list[BlockText]:
    small(
        root,
        **{
            "content/publication.yaml": f"title: T\nauthors: [{{family: A, given: B}}]\nlanguage: en-GB\n{yaml}",
            "content/01-one.md": f"---\ntitle: One\n{front}---\n\n{markdown}\n",
            "bib/works.bib": BIB,
        },
    )
    manuscript = read_manuscript(Run(Request(root), "screen", lambda event: None))
    assert manuscript is not None
    assert manuscript.assembled is not None
    return list(block_texts(manuscript.document, manuscript.assembled.printed, {}, works=works))


def plainly(blocks: list[BlockText]) -> list[tuple[str, str, str]]:
    return [
        (one.flow.value, one.name, "".join(piece if isinstance(piece, str) else "…" for piece in one.pieces))
        for one in blocks
    ]


def test_streams_and_order(tmp_path: Path) -> None:
    text = (
        "A first^[With a *note*.] and `code`.\n\n> Quoted.\n\n| Verse one\n| two\n\n1. item\n\nterm\n:   meaning\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Caption. {#tbl:x}\n\n::: {.epigraph}\nWords.\n\n— A. Source\n:::\n"
    )
    assert plainly(texts(tmp_path, text, "abstract: An abstract.\n"))[1:] == [
        ("matter", "paragraph", "An abstract."),
        ("body", "heading", "One"),
        ("body", "paragraph", "A first… and code."),
        ("note", "note", "With a note."),
        ("body", "paragraph", "Quoted."),
        ("body", "verse", "Verse onetwo"),
        ("body", "paragraph", "item"),
        ("body", "term", "term"),
        ("body", "paragraph", "meaning"),
        ("float", "caption", "Caption."),
        ("float", "row of a table", "a b"),
        ("float", "row of a table", "1 2"),
        ("body", "paragraph", "Words."),
        ("body", "paragraph", "A. Source"),
    ]


def test_what_has_no_known_form_is_a_gap(tmp_path: Path) -> None:
    text = "See [@li, p. 3], @tbl:x and $a^2$.\n\n| a |\n|---|\n| 1 |\n\n: Caption. {#tbl:x}\n"
    paragraph = texts(tmp_path, text)[2]
    assert [type(piece) for piece in paragraph.pieces] == [str, Gap, str, Gap, str]
    assert paragraph.pieces[0] == "See (Li 2012, 3), "


def test_quotation_marks_are_the_languages_own(tmp_path: Path) -> None:
    text = 'He says "one \'two\'", and [he says "un"]{lang=fr}.'
    assert plainly(texts(tmp_path, text))[2][2] == "He says ‘one “two”’, and he says «\u202fun\u202f»."


def test_the_words_of_citation_notes_and_of_the_list_are_known(tmp_path: Path) -> None:
    blocks = texts(tmp_path, "As said [@li]. More", "citation-style: chicago-notes\n", works=True)
    assert plainly(blocks)[2:] == [
        ("body", "paragraph", "As said.… More"),
        ("note", "note", "Na Li, A Book (P, 2012)."),
        ("matter", "entry of the list of works", "Li, Na. A Book. P, 2012."),
    ]


def test_only_what_the_template_prints_is_expected(tmp_path: Path) -> None:
    blocks = texts(tmp_path, "Text.", "short-title: Short\nrights: All rights\n")
    assert [one[2] for one in plainly(blocks) if one[0] == Flow.MATTER] == ["T", "All rights"]


def test_a_section_brings_its_epigraph(tmp_path: Path) -> None:
    front = "epigraph: {text: Words of another., source: A Source}\n"
    assert [one[2] for one in plainly(texts(tmp_path, "Text.", front=front))][1:] == [
        "One", "Words of another.", "A Source", "Text.",
    ]  # fmt: skip
