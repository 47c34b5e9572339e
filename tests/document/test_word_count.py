"""Words counted part by part."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.citations.cite import cite
from fascicle.citations.styles.styles import named_style
from fascicle.cli.commands.check import check
from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.resolve import resolve
from fascicle.document.word_count import CountedPart, WordCount, word_count, words_in
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import png, write

STATED = """\
title: A Title Not Counted
authors: [{family: Small, given: Ann}]
abstract: Four words stand here.
citation-style: STYLE
"""
TEXT = """---
title: Two Words
words: {target: 10, max: 12}
---

One two three-four don't.[^n] Five 电影 six [@one, p. 3] and @two say.

[^n]: A note of six words here.

![Three caption words](figures/a.png)

| a | b |
|---|---|
| c | d e |

: Two words

## One

> six seven [eight]{.smallcaps} $x^2$
"""
BIB = """\
@book{one, author = {Small, Ann}, title = {A Book of Five Words}, date = {2001}, publisher = {The Press}}
@book{two, author = {Li, Na and Wang, Bo}, title = {Another}, date = {2002}}
"""


def _count(root: Path, style: str = "chicago-author-date") -> WordCount:
    files = {
        "content/publication.yaml": STATED.replace("STYLE", style),
        "content/01-one.md": TEXT,
        "bib/works.bib": BIB,
        "figures/figures.yaml": "a.png: {permission: own, alt: x, credit: By Ann}\n",
        "figures/a.png": png(),
    }
    problems = Collector()
    publication = read_publication(Sources(write(root, files)), problems)
    assert publication is not None
    document = parse_document(publication, TrustSettings(), problems)
    resolved = resolve(document, problems)
    style = named_style(publication.data.citation_style, problems)
    assert style is not None
    cited = cite(document, resolved, style, problems)
    assert cited is not None
    return word_count(cited.document)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("one—two", 2),
        ("well-known", 1),
        ("don’t l'été", 2),
        ("– — …", 0),
        ("电影院", 3),
        ("the 电影 film", 4),
        ("日本のえいが", 6),
        ("한국 영화", 2),
        ("3.5 per cent", 4),
        ("Чехов и Толстой", 3),
    ],
)
def test_words(text: str, words: int) -> None:
    assert words_in(text) == words


def test_parts(tmp_path: Path) -> None:
    words = _count(tmp_path).words
    assert words[CountedPart.TEXT] == 4 + 4 + 2 + 4  # with `and`, `say` and the formula
    assert words[CountedPart.HEADINGS] == 3
    assert words[CountedPart.CITATIONS] == (1 + 1 + 1) + (3 + 1)  # (Small 2001, 3); Li and Wang (2002)
    assert words[CountedPart.NOTES] == 6
    assert words[CountedPart.CAPTIONS] == 3 + 2 + 2
    assert words[CountedPart.TABLES] == 5
    assert words[CountedPart.ABSTRACT] == 4
    assert words[CountedPart.LIST] == 17


def test_citations_of_a_notes_style_are_notes(tmp_path: Path) -> None:
    words = _count(tmp_path, "chicago-notes").words
    assert words[CountedPart.CITATIONS] == 3  # the sentence names Li and Wang
    assert words[CountedPart.NOTES] == 24


def test_the_table_of_words(tmp_path: Path) -> None:
    _count(tmp_path)
    done = CliRunner().invoke(check, ["--project", str(tmp_path), "--words"], standalone_mode=False)
    row = next(line for line in done.output.splitlines() if line.startswith("Two Words"))
    assert row.split() == ["Two", "Words", "24", "6", "7", "5", "10", "12", "too", "long"]
    assert "section-length" in done.output


def test_a_journal_is_noted(tmp_path: Path) -> None:
    _count(tmp_path)
    arguments = ["--project", str(tmp_path), "--journal", "film-criticism", "--format", "short"]
    done = CliRunner().invoke(check, arguments, standalone_mode=False)
    assert done.return_value == 0
    assert "note[journal-limit]: there are" in done.output
    assert "and the journal asks for 5000 to 7000" in done.output
