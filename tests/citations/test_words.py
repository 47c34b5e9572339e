"""Citations, notes and lists as each style prints them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fascicle.document.tree import Cite, Link, Node, Text, walk
from tests.citations.worded import listed, paragraphs, shown, worded

FIXTURE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
CASES = [
    pytest.param(case["text"], style, expected, id=f"{number}-{style}")
    for number, case in enumerate(FIXTURE["cases"], 1)
    for style, expected in case.items()
    if style != "text"
]
EVERYTHING = "[@jia; @smith-a; @smith-b; @tröbst2016; @zhang; @letter; @many]"


@pytest.mark.parametrize(("text", "style", "expected"), CASES)
def test_citations(tmp_path: Path, text: str, style: str, expected: str) -> None:
    cited, _ = worded(tmp_path, text, FIXTURE["records"], style)
    assert cited is not None
    assert paragraphs(cited) == [expected]


@pytest.mark.parametrize("style", FIXTURE["lists"])
def test_lists(tmp_path: Path, style: str) -> None:
    cited, problems = worded(tmp_path, EVERYTHING, FIXTURE["records"], style)
    assert cited is not None
    assert not [found for found in problems if found.severity == "error"]
    expected = FIXTURE["lists"][style]
    assert listed(cited)[: len(expected)] == expected


@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes", "apa", "mla", "numeric", "oscola"])
def test_every_work_listed_has_a_way_to_it(tmp_path: Path, style: str) -> None:
    cited, _ = worded(tmp_path, EVERYTHING, FIXTURE["records"], style)
    assert cited is not None
    leads = {node.target for node in _printed(cited.document.sections[0].blocks) if isinstance(node, Link)}
    assert {f"#ref-{work.key}" for work in cited.works} <= leads


def _printed(blocks: object) -> list[Node]:
    return [inner for node in walk(blocks) if isinstance(node, Cite) for inner in walk(node.content)]


def test_words_stand_at_the_lines_of_their_authors(tmp_path: Path) -> None:
    cited, _ = worded(tmp_path, "One\n[@jia].", FIXTURE["records"], "apa")
    assert cited is not None
    words = [node for node in _printed(cited.document.sections[0].blocks) if isinstance(node, Text)]
    assert {(node.span.file, node.span.line) for node in words} == {("content/01-one.md", 6)}
    entry = next(iter(walk(cited.works[0].content)))
    assert (entry.span.file, entry.span.line) == ("bib/works.bib", 1)


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        (
            "en-GB",
            "chicago-notes",
            "Er sagte ‘A Reply’.⟦Ann Smith, ‘A Reply’, *Screen* 3, no. 2 (2010): 10.⟧",
        ),
        ("de", "apa", "Er sagte ‘A Reply’ (Smith, 2010, S. 10)."),
        ("fr", "chicago-notes", "Er sagte ‘A Reply’⟦Ann Smith, « A Reply »"),
        ("pl", "apa", "Er sagte ‘A Reply’ (Smith, 2010, s. 10)."),
        ("cs", "chicago-author-date", "Er sagte ‘A Reply’ (Smith 2010, 10)."),
    ],
)
def test_languages(tmp_path: Path, language: str, style: str, expected: str) -> None:
    cited, problems = worded(
        tmp_path, "Er sagte ‘A Reply’ [@smith-a, p. 10].", FIXTURE["records"], style, language
    )
    assert cited is not None
    assert paragraphs(cited)[0].replace("\u202f", " ").replace("\u00a0", " ").startswith(expected)
    assert "citation-language" not in [found.code for found in problems]


def test_a_language_without_words_is_told(tmp_path: Path) -> None:
    _, problems = worded(tmp_path, "[@jia]", FIXTURE["records"], "apa", "ur")
    assert "citation-language" in [found.code for found in problems]


def test_pages_that_a_style_leaves_out_are_told_at_their_line(tmp_path: Path) -> None:
    _, problems = worded(tmp_path, "One [@jia, p. 5].\n\nTwo [@jia, p. 6].", FIXTURE["records"], "nature")
    (found,) = (one for one in problems if one.code == "locator-left-out")
    assert str(found.span) == "content/01-one.md:5:6"
    assert "'5' is left out, and 1 more" in found.message


@pytest.mark.parametrize("text", ["[see^[A note.] @jia]", "[@jia, and ^[note]]"])
def test_a_note_inside_a_citation_is_told(tmp_path: Path, text: str) -> None:
    _, problems = worded(tmp_path, text, FIXTURE["records"], "apa")
    assert "bad-citation" in [found.code for found in problems]


@pytest.mark.parametrize(("language", "conjunction"), [("en-US", "and"), ("de", "und"), ("fr", "et")])
def test_apa_joins_authors_in_a_sentence_by_a_word_and_in_brackets_by_a_sign(
    tmp_path: Path, language: str, conjunction: str
) -> None:
    """Publication Manual of the APA, 7th edition, 8.17."""
    records = "@article{p, author={Doe, Jane and Roe, Ann}, title={T}, journal={J}, year=2017}"
    cited, _ = worded(tmp_path, "As @p says, and others [@p].^[Here @p says.]", records, "apa", language)
    assert cited
    assert paragraphs(cited) == [
        f"As Doe {conjunction} Roe (2017) says, and others (Doe & Roe, 2017).⟦Here Doe {conjunction} Roe (2017) says.⟧"
    ]


@pytest.mark.parametrize("source", ["::: {.source}\n[@jia, 5]\n:::", "— [@jia, 5]"])
@pytest.mark.parametrize(
    ("style", "words"),
    [
        (
            "chicago-notes",
            "Jia Zhangke 贾樟柯, *A Collective Memory of Chinese Working Class: 24 City* (Huabao, 2009), 5",
        ),
        ("apa", "(Jia, 2009, p. 5)"),
        ("nature", "^1^"),
    ],
)
def test_a_motto_has_its_source_beside_it(tmp_path: Path, source: str, style: str, words: str) -> None:
    """A lone number of a note would say nothing; the first note of the text is number 1."""
    text = f"::: epigraph\nDoors.\n\n{source}\n:::\n\nText [@jia]."
    cited, _ = worded(tmp_path, text, FIXTURE["records"], style)
    assert cited
    motto, *_ = (node for node in walk(cited.document.sections[0].blocks) if isinstance(node, Cite))
    assert shown(motto.content) == words
